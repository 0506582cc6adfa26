"""Readings by nouns and sets: "12 deaths", "among the dead", "the fifth to die", "freed"."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.attribution.source import SAY
from wirewatch.extraction.claims.behind import skip_helpers
from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import (
    DETERMINER,
    PEOPLE,
)
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text


def ordinal(text: Text, mention: Mention) -> Iterator[Reading]:
    """As in "The third person to die", "the 54th death"."""
    for k in range(mention.end, min(mention.end + 12, len(text.low))):
        anchor = text.anchor_at.get(k)
        if anchor is not None and text.same(mention.head, k):
            yield Reading(anchor.senses[0].kind, "ordinal", 0.8, anchor)
            return
        if text.low[k] == "fatal":
            yield Reading("killed", "ordinal", 0.8, Anchor(k, k + 1, ()))
            return


_FREED = frozenset(
    ("free", "freed", "frees", "freeing", "release", "released", "releases", "releasing", "rescued",
     "rescue")
)  # fmt: skip


def freed(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """As in "The kidnappers released two journalists": those freed had been abducted."""
    i = mention.start - 1
    while i >= 0 and mention.start - i < 4 and (text.low[i] in DETERMINER or text.low[i] == "of"):
        i -= 1
    j, _ = skip_helpers(text, end)
    where = i if text.at(i) in _FREED else j if text.at(j) in _FREED else None
    if where is None or not text.same(where, mention.head):
        return
    near = range(max(0, mention.start - 30), min(len(text.low), mention.end + 30))
    if any(text.low[k].startswith(_TAKEN_BY) and text.same(k, where) for k in near):
        yield Reading("abducted", "freed", 0.72, Anchor(where, where + 1, ()))


_TAKEN_BY = ("kidnap", "hostage", "captor", "captiv", "abduct", "hijack", "ransom", "pirate")


def among(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """As in "the dead include 12 soldiers", "12 men whose kidnapping …"."""
    j, _ = skip_helpers(text, end)
    if text.at(j) == "among" or (text.at(j) == "whose" and j == end):
        for k in range(j + 1, min(j + 7, len(text.low))):
            anchor = text.anchor_at.get(k)
            if anchor is not None and text.same(j, k):
                yield Reading(anchor.senses[0].kind, "among", 0.85, anchor, subset=True)
                return
    i = mention.start - 1
    if text.at(i) in ("include", "included", "includes", "including", "are", "were", "was", "is"):
        k = i - 1
        while k >= 0 and text.low[k] == "also":
            k -= 1
        anchor = text.anchor_at.get(k)
        if anchor is not None and text.at(anchor.start - 1) in ("the", "those", "among"):
            yield Reading(anchor.senses[0].kind, "among", 0.85, anchor, subset=True)


def inside(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """The noun counted names the deed or its people: "12 deaths", "12 hostages"."""
    yield from _described_twice(text, mention, end)
    for k in range(mention.end, end):
        anchor = text.anchor_at.get(k)
        if anchor is None or "of" in text.low[mention.end + 1 : k]:
            continue
        if not _may_be_several(text.low[k]) and mention.figure.value != 1:
            continue
        if (sense := anchor.sense("noun")) and _ends_phrase(text, k):
            lost = text.low[k] != "lives" or set(text.low[max(0, k - 14) : mention.start]) & _COST
            yield Reading(sense.kind, "counted-noun", 0.82 if lost else 0.2, anchor)


def _described_twice(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """Over two adjectives: "40 confirmed and suspected deaths"; not "12 soldiers and hostages"."""
    adjectives = (text.at(mention.end), text.at(mention.end + 2))
    if end != mention.end + 1 or text.at(end) != "and" or end + 2 >= len(text.low):
        return
    if any(not word.isalpha() or word.endswith("s") or word in PEOPLE for word in adjectives):
        return
    anchor = text.anchor_at.get(end + 2)
    sense = anchor.sense("noun") if anchor is not None else None
    if sense and text.same(mention.head, end + 2) and _may_be_several(text.low[end + 2]):
        yield Reading(sense.kind, "counted-noun", 0.75, anchor)


_COST = words("cost")


_CLOSES = frozenset((",", ".", ";", '"', "”", "''"))


def speaks(text: Text, mention: Mention, end: int) -> bool:
    """Who is quoted is no count: "said one of the refugees", "one of the hostages said"."""
    if mention.figure.value != 1 or text.at(mention.end) != "of":
        return False
    before, after = text.at(mention.start - 1), text.at(end)
    if before in SAY:
        return after in _CLOSES or not text.same(mention.head, end)
    return after in SAY and text.same(mention.head, end)


def _may_be_several(word: str) -> bool:
    """Not in compounds, as "four murder charges", "nine evacuation centres"."""
    return word.endswith("s") or word in ("dead", "wounded", "injured", "missing", "homeless")


def _ends_phrase(text: Text, k: int) -> bool:
    word = text.at(k + 1)
    return not (word[:1].isalpha() and word in PEOPLE)
