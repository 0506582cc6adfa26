"""Scores on treebanks and names, of the network or of the shipped files, one chunk at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from training.chunks import Chunk, Chunker, Labels, collate
from training.net import Reader
from training.treebank import MASK, Document
from wirewatch.extraction.learned import names, tree
from wirewatch.extraction.learned.weights import Encoder

CHUNK = 230
Run = Callable[[Chunk], dict[str, Any]]
"""From a chunk to the rows of every head, and ``relate``, from heads to relations."""


def of_network(net: Reader) -> Run:
    net.eval()

    @torch.no_grad()
    def run(chunk: Chunk) -> dict[str, Any]:
        batch = collate([chunk])
        h = net.words(batch["ids"], batch["features"], batch["mask"], batch["first"])
        return {
            "tag": net.tag(h)[0].numpy(), "pos": net.pos(h)[0].numpy(),
            "start": net.start(h)[0].sigmoid().numpy(), "entity": net.entity(h)[0].numpy(),
            "arcs": net.arcs(h)[0].numpy(),
            "relate": lambda heads: net.labels(h, torch.tensor(heads)[None])[0].argmax(-1).numpy(),
        }  # fmt: skip

    return run


def of_files(encoder: Encoder) -> Run:
    def run(chunk: Chunk) -> dict[str, Any]:
        out = encoder.run(chunk.ids, chunk.features, chunk.first)
        relate = lambda heads: encoder.relations(out["label_dep"], out["label_head"][heads])  # noqa: E731
        return {**out, "relate": relate}

    return run


def parsing(run: Run, documents: Sequence[Document], chunker: Chunker) -> dict[str, float]:
    """TAG, POS, UAS, LAS with subtypes, LAS without, and sentence starts (F1), per cent.

    Gold tokens and sentences, read in chunks of a document as at run time; punctuation counts.
    """
    right = dict.fromkeys(("tag", "pos", "uas", "las", "las_universal", "tp", "fp", "fn"), 0)
    words = 0
    base = _universal(chunker)
    for chunk in _chunks(documents, chunker):
        out, gold = run(chunk), chunk.columns
        heads = np.zeros(len(chunk.first), np.int64)
        for k in range(int(gold["sentence"].max()) + 1):
            at = np.flatnonzero(gold["sentence"] == k)
            lo, hi = int(at[0]), int(at[-1]) + 1
            heads[lo:hi] = np.array(tree.decode(out["arcs"][lo:hi, lo:hi])) + lo
        relations = out["relate"](heads)
        known = gold["heads"] != MASK
        words += int(known.sum())
        right["tag"] += int(((out["tag"].argmax(1) == gold["tags"]) & known).sum())
        right["pos"] += int(((out["pos"].argmax(1) == gold["pos"]) & known).sum())
        ok = (heads == gold["heads"]) & known
        right["uas"] += int(ok.sum())
        right["las"] += int((ok & (relations == gold["relations"])).sum())
        same = base[relations] == base[gold["relations"]]
        right["las_universal"] += int((ok & same & (gold["relations"] != MASK)).sum())
        start, true = out["start"][:, 0] > 0.5, gold["starts"] == 1
        right["tp"] += int((start & true).sum())
        right["fp"] += int((start & ~true).sum())
        right["fn"] += int((~start & true).sum())
    found = {k: round(100 * right[k] / words, 2) for k in list(right)[:5]}
    return {**found, "sentences": _f1(right["tp"], right["fp"], right["fn"])}


def _universal(chunker: Chunker) -> np.ndarray:
    rows = chunker.rows["relations"]
    return np.array([rows.get(str(name).split(":")[0], row) for name, row in rows.items()])


def _chunks(documents: Sequence[Document], chunker: Chunker) -> list[Chunk]:
    found = []
    for document in documents:
        held: list = []
        size = 0
        for sentence in document:
            length = sum(map(len, chunker.split(sentence.words)))
            if held and size + length > CHUNK:
                found.append(chunker.chunk(held))
                held, size = [], 0
            held.append(sentence)
            size += length
        if held:
            found.append(chunker.chunk(held))
    return [chunk for chunk in found if len(chunk) < 500]


def naming(
    run: Run, documents: Sequence[Document], chunker: Chunker, labels: Labels
) -> dict[str, float]:
    """F1 of whole names with their kind, all and by kind, per cent."""
    tally = {k: [0, 0, 0] for k in ("all", "PER", "ORG", "LOC")}
    for chunk in _chunks(documents, chunker):
        gold = spans([labels.entities[max(i, 0)] for i in chunk.columns["entities"]])
        guess = spans(names.labels(run(chunk)["entity"], labels.entities))
        for kind, counts in tally.items():
            g = {s for s in gold if kind in {"all", s[2]}}
            p = {s for s in guess if kind in {"all", s[2]}}
            for i, n in enumerate((len(g & p), len(p - g), len(g - p))):
                counts[i] += n
    return {k: _f1(*v) for k, v in tally.items()}


def _f1(tp: int, fp: int, fn: int) -> float:
    return round(200 * tp / max(1, 2 * tp + fp + fn), 2)


def spans(labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """(start, end, kind) of each name in BIO labels."""
    found = set()
    start, kind = -1, ""
    for i, label in enumerate([*labels, "O"]):
        if start >= 0 and label != f"I-{kind}":
            found.add((start, i, kind))
            start = -1
        if label != "O" and start < 0:
            start, kind = i, label[2:]
    return found
