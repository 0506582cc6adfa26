"""The training loop."""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import spacy
import torch

from training import corpora, datelines, files, measure
from training.chunks import Chunk, Chunker, batches, collate, tree_chunks
from training.losses import total, tree_losses
from training.names import read_columns
from training.net import LAYERS, Reader, Sizes, load_pretrained
from training.start import vocabulary, weights
from training.treebank import read_conllu
from wirewatch.extraction.learned.pieces import WordPieces
from wirewatch.extraction.tokenizer import adapt

PIECES_A_BATCH = 1300
ENCODER_RATE, HEAD_RATE, LAYER_DECAY = 1.5e-4, 1.5e-3, 0.93
WARM_UP, EMA = 0.08, 0.998
BFLOAT16 = torch.cpu._is_avx512_bf16_supported()
"""Whether the processor multiplies such numbers itself: imitated, they take 60 times longer."""


def groups(net: Reader) -> list[dict]:
    """Parameter groups: lower layers learn more slowly than upper ones, heads fastest."""
    found = []
    for name, p in net.named_parameters():
        if not p.requires_grad:
            continue
        if name.startswith("encoder.layers."):
            rate = ENCODER_RATE * LAYER_DECAY ** (LAYERS - 1 - int(name.split(".")[2]))
        elif name == "encoder.features.weight":
            rate = HEAD_RATE
        elif name.startswith("encoder."):
            rate = ENCODER_RATE * LAYER_DECAY**LAYERS
        else:
            rate = HEAD_RATE
        decay = 0.01 if p.ndim > 1 else 0.0
        found.append({"params": [p], "lr": rate, "top": rate, "weight_decay": decay})
    return found


class Average:
    """The running average of the weights, which is what ships."""

    def __init__(self, net: Reader) -> None:
        self.net = copy.deepcopy(net)
        self.steps = 0

    @torch.no_grad()
    def update(self, net: Reader) -> None:
        """Move towards the network's weights; faster while there is little to average."""
        self.steps += 1
        keep = min(EMA, (1 + self.steps) / (10 + self.steps))
        for mine, new in zip(self.net.parameters(), net.parameters(), strict=True):
            if new.requires_grad:
                mine.lerp_(new, 1 - keep)


class Material:
    """Everything to learn trees and names from, and the way to chunks."""

    def __init__(self, data: Path) -> None:
        nlp = adapt(spacy.blank("en"))
        trees = corpora.treebanks(data)
        self.tokenizer, self.kept = vocabulary()
        self.labels = corpora.label_names(trees)
        self.morphs = corpora.morphology(trees)
        self.versions = corpora.in_both_tokens(trees, nlp)
        self.names = corpora.names(data)
        self.places = datelines.places(self.names)
        self.chunker = Chunker(WordPieces(self.tokenizer), self.labels)
        self.dev = read_conllu(data / "train/ud_english_ewt/en_ewt-ud-dev.conllu")
        self.test = read_conllu(data / "train/ud_english_ewt/en_ewt-ud-test.conllu")
        self.pud = read_conllu(data / "train/ud_english_pud/en_pud-ud-test.conllu")
        ner = data / "train/ner"
        self.names_test = {
            "ewt": read_columns(ner / "uner_ewt/en_ewt-ud-test.iob2", word=1, label=2),
            "pud": read_columns(ner / "uner_pud/en_pud-ud-test.iob2", word=1, label=2),
        }

    def sizes(self) -> Sizes:
        """Of the tables."""
        x = self.labels
        return Sizes(len(self.kept), len(x.tags), len(x.pos), len(x.relations), len(x.entities))

    def epoch(self, rng: random.Random) -> list[list[Chunk]]:
        """One round of batches; each document in the treebank's tokens or in spaCy's."""
        trees = [rng.choice(pair) for pair in zip(*self.versions, strict=True)]
        found: list[list[Chunk]] = []
        for documents in (trees, self.names):
            chunks = list(tree_chunks(documents, self.chunker, rng, self.places))
            found += batches(chunks, PIECES_A_BATCH, rng)
        rng.shuffle(found)
        return found


def rates(step: int, steps: int) -> float:
    warm = max(1, int(steps * WARM_UP))
    if step < warm:
        return step / warm
    return 0.02 + 0.98 * max(0.0, (steps - step) / (steps - warm))


def fit(
    net: Reader,
    rounds: Iterator[list],
    step_count: int,
    loss_of: Callable[[Reader, list[Chunk]], dict[str, torch.Tensor]],
    log: Path,
    rate: float = 1.0,
) -> Reader:
    """Train through all rounds; the averaged weights are returned."""
    optimizer = torch.optim.AdamW(groups(net), betas=(0.9, 0.98), eps=1e-6)
    average = Average(net)
    step, seen, began = 0, 0, time.time()
    sums: dict[str, float] = {}
    for batches_of_round in rounds:
        for group in batches_of_round:
            for g in optimizer.param_groups:
                g["lr"] = g["top"] * rate * rates(step, step_count)
            net.train()
            losses = loss_of(net, group)
            total(losses).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            average.update(net)
            step += 1
            seen += sum(map(len, group))
            for k, v in losses.items():
                sums[k] = sums.get(k, v.item()) * 0.97 + 0.03 * v.item()
            if step % 50 == 0:
                line = f"{step}/{step_count} {seen / (time.time() - began):.0f} pieces/s "
                line += " ".join(f"{k} {v:.3f}" for k, v in sums.items())
                with log.open("a") as out:
                    out.write(line + "\n")
    return average.net


def tree_step(net: Reader, group: list[Chunk]) -> dict[str, torch.Tensor]:
    batch = collate(group)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BFLOAT16):
        h = net.words(batch["ids"], batch["features"], batch["mask"], batch["first"])
    return tree_losses(net, batch, h.float())


def save(net: Reader, path: Path, labels: dict, morphs: dict[str, str]) -> None:
    """Everything that ship.load needs."""
    sizes = asdict(net.sizes)
    torch.save({"net": net.state_dict(), "sizes": sizes, "labels": labels, "morphs": morphs}, path)


def seed(number: int) -> None:
    random.seed(number)
    np.random.seed(number)  # noqa: NPY002 - libraries that use the old generator
    torch.manual_seed(number)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=files.DATA)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--share", type=float, default=1.0)
    args = parser.parse_args()
    seed(1)
    torch.set_num_threads(2)
    material = Material(args.data)
    net = Reader(material.sizes())
    load_pretrained(net, weights(), material.kept)
    rng = random.Random(1)
    first = material.epoch(rng)
    steps = int(len(first) * args.epochs * args.share)

    def rounds() -> Iterator[list]:
        left = steps
        batches_now = first
        while left > 0:
            yield batches_now[:left]
            left -= len(batches_now)
            batches_now = material.epoch(rng) if left > 0 else []

    with args.log.open("a") as out:
        out.write(f"{steps} steps, {sum(len(c) for b in first for c in b)} pieces a round\n")
    net = fit(net, rounds(), steps, tree_step, args.log)
    save(net, args.out, asdict(material.labels), material.morphs)
    with args.log.open("a") as out:
        for name, score in report(measure.of_network(net), material, ("dev", "pud")).items():
            out.write(f"{name} {score}\n")


def report(run: measure.Run, material: Material, banks: tuple[str, ...]) -> dict[str, dict]:
    """Scores of a network or of shipped files on the measuring parts of the corpora."""
    found = {}
    for name in banks:
        found[name] = measure.parsing(run, getattr(material, name), material.chunker)
    for name, documents in material.names_test.items():
        found[f"names {name}"] = measure.naming(run, documents, material.chunker, material.labels)
    return found


if __name__ == "__main__":
    main()
