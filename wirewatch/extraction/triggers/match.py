"""Find the words that may name an event: recall first, context conditions applied."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import get_args

import numpy as np
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Heads
from wirewatch.extraction.context import Context, context
from wirewatch.extraction.triggers.lexicon import Entry, classes, entries
from wirewatch.model import EventType

_HYPHENS = frozenset({"-", "–", "‐"})
_BEFORE, _AFTER = 2, 4
LEARNED = ""
"""The phrase of a candidate that only the trigger head gives."""
_SURE = math.log(0.5)
TYPES: tuple[EventType, ...] = get_args(EventType)
MAX_CANDIDATES = 200
"""Enough for any article; a heap of trigger words is no news."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase of the lexicon in its place; ``end`` excluded."""

    start: int
    end: int
    type: EventType
    phrase: str
    weak: bool


def candidates(doc: Doc) -> tuple[Candidate, ...]:
    """All mentions that pass their entry's conditions, in text order, the longest of each type."""
    seen = context(doc)
    kept = [i for i, word in enumerate(seen.words) if word not in _HYPHENS]
    nations = _nations(doc)
    found: list[Candidate] = []
    until: dict[EventType, int] = {}
    index = entries()
    for at, token in enumerate(kept):
        for entry in index.get(seen.words[token], ()):
            if token < until.get(entry.type, 0) or not _spells(seen, kept, at, entry):
                continue
            end = kept[at + len(entry.words) - 1] + 1
            if _blocked(seen, token, end, entry) or not _met(seen, nations, token, end, entry):
                continue
            found.append(Candidate(token, end, entry.type, entry.phrase, entry.weak))
            until[entry.type] = end
        if len(found) >= MAX_CANDIDATES:
            break
    return tuple(sorted([*found, *_learned(doc, found)], key=lambda c: (c.start, c.end)))


def _learned(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Words that the trigger head is sure of, in sentences where no phrase of the type stands.

    Names are no triggers, though the head marks them where a quotation holds them.
    """
    heads: Heads | None = doc._.heads
    if heads is None or not len(doc):
        return []
    seen = context(doc)
    told = {(c.type, seen.sentence[c.start]) for c in found}
    best = heads.trigger[:, 1:].max(axis=1)
    sure = np.flatnonzero(best > _SURE)[:MAX_CANDIDATES].tolist()
    picked: dict[tuple[EventType, int], int] = {}
    for i in sorted(sure, key=lambda i: (-best[i], i)):
        type_ = TYPES[int(heads.trigger[i, 1:].argmax())]
        key = (type_, seen.sentence[i])
        if key not in told and doc[i].is_alpha and (seen.upper or doc[i].is_lower):
            picked.setdefault(key, i)
    return [Candidate(i, i + 1, type_, LEARNED, weak=True) for (type_, _), i in picked.items()]


def _spells(seen: Context, kept: list[int], at: int, entry: Entry) -> bool:
    span = kept[at : at + len(entry.words)]
    if len(span) < len(entry.words) or seen.sentence[span[0]] != seen.sentence[span[-1]]:
        return False
    return all(seen.words[i] == w for i, w in zip(span, entry.words, strict=True))


def _blocked(seen: Context, start: int, end: int, entry: Entry) -> bool:
    first, last = seen.span(start)
    before = seen.words[max(first, start - _BEFORE) : start]
    if entry.not_before.intersection(before):
        return True
    after = seen.words[end : min(last, end + _AFTER)]
    return any(_inside(words, after) for words in entry.not_after)


def _inside(words: tuple[str, ...], window: tuple[str, ...]) -> bool:
    size = len(words)
    return any(window[i : i + size] == words for i in range(len(window) - size + 1))


def _met(seen: Context, nations: frozenset[int], start: int, end: int, entry: Entry) -> bool:
    if not entry.needs:
        return True
    first, last = seen.span(start)
    window = range(max(first, start - entry.reach), min(last, end + entry.reach))
    whole = len(entry.words) > 1  # "more troops" names its forces itself
    around = [i for i in window if whole or not start <= i < end]
    return all(
        any(seen.words[i] in classes()[need] for i in around)
        or (need == "parties" and any(i in nations for i in around))
        for need in entry.needs
    )


def _nations(doc: Doc) -> frozenset[int]:
    """Tokens that name a country or its people: possible parties to talks."""
    return frozenset(
        i
        for mention in doc._.places
        if mention.demonym or mention.place.precision == "country"
        for i in range(mention.start, mention.end)
    )
