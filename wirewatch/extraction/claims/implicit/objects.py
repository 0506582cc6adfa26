"""Who stands behind the word of harm: "killed a soldier", "the murder of a judge and his wife"."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.aged import after_age, is_age
from wirewatch.extraction.claims.implicit.determined import ONE, with_determiner
from wirewatch.extraction.claims.implicit.implied import Implied, harm_at
from wirewatch.extraction.claims.implicit.nobody import doubtful, new
from wirewatch.extraction.claims.lexicon import Sense
from wirewatch.extraction.claims.persons import SINGLE, TITLES, bare_plural, is_name, named
from wirewatch.extraction.claims.phrases import AUX, DETERMINER, VERBS, passive
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.shots import does, only_hurt
from wirewatch.extraction.claims.text import Anchor, Text

_KNOWN = frozenset(("him", "her"))
_CAPITAL = frozenset(("A", "An", "The", "His", "Her"))
"""Begins a sentence whose full stop is lost: "5 Shot A man is dead"."""
_MOST = 4
"""Members of a list that are read."""
_LONGEST, _NEXT = 9, 10


def objects(text: Text, anchor: Anchor) -> Iterator[Implied]:
    """Everybody without a number whom the words behind the word of harm name as its victim."""
    if doubtful(text, anchor):
        return
    if does(text, anchor.start):
        yield from _shot_object(text, anchor)
    elif (taken := _takes(text, anchor)) is not None:
        sense, start = taken
        yield from _listed(text, start, Reading(sense.kind, "implicit-object", 0.75, anchor))


def _takes(text: Text, anchor: Anchor) -> tuple[Sense, int] | None:
    """The sense that takes an object, and where that begins; None: the word takes none here."""
    noun = anchor.sense("noun")
    if noun is not None and text.at(anchor.end) == "of":
        return noun, anchor.end + 1
    sense = anchor.sense("active", "participle")
    if sense is None or text.at(anchor.start - 1) in DETERMINER:
        return None
    suffered = sense.use == "participle" and passive(text, anchor.start)
    return None if suffered else (sense, anchor.end)


def _listed(text: Text, start: int, reading: Reading) -> Iterator[Implied]:
    """The members of a list without a number: "killed |a commander|, six guards and |his wife|"."""
    place: int | None = start
    for _ in range(_MOST):
        if place is None or not text.same(place, harm_at(reading)):
            return
        if place in text.mention_at and not is_age(text, place):
            place = _next_in_list(text, text.mentions[text.mention_at[place]].end)
            continue
        found = _object_at(text, place, reading)
        if found is None:
            return
        yield found
        place = _next_in_list(text, found.end)


def _next_in_list(text: Text, i: int) -> int | None:
    j = i
    while j - i < _NEXT and j < len(text.low) and text.low[j] not in (",", "and"):
        if text.low[j] in AUX or text.low[j] in VERBS or j in text.anchor_at:
            return None
        j += 1
    while text.at(j) in (",", "and"):
        j += 1
    return j if text.at(j) in ONE or text.at(j) in ("his", "her") else None


def _shot_object(text: Text, anchor: Anchor) -> Iterator[Implied]:
    """As in "shot a clerk", "shooting his wife", "shot himself in the foot"."""
    reading = Reading("injured", "implicit-object", 0.7, anchor)
    found = _object_at(text, anchor.end, reading)
    if found is None or found.several or text.text[anchor.end] in _CAPITAL:
        return
    word = text.low[found.start]
    if only_hurt(text, anchor) if word == "himself" else word not in _KNOWN and new(text, found):
        yield found


def _object_at(text: Text, at: int, reading: Reading) -> Implied | None:
    """Who is named from ``at`` on; None: nobody, or people with a number."""
    i = after_age(text, at)
    if i >= len(text.low) or not text.same(i, harm_at(reading)) or i in text.mention_at:
        return None
    word = text.low[i]
    if word in ("him", "her", "himself") and text.at(i + 1) not in SINGLE:
        return Implied(i, i + 1, False, reading)
    if word in DETERMINER:
        return with_determiner(text, i, min(i + _LONGEST, len(text.low)), reading)
    if is_name(text, i) or word in TITLES:
        return _name_from(text, i, reading)
    anchor = text.anchor_at.get(harm_at(reading))
    active = anchor is not None and anchor.sense("active") is not None
    return Implied(i, i + 1, True, reading) if active and bare_plural(text, i) else None


def _name_from(text: Text, i: int, reading: Reading) -> Implied | None:
    j = i
    while is_name(text, j) or text.at(j) in TITLES:
        j += 1
    return Implied(i, j, False, reading) if named(text, j - 1) else None
