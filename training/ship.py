"""A trained network to the files that the package ships."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from training import graph
from training.net import Reader, Sizes
from training.start import vocabulary


def load(path: Path) -> tuple[Reader, dict]:
    """A saved network and what was saved with it."""
    saved = torch.load(path, weights_only=True)
    net = Reader(Sizes(**saved["sizes"]))
    net.load_state_dict(saved["net"], strict=False)
    return net.eval(), saved


def ship(net: Reader, saved: dict, folder: Path, *, chunk: int, context: int, int8: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    graph.save(net, folder / "encoder.onnx", int8=int8)
    tokenizer, _ = vocabulary()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    labels = {**saved["labels"], "morphs": saved["morphs"], "chunk": chunk, "context": context}
    text = json.dumps(labels, ensure_ascii=False, indent=1) + "\n"
    (folder / "labels.json").write_text(text, encoding="utf-8")
    np.savez(
        folder / "relations.npz",
        weight=net.label.weight.detach().numpy().T.astype(np.float32),
        bias=net.label.bias.detach().numpy().astype(np.float32),
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("net", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--chunk", type=int, default=256)
    parser.add_argument("--context", type=int, default=0)
    parser.add_argument("--fp32", action="store_true")
    args = parser.parse_args()
    net, saved = load(args.net)
    ship(net, saved, args.folder, chunk=args.chunk, context=args.context, int8=not args.fp32)


if __name__ == "__main__":
    main()
