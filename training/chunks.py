"""Sentences to chunks and batches of numbers, with the augmentation on the way."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from torch import Tensor

from training.datelines import datelined
from training.treebank import MASK, Document, Sentence
from wirewatch.extraction.learned.pieces import (
    CASES,
    CONTINUATION,
    WordPieces,
    case_of,
    feature,
)  # fmt: skip

ENTITIES = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
CONTEXT = 40
"""Pieces of an article's start that stand before its later chunks."""
SMALL_WORDS = {
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "as", "with", "from",
}  # fmt: skip
Style = str
"""How a chunk is written: keep, upper, lower, title."""


@dataclass(slots=True)
class Labels:
    """Names of the rows of every table, in order."""

    tags: list[str]
    pos: list[str]
    relations: list[str]
    entities: list[str] = field(default_factory=lambda: list(ENTITIES))


@dataclass(slots=True)
class Chunk:
    """One sequence: pieces, and one row a word of everything known of it (MASK: unknown)."""

    ids: np.ndarray
    features: np.ndarray
    first: np.ndarray
    columns: dict[str, np.ndarray]
    extra: dict = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)


class Chunker:
    """Turns consecutive sentences into chunks."""

    def __init__(self, pieces: WordPieces, labels: Labels) -> None:
        self.pieces = pieces
        self.rows = {
            "tags": _index(labels.tags), "pos": _index(labels.pos),
            "relations": _index(labels.relations), "entities": _index(labels.entities),
        }  # fmt: skip
        self._cache: dict[str, list[int]] = {}

    def split(self, words: Sequence[str]) -> list[list[int]]:
        """Ids of each word's pieces."""
        new = [w for w in set(words) if w not in self._cache]
        if new:
            self._cache.update(zip(new, self.pieces.split(new), strict=True))
        return [self._cache[w] for w in words]

    def chunk(
        self, sentences: Sequence[Sentence], style: Style = "keep", lead: Sentence | None = None
    ) -> Chunk:
        """One chunk of these sentences, after the beginning of ``lead``."""
        words = [w for s in sentences for w in s.words]
        spaces = [x for s in sentences for x in s.spaces]
        ids, features, first = self.sequence(words, spaces, style, lead)
        columns = self._columns(sentences)
        return Chunk(ids, features, first, columns, {"words": words})

    def sequence(
        self,
        words: Sequence[str],
        spaces: Sequence[int],
        style: Style = "keep",
        lead: Sentence | None = None,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pieces, features and the places of first pieces."""
        ids, features, first = [self.pieces.cls], [CONTINUATION], []
        if lead is not None:
            head = self.sequence(lead.words, lead.spaces, style)
            ids += [*head[0][1 : CONTEXT + 1], self.pieces.sep]
            features += [*head[1][1 : CONTEXT + 1], CONTINUATION]
        for word, pieces, space in zip(words, self.split(words), spaces, strict=True):
            first.append(len(ids))
            ids.extend(pieces)
            features.append(feature(styled(word, style), space))
            features.extend([CONTINUATION] * (len(pieces) - 1))
        ids.append(self.pieces.sep)
        features.append(CONTINUATION)
        return np.array(ids), np.array(features), np.array(first)

    def _columns(self, sentences: Sequence[Sentence]) -> dict[str, np.ndarray]:
        found: dict[str, list[int]] = {
            k: [] for k in ("tags", "pos", "relations", "entities", "heads", "sentence", "starts")
        }
        offset = 0
        for number, s in enumerate(sentences):
            n = len(s.words)
            for name, rows in self.rows.items():
                values = getattr(s, name)
                found[name] += [MASK] * n if values is None else [rows.get(v, MASK) for v in values]
            found["heads"] += (
                [MASK] * n if s.heads is None
                else [h if h == MASK else h + offset for h in s.heads]
            )  # fmt: skip
            found["sentence"] += [number] * n
            known = s.heads is not None
            found["starts"] += [1 if known else MASK] + [0 if known else MASK] * (n - 1)
            offset += n
        return {k: np.array(v) for k, v in found.items()}


def _index(names: Sequence[str]) -> dict[str | None, int]:
    return {name: i for i, name in enumerate(names)}


def styled(word: str, style: Style) -> int:
    """The case of a word as it would be in another style."""
    case = case_of(word)
    if style == "keep" or CASES[case] in {"other", "digit", "mark"}:
        return case
    if style == "upper":
        return 3 if len(word) > 1 else 4
    if style == "lower" or (style == "title" and word.lower() in SMALL_WORDS):
        return 1
    return case if CASES[case] != "lower" else (2 if len(word) > 1 else 4)


def random_style(rng: random.Random) -> Style:
    x = rng.random()
    return "upper" if x < 0.07 else "lower" if x < 0.13 else "title" if x < 0.18 else "keep"


def roughened(sentence: Sentence, rng: random.Random) -> Sentence:
    """The sentence as careless hands would have it: marks dropped, lines wrapped."""
    x = rng.random()
    if x < 0.06:
        drop = {len(sentence.words) - 1}
    elif x < 0.09:
        drop = {i for i, w in enumerate(sentence.words) if w in {",", ".", ";", "-", "–", '"'}}
    else:
        return sentence
    return without(sentence, {i for i in drop if not any(c.isalnum() for c in sentence.words[i])})


def without(sentence: Sentence, drop: set[int]) -> Sentence:
    """The sentence less some words, where nothing hangs on them."""
    if sentence.heads is not None:
        drop = drop - {h for i, h in enumerate(sentence.heads) if i not in drop and h != MASK}
    keep = [i for i in range(len(sentence.words)) if i not in drop]
    if not drop or not keep:
        return sentence
    place = {old: new for new, old in enumerate(keep)}

    def column(values: list | None) -> list | None:
        return None if values is None else [values[i] for i in keep]

    heads = sentence.heads
    return replace(
        sentence,
        words=column(sentence.words), spaces=column(sentence.spaces), tags=column(sentence.tags),
        pos=column(sentence.pos), relations=column(sentence.relations),
        entities=column(sentence.entities), morphs=column(sentence.morphs), offsets=[],
        heads=None if heads is None
        else [MASK if heads[i] == MASK else place.get(heads[i], MASK) for i in keep],
    )  # fmt: skip


def wrapped(sentences: list[Sentence], rng: random.Random) -> list[Sentence]:
    """As on a teletype: a line end instead of a space every so often."""
    every = rng.randint(8, 14)
    at = 0
    found = []
    for s in sentences:
        spaces = list(s.spaces)
        for i in range(len(spaces)):
            at += 1
            if at % every == 0 and spaces[i] == 1:
                spaces[i] = 2
        found.append(replace(s, spaces=spaces))
    return found


def tree_chunks(
    documents: Iterable[Document],
    chunker: Chunker,
    rng: random.Random,
    names: list[list[str]],
    limit: int = 230,
) -> Iterator[Chunk]:
    """Chunks of consecutive sentences, of random lengths, augmented.

    ``names`` of places stand in the datelines.
    """
    for document in documents:
        room = _room(rng, limit)
        held: list[Sentence] = []
        for sentence in document:
            rough = roughened(sentence, rng)
            size = sum(map(len, chunker.split(rough.words)))
            if held and size > room:
                yield _finish(held, chunker, rng, document[0])
                held, room = [], _room(rng, limit)
            if size > 400:
                continue
            held.append(rough if held else datelined(rough, names, rng))
            room -= size
        if held:
            yield _finish(held, chunker, rng, document[0])


def _room(rng: random.Random, limit: int) -> int:
    return rng.choice((30, limit // 2, limit, limit))


def _finish(held: list[Sentence], chunker: Chunker, rng: random.Random, opening: Sentence) -> Chunk:
    if rng.random() < 0.06:
        held = wrapped(held, rng)
    lead = opening if rng.random() < 0.2 and held[0] is not opening else None
    return chunker.chunk(held, random_style(rng), lead)


def batches(chunks: Sequence[Chunk], size: int, rng: random.Random) -> list[list[Chunk]]:
    """Batches of at most ``size`` padded pieces, of like lengths, in random order."""
    order = sorted(chunks, key=lambda c: len(c) + rng.random() * 12)
    found: list[list[Chunk]] = []
    held: list[Chunk] = []
    for chunk in order:
        longest = max(len(chunk), *(len(c) for c in held)) if held else len(chunk)
        if held and longest * (len(held) + 1) > size:
            found.append(held)
            held = []
        held.append(chunk)
    if held:
        found.append(held)
    rng.shuffle(found)
    return found


def collate(batch: Sequence[Chunk]) -> dict[str, Tensor]:
    """Padded tensors; labels are padded with MASK."""
    longest = max(len(c.ids) for c in batch)
    words = max(len(c.first) for c in batch)
    out = {
        "ids": _pad([c.ids for c in batch], longest, 0),
        "features": _pad([c.features for c in batch], longest, CONTINUATION),
        "mask": _pad([np.ones(len(c.ids), bool) for c in batch], longest, 0).bool(),
        "first": _pad([c.first for c in batch], words, 0),
    }
    for name in batch[0].columns:
        out[name] = _pad([c.columns[name] for c in batch], words, MASK)
    return out


def _pad(rows: Sequence[np.ndarray], length: int, value: int) -> Tensor:
    padded = np.full((len(rows), length), value, np.int64)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return torch.from_numpy(padded)
