"""Who stands before the word of harm and suffered it: "a soldier was killed", "Man dies"."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.aged import before_age
from wirewatch.extraction.claims.implicit.ending import phrase_ending
from wirewatch.extraction.claims.implicit.headline import headline
from wirewatch.extraction.claims.implicit.implied import Implied
from wirewatch.extraction.claims.implicit.nobody import doubtful, new
from wirewatch.extraction.claims.implicit.passives import over_helpers, suffers
from wirewatch.extraction.claims.left import left
from wirewatch.extraction.claims.lexicon import Sense
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Text

_SEVERAL = frozenset(("were", "are", "have"))
"""Auxiliaries of a plural: one person alone is not their subject."""
_LIST, _BRACKET = 12, 14


def subjects(text: Text, anchor: Anchor) -> Iterator[Implied]:
    """Everybody without a number whom the words before the word of harm name as its victim."""
    sense = anchor.sense("participle", "happens", "state") or _shot(text, anchor)
    if sense is None or doubtful(text, anchor):
        return
    before, helped = over_helpers(text, anchor.start - 1)
    happens = sense.use == "happens"
    if not (happens or _befell(text, anchor, before, helped=helped)):
        return
    end = _last_word(text, before, helped=helped)
    if end is None:
        return
    reading = Reading(sense.kind, "implicit-subject", 0.8 if helped or happens else 0.6, anchor)
    for found in phrase_ending(text, end, reading):
        told = new(text, found) or not _scene(text, anchor, sense)
        if told and _agrees(text, anchor, found, end):
            yield found


def _shot(text: Text, anchor: Anchor) -> Sense | None:
    """The shooting or stabbing of somebody; "shot at" hurts nobody."""
    if text.low[anchor.start] not in ("shot", "stabbed"):
        return None
    missed = text.at(anchor.end) == "at" and text.at(anchor.end + 1) in ("by", ".", ",", "")
    return None if missed else anchor.sense("weak")


def _befell(text: Text, anchor: Anchor, before: int, *, helped: bool) -> bool:
    """Whether it was done to who stands at ``before``; a participle may also say what they did."""
    if helped:
        return suffers(text, anchor, before)
    return headline(text, anchor, before) or left(text, before)


def _last_word(text: Text, i: int, *, helped: bool) -> int | None:
    """The last word for somebody, over "who", ages and asides; None: another verb comes between."""
    if text.at(i) in ("who", "that"):
        i -= 1
    if text.at(i) == "and":
        return None  # "shot by a gunman and died": not the gunman
    i = before_age(text, i)
    return _over_bracket(text, i) if helped and text.at(i) in (",", ")") else i


def _over_bracket(text: Text, i: int) -> int:
    for j in range(i - 1, max(-1, i - _BRACKET), -1):
        if text.low[j] in (",", "("):
            return j - 1
    return i


def _scene(text: Text, anchor: Anchor, sense: Sense) -> bool:
    """Whether the words may only set the scene of a deed that was told of before."""
    return sense.use == "weak" or text.low[anchor.end - 1] in ("wound", "wounds")


def _agrees(text: Text, anchor: Anchor, found: Implied, end: int) -> bool:
    """Whether one person has a singular verb, or stands in a list: "a guard and a cook were"."""
    plural = not _SEVERAL.isdisjoint(text.low[end + 1 : anchor.start])
    listed = "and" in text.low[max(0, found.start - _LIST) : end + 1]
    return not plural or found.several or listed
