"""A trained network to the files that the package ships, with their card."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import torch

from training import files, graph
from training.chunks import CONTEXT
from training.net import Reader, Sizes
from training.start import vocabulary

CHUNK = 320
"""Most pieces of one run."""
CARD = Path(__file__).with_name("card.md")


def load(path: Path) -> tuple[Reader, dict]:
    """A saved network and what was saved with it."""
    saved = torch.load(path, weights_only=True)
    net = Reader(Sizes(**saved["sizes"]))
    net.load_state_dict(saved["net"])
    return net.eval(), saved


def ship(net: Reader, saved: dict, folder: Path, *, int8: bool = True) -> None:
    """Write the graph, the vocabulary, the tables' names and the relations' last layer."""
    folder.mkdir(parents=True, exist_ok=True)
    graph.save(net, folder / "encoder.onnx", int8=int8)
    tokenizer, _ = vocabulary()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    labels = {**saved["labels"], "morphs": saved["morphs"], "chunk": CHUNK, "context": CONTEXT}
    text = json.dumps(labels, ensure_ascii=False, indent=1) + "\n"
    (folder / "labels.json").write_text(text, encoding="utf-8")
    np.savez(
        folder / "relations.npz",
        weight=net.label.weight.detach().numpy().T.astype(np.float32),
        bias=net.label.bias.detach().numpy().astype(np.float32),
    )


def card(net: Reader, folder: Path, data: Path, log: Path) -> str:
    """The model card with the scores of the network and of the shipped files in it."""
    from training import measure, train
    from wirewatch.extraction.learned.weights import load_encoder

    material = train.Material(data)
    rows = []
    for name, run in (
        ("fp32", measure.of_network(net)),
        ("shipped, int8", measure.of_files(load_encoder(folder))),
    ):
        for bank, s in train.report(run, material, ("test", "pud")).items():
            rows.append((name, bank, s))
    trees = [
        f"| {_BANKS[bank]} | {name} | {s['tag']} | {s['pos']} | {s['uas']} | {s['las']} "
        f"| {s['sentences']} |"
        for name, bank, s in rows
        if "uas" in s
    ]
    names = [
        f"| {_BANKS[bank]} | {name} | {s['all']} | {s['PER']} | {s['ORG']} | {s['LOC']} |"
        for name, bank, s in rows
        if "uas" not in s
    ]
    reading = _reading(log.read_text(encoding="utf-8"))
    text = CARD.read_text(encoding="utf-8")
    for mark, lines in (("TREES", trees), ("NAMES", names), ("READING", reading)):
        text = text.replace(f"<!-- {mark} -->", "\n".join(lines))
    return text


_BANKS = {
    "test": "EWT test", "pud": "PUD", "names ewt": "UNER EWT test", "names pud": "UNER PUD",
}  # fmt: skip


def _reading(log: str) -> list[str]:
    """Rows of the reading table from the lines that training.read wrote."""
    found = []
    for name, scores in re.findall(r"^out of fold (\w+) \{(.*)\}$", log, re.MULTILINE):
        values = dict(re.findall(r"'(\w+)': ([\d.]+)", scores))
        cells = ("claims", "killed", "injured", "missing", "abducted", "arrested", "displaced",
                 "troops", "when", "types")  # fmt: skip
        found.append(f"| {name} | " + " | ".join(values[c] for c in cells) + " |")
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("net", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=files.DATA)
    parser.add_argument("--log", type=Path, help="training's log; with it the card is written")
    parser.add_argument("--fp32", action="store_true")
    args = parser.parse_args()
    net, saved = load(args.net)
    ship(net, saved, args.folder, int8=not args.fp32)
    if args.log:
        text = card(net, args.folder, args.data, args.log)
        (args.folder / "MODEL_CARD.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
