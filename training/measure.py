"""Scores of the network on treebanks and names, with the runtime's own decoding."""

from __future__ import annotations

import random

import torch

from training.chunks import Chunker, Labels, batches, collate
from training.net import Reader
from training.treebank import MASK, Document
from wirewatch.extraction.learned.tree import decode


@torch.no_grad()
def parsing(net: Reader, documents: list[Document], chunker: Chunker) -> dict[str, float]:
    """TAG, POS, UAS, LAS (with subtypes) and LAS of the universal part, gold tokens and sentences.

    Whole documents are read in chunks, as at run time; punctuation counts.
    """
    net.eval()
    right = dict.fromkeys(("tag", "pos", "uas", "las", "ulas", "tp", "fp", "fn"), 0)
    words = 0
    universal: dict[int, int] = {}
    for name, row in chunker._rows["relations"].items():  # noqa: SLF001
        base = str(name).split(":")[0]
        universal[row] = chunker._rows["relations"].get(base, row)  # noqa: SLF001
    chunks = []
    for document in documents:
        held: list = []
        size = 0
        for s in document:
            n = sum(map(len, chunker.split(s.words)))
            if held and size + n > 230:
                chunks.append(chunker.chunk(held))
                held, size = [], 0
            held.append(s)
            size += n
        if held:
            chunks.append(chunker.chunk(held))
    for group in batches(chunks, 4000, random.Random(0)):
        batch = collate(group)
        h = net.words(batch["ids"], batch["features"], batch["mask"], batch["first"])
        arcs = net.arcs(h)
        predicted = torch.zeros_like(batch["heads"])
        for b in range(len(group)):
            sentence = batch["sentence"][b]
            for k in range(int(sentence.max()) + 1):
                at = (sentence == k).nonzero()[:, 0]
                lo, hi = int(at[0]), int(at[-1]) + 1
                tree = decode(arcs[b, lo:hi, lo:hi].float().numpy())
                predicted[b, lo:hi] = torch.tensor(tree) + lo
        relations = net.labels(h, predicted).argmax(-1)
        gold = batch["heads"] != MASK
        words += int(gold.sum())
        right["tag"] += int(((net.tag(h).argmax(-1) == batch["tags"]) & gold).sum())
        right["pos"] += int(((net.pos(h).argmax(-1) == batch["pos"]) & gold).sum())
        ok = (predicted == batch["heads"]) & gold
        right["uas"] += int(ok.sum())
        right["las"] += int((ok & (relations == batch["relations"])).sum())
        table = torch.tensor([universal[i] for i in range(len(universal))])
        same = table[relations] == table[batch["relations"].clamp(min=0)]
        right["ulas"] += int((ok & same & (batch["relations"] != MASK)).sum())
        start, true = net.start(h)[..., 0] > 0, batch["starts"] == 1
        right["tp"] += int((start & true).sum())
        right["fp"] += int((start & ~true & gold).sum())
        right["fn"] += int((~start & true).sum())
    out = {k: round(100 * right[k] / words, 2) for k in ("tag", "pos", "uas", "las", "ulas")}
    out["sents"] = round(200 * right["tp"] / (2 * right["tp"] + right["fp"] + right["fn"]), 2)
    return out


@torch.no_grad()
def naming(net: Reader, documents: list[Document], chunker: Chunker, labels: Labels) -> float:
    """F1 of whole names with their kind, per cent."""
    net.eval()
    tp = fp = fn = 0
    chunks = [chunker.chunk(d[i : i + 5]) for d in documents for i in range(0, len(d), 5)]
    for group in batches(chunks, 4000, random.Random(0)):
        batch = collate(group)
        h = net.words(batch["ids"], batch["features"], batch["mask"], batch["first"])
        best = net.entity(h).argmax(-1)
        for b, chunk in enumerate(group):
            n = len(chunk.first)
            gold = spans([labels.entities[max(i, 0)] for i in batch["entities"][b, :n].tolist()])
            guess = spans([labels.entities[i] for i in best[b, :n].tolist()])
            tp += len(gold & guess)
            fp += len(guess - gold)
            fn += len(gold - guess)
    return round(200 * tp / max(1, 2 * tp + fp + fn), 2)


def spans(labels: list[str]) -> set[tuple[int, int, str]]:
    found = set()
    start, kind = -1, ""
    for i, label in enumerate([*labels, "O"]):
        if start >= 0 and label != f"I-{kind}":
            found.add((start, i, kind))
            start = -1
        if label != "O" and start < 0:
            start, kind = i, label[2:]
    return found
