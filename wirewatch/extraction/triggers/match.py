"""Find the words that may name an event: recall first, context conditions applied."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Heads
from wirewatch.extraction.captors import acted, caught_up, suffered
from wirewatch.extraction.context import Context, context, wordset
from wirewatch.extraction.kinds import MEETINGS, MOVES
from wirewatch.extraction.referee.labels import TYPES
from wirewatch.extraction.triggers.captured import is_thing
from wirewatch.extraction.triggers.ground import ground_taken
from wirewatch.extraction.triggers.leaving import is_no_withdrawal
from wirewatch.extraction.triggers.lexicon import Entry, classes, entries
from wirewatch.extraction.triggers.no_flight import is_no_flight
from wirewatch.extraction.triggers.other_matter import is_other_matter
from wirewatch.extraction.triggers.presence import is_no_deployment
from wirewatch.extraction.triggers.rewards import is_wished_arrest
from wirewatch.model import EventType

_HYPHENS = frozenset({"-", "–", "‐"})
_BEFORE, _AFTER = 2, 4
LEARNED = ""
"""The phrase of a candidate that only the trigger head gives."""
_GROUND = "ground taken"
_SURE = math.log(0.5)
_PAIR = "pair"
"""What an entry needs that tells what two countries do together."""
_SETTLED = MEETINGS | MOVES
"""Types of which the learned head knows less than the lexicon does."""
_CONTRARY: dict[EventType, frozenset[str]] = {
    "troop_withdrawal": wordset("entered enter entering crossed arrived arrive arriving sent send"),
    "troop_deployment": wordset("left leave leaving withdrew withdraw withdrawn fled flee retreat"),
}
"""Words that the trigger head takes for their contrary."""
_At = tuple[EventType, int]
"""A type and the token, or the sentence, where no event of it is told."""
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
    sure: bool = False


def candidates(doc: Doc) -> tuple[Candidate, ...]:
    """All mentions that pass their entry's conditions, in text order, the longest of each type."""
    seen = context(doc)
    kept = [i for i, word in enumerate(seen.words) if word not in _HYPHENS]
    joined = [seen.words[i] for i in kept]
    nations = _nations(doc)
    found: list[Candidate] = []
    barred: set[_At] = set()
    shut: set[_At] = set()
    until: dict[EventType, int] = {}
    for at, token in enumerate(kept):
        for entry, size in _spelled(joined, at):
            end = kept[at + size - 1] + 1
            if token < until.get(entry.type, 0) or seen.sentence[token] != seen.sentence[end - 1]:
                continue
            none = _sounds_like(doc, token, entry.type)
            if none or _blocked(seen, token, end, entry):
                if none or _compounded(seen, token, end, entry):
                    shut.add((entry.type, token))
                if none or entry.type in _SETTLED or entry.type == "arrest":
                    barred.add((entry.type, seen.sentence[token]))
            elif _met(seen, nations, token, end, entry):
                phrase = " ".join(joined[at : at + size])
                found.append(Candidate(token, end, entry.type, phrase, entry.weak, entry.sure))
                until[entry.type] = end
        if len(found) >= MAX_CANDIDATES:
            break
    found = _with_ground(doc, found)
    found = _without_blame(seen, [*found, *_learned(doc, found, barred, shut)])
    found = [c for c in _without_mishap(seen, found) if not _is_else(doc, c)]
    told = [_abduction(doc, c) if c.type == "arrest" else c for c in found]
    return tuple(sorted(told, key=lambda c: (c.start, c.end)))


def _without_mishap(seen: Context, found: list[Candidate]) -> list[Candidate]:
    """Where words leave no doubt of an attack, the learned head alone makes no mishap of it.

    Nor does it of the "fire" in "opened fire".
    """
    attacks = [c for c in found if c.type == "attack" and not c.weak]
    sure = {seen.sentence[c.start] for c in attacks if c.sure}
    named = {i for c in attacks for i in range(c.start, c.end)}
    return [
        c
        for c in found
        if c.type != "accident"
        or c.phrase != LEARNED
        or (seen.sentence[c.start] not in sure and c.start not in named)
    ]


def _is_else(doc: Doc, found: Candidate) -> bool:
    """Nobody is arrested who is "caught in the crossfire", nor does a suspect flee his home."""
    words = context(doc).words
    caught = words[found.start] == "caught" and caught_up(words, found.end)
    return caught or is_no_flight(doc, found.start, found.type)


def _abduction(doc: Doc, found: Candidate) -> Candidate:
    """An arrest by gunmen or rebels is an abduction: "were detained by an armed group"."""
    verb = range(found.start, found.end)
    if suffered(doc, verb):
        return replace(found, type="abduction", sure=True)
    return replace(found, type="abduction") if acted(doc, verb) else found


def _with_ground(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """With ground taken by force, in place of what weaker words of attack say there."""
    taken = [
        Candidate(start, end, "attack", _GROUND, weak=False, sure=True)
        for start, end in islice(ground_taken(doc), MAX_CANDIDATES)
    ]
    told = {i for c in taken for i in range(c.start, c.end)}
    return [*(c for c in found if c.type != "attack" or c.start not in told), *taken]


def _without_blame(seen: Context, found: list[Candidate]) -> list[Candidate]:
    """Where words leave no doubt of a mishap, "killing" and "blast" are no attack beside it."""
    mishaps = {seen.sentence[c.start] for c in found if c.type == "accident" and c.sure}
    return [
        c
        for c in found
        if c.type != "attack" or not c.weak or seen.sentence[c.start] not in mishaps
    ]


def _spelled(words: Sequence[str], at: int) -> Iterator[tuple[Entry, int]]:
    """The entries whose phrase stands there, with the number of its words."""
    for entry in entries().get(words[at], ()):
        if size := entry.spelled(words, at):
            yield entry, size


def _learned(doc: Doc, found: list[Candidate], barred: set[_At], shut: set[_At]) -> list[Candidate]:
    """Words that the trigger head is sure of, in sentences where no phrase of the type stands.

    Names are no triggers, though the head marks them where a quotation holds them; nor is what
    the lexicon rules out ("coalition talks"), nor what is deployed without forces, nor who does
    what a phrase beyond doubt tells ("leaders signed a peace deal" are no talks).
    """
    heads: Heads | None = doc._.heads
    if heads is None or not len(doc):
        return []
    seen = context(doc)
    told = {(c.type, seen.sentence[c.start]) for c in found}
    settled = {
        i for c in found if c.sure and c.type in _SETTLED for i in range(c.start - _BEFORE, c.end)
    }
    best = heads.trigger[:, 1:].max(axis=1)
    sure = np.flatnonzero(best > _SURE)[:MAX_CANDIDATES].tolist()
    picked: dict[tuple[EventType, int], int] = {}
    for i in sorted(sure, key=lambda i: (-best[i], i)):
        type_ = TYPES[int(heads.trigger[i, 1:].argmax())]
        key = (type_, seen.sentence[i])
        if key in barred or (type_ == "troop_deployment" and not _has_forces(seen, i)):
            continue
        if seen.words[i] in _CONTRARY.get(type_, ()) or i in settled:
            continue
        if (type_, i) in shut or is_other_matter(doc, i, type_):
            continue
        if key not in told and doc[i].is_alpha and (seen.upper or doc[i].is_lower):
            picked.setdefault(key, i)
    return [Candidate(i, i + 1, type_, LEARNED, weak=True) for (type_, _), i in picked.items()]


def _has_forces(seen: Context, token: int) -> bool:
    first, last = seen.span(token)
    return not classes()["forces"].isdisjoint(seen.words[first:last])


def _sounds_like(doc: Doc, token: int, type_: EventType) -> bool:
    """Whether the word only sounds like an event of the type."""
    alike = (is_no_deployment, is_no_withdrawal, is_thing, is_wished_arrest, is_other_matter)
    return any(is_other(doc, token, type_) for is_other in alike)


def _compounded(seen: Context, start: int, end: int, entry: Entry) -> bool:
    """Whether the words beside make it a part of another thing: "election rally", "polio day"."""
    first, last = seen.span(start)
    before = seen.words[max(first, start - _BEFORE) : start]
    after = [word for word in seen.words[end : min(last, end + _AFTER)] if word not in _HYPHENS]
    return bool(entry.not_before.intersection(before) or entry.not_next.intersection(after[:1]))


def _blocked(seen: Context, start: int, end: int, entry: Entry) -> bool:
    if _compounded(seen, start, end, entry):
        return True
    first, last = seen.span(start)
    after = seen.words[end : min(last, end + _AFTER)]
    if any(_inside(words, after) for words in entry.not_after):
        return True
    near = seen.words[max(first, start - entry.reach) : min(last, end + entry.reach)]
    return any(not classes()[name].isdisjoint(near) for name in entry.unless)


def _inside(words: tuple[str, ...], window: tuple[str, ...]) -> bool:
    size = len(words)
    return any(window[i : i + size] == words for i in range(len(window) - size + 1))


def _met(seen: Context, nations: frozenset[int], start: int, end: int, entry: Entry) -> bool:
    if not entry.needs:
        return True
    first, last = seen.span(start)
    window = range(max(first, start - entry.reach), min(last, end + entry.reach))
    whole = end - start > 1  # "more troops" names its forces itself
    around = [i for i in window if whole or not start <= i < end]
    return all(_stands(seen, nations, need, around) for need in entry.needs)


def _stands(seen: Context, nations: frozenset[int], need: str, around: Sequence[int]) -> bool:
    if need == _PAIR:
        return _is_pair(seen, nations, around)
    named = need == "parties" and any(i in nations for i in around)
    return named or any(seen.words[i] in classes()[need] for i in around)


def _is_pair(seen: Context, nations: frozenset[int], around: Sequence[int]) -> bool:
    """Two countries or peoples, one beside the other: "Chad and Sudan"."""
    return any(
        seen.words[i] == "and"
        and not nations.isdisjoint(range(i - 2, i))
        and not nations.isdisjoint(range(i + 1, i + 3))
        for i in around
    )


def _nations(doc: Doc) -> frozenset[int]:
    """Tokens that name a country or its people: possible parties to talks."""
    return frozenset(
        i
        for mention in doc._.places
        if mention.demonym or mention.place.precision == "country"
        for i in range(mention.start, mention.end)
    )
