"""People counted without a number: "a soldier was killed", "shot dead the mayor and his driver"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wirewatch.extraction.claims.aged import after_age, before_age, ends_age, is_age
from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import (
    AUX,
    BELIEVE,
    CLOSED,
    DETERMINER,
    PEOPLE,
    PREPOSITION,
    VERBS,
    is_adverb,
    object_follows,
    passive,
)
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Text

_TITLES = words("titles")
_ONE = frozenset(("a", "an", "another"))
_SINGLE = words("one-person")
_KINDS = frozenset(("killed", "injured", "arrested", "abducted", "missing"))


class Implied(NamedTuple):
    """One person (``several`` False) or an unnumbered plural, at words ``start`` to ``end``."""

    start: int
    end: int
    several: bool
    reading: Reading


def implied(text: Text, taken: set[int]) -> Iterator[Implied]:
    """Every count without a number; ``taken`` holds words that belong to numbered counts."""
    seen: set[tuple[int, str]] = set()
    for anchor in dict.fromkeys(text.anchor_at.values()):
        for found in (*_subject(text, anchor), *_objects(text, anchor)):
            key = (found.start, found.reading.kind)
            clear = not any(i in taken for i in range(found.start, found.end))
            if key not in seen and clear and found.reading.kind in _KINDS:
                seen.add(key)
                yield found


def _subject(text: Text, anchor: Anchor) -> Iterator[Implied]:
    sense = anchor.sense("participle", "happens", "state")
    if sense is None or _doubtful(text, anchor):
        return
    i, helped = _over_helpers(text, anchor.start - 1)
    if sense.use != "happens" and not (
        passive(text, anchor.start) if helped else _headline(text, anchor, i)
    ):
        return
    if text.at(i) in ("who", "that"):
        i -= 1
    i = before_age(text, i)
    if text.at(i) in (",", ")") and helped:
        i = _over_bracket(text, i)
    strength = 0.8 if helped or sense.use == "happens" else 0.6
    several = not _SEVERAL.isdisjoint(text.low[i + 1 : anchor.start])
    for found in _phrase_ending(text, i, Reading(sense.kind, "implicit-subject", strength, anchor)):
        if not several or found.several or "and" in text.low[max(0, found.start - _LIST) : i + 1]:
            yield found


_SEVERAL = frozenset(("were", "are", "have"))
"""Auxiliaries of a plural: one person alone is not their subject."""
_LIST = 12


_DOUBTFUL = words("doubtful")


def _doubtful(text: Text, anchor: Anchor) -> bool:
    """Words that say too little by themselves: a seat is held, feelings are hurt."""
    return text.low[anchor.start] in _DOUBTFUL


def _headline(text: Text, anchor: Anchor, i: int) -> bool:
    """As in "Man killed in blast": no auxiliary, at the start of a sentence, no object behind."""
    if object_follows(text, anchor.end) or not text.same(i, anchor.start):
        return False
    following = text.at(anchor.end)
    starts = i < 6 and (text.sentence[i] == 0 or not text.same(0, i))
    return starts and (following in PREPOSITION or following in ("", ",", ".", ";"))


def _over_helpers(text: Text, i: int) -> tuple[int, bool]:
    start, helped = i, False
    while (
        i >= 0
        and start - i < 7
        and (text.low[i] in AUX or text.low[i] in BELIEVE or is_adverb(text.low[i]))
    ):
        helped = helped or text.low[i] in AUX
        i -= 1
    if helped or text.at(i) != "and":
        return i, helped
    j = i - 2  # "was shot and killed"
    while j >= 0 and i - j < 5 and is_adverb(text.low[j]):
        j -= 1
    return (j - 1, True) if text.at(j) in ("was", "were", "been") else (i, helped)


def _over_bracket(text: Text, i: int) -> int:
    for j in range(i - 1, max(-1, i - 14), -1):
        if text.low[j] in (",", "("):
            return j - 1
    return i


def _phrase_ending(text: Text, end: int, reading: Reading) -> Iterator[Implied]:
    """The noun phrase whose last word is ``end``; also the partner before "and"."""
    if end < 0 or not text.same(end, _place(reading)):
        return
    natural = text.low[_place(reading)] in ("died", "dies", "die", "dead")
    if text.low[end] in ("he", "she"):
        if not natural:
            yield Implied(end, end + 1, False, reading)
        return
    for j in range(end, max(-1, end - 14), -1):
        word = text.low[j]
        if (j in text.mention_at and not is_age(text, j)) or not text.same(j, end):
            yield from _before_and(text, j, reading)
            return
        if word in DETERMINER and word not in ("other", "its", "their", "these", "those", "no"):
            found = _with_determiner(text, j, end + 1, reading)
            if found is not None:
                yield found
                yield from _before_and(text, j, reading)
            return
        if word in VERBS or word in AUX or word in (",", ";", ":", "."):
            break
    if _named(text, end) and not natural:
        yield Implied(_name_start(text, end), end + 1, False, reading)
    elif _bare_plural(text, end) and reading.strength > 0.7:
        yield Implied(end, end + 1, True, reading)


def _before_and(text: Text, i: int, reading: Reading) -> Iterator[Implied]:
    """The partner of what begins at ``i``: "|the mayor| and nine others"."""
    if text.at(i - 1) == "and" and text.same(i - 1, _place(reading)):
        yield from _phrase_ending(text, before_age(text, i - 2), reading)


def _bare_plural(text: Text, i: int) -> bool:
    """As in "civilians were killed"; not "no civilians", "the civilians", "wounded civilians"."""
    if text.low[i] not in PEOPLE or not text.low[i].endswith(("s", "men", "people", "women")):
        return False
    if text.low[i] in ("victims", "suspects") and i - 1 in text.anchor_at:
        return False  # "kidnap victims usually are released"
    before = text.low[max(0, i - 4) : i]
    return i not in text.anchor_at and not any(w in DETERMINER or w in ("of", "no") for w in before)


def _place(reading: Reading) -> int:
    assert reading.anchor is not None
    return reading.anchor.start


def _with_determiner(text: Text, start: int, end: int, reading: Reading) -> Implied | None:
    """As in "a soldier", "the deputy mayor of the town", "his two-year-old son"."""
    for k in range(start + 1, min(end, start + 9)):
        word = text.low[k]
        if word in CLOSED or word in (",", "("):
            break
        following = text.at(k + 1)
        heads = (
            k + 1 >= end
            or following in CLOSED
            or not following[:1].isalnum()
            or _is_name(text, k + 1)
        )
        if heads and (_one_person(word) or ends_age(text, k)):
            return Implied(start, k + 1, False, reading)
    return None


def _one_person(word: str) -> bool:
    """Whether a word names one person ("professor", "terrorist")."""
    if word in _SINGLE or (word + "s" in PEOPLE and word not in ("dead", "other")):
        return True
    return word.endswith(("ist", "ian", "essor", "ctor", "keeper", "worker")) and len(word) > 5


def _objects(text: Text, anchor: Anchor) -> Iterator[Implied]:
    sense = anchor.sense("active", "participle")
    noun = anchor.sense("noun")
    if _doubtful(text, anchor):
        return
    i = anchor.end
    if noun is not None and text.at(i) == "of":
        sense, i = noun, i + 1
    elif (
        sense is None
        or text.at(anchor.start - 1) in DETERMINER
        or (sense.use == "participle" and passive(text, anchor.start))
    ):
        return
    reading = Reading(sense.kind, "implicit-object", 0.75, anchor)
    place: int | None = i
    for _ in range(4):
        if place is None or not text.same(place, anchor.start):
            return
        if place in text.mention_at and not is_age(text, place):
            place = _next_in_list(text, text.mentions[text.mention_at[place]].end)
            continue
        found = _object_at(text, place, reading)
        if found is None:
            return
        yield found
        place = _next_in_list(text, found.end)


def _object_at(text: Text, at: int, reading: Reading) -> Implied | None:
    i = after_age(text, at)
    if i >= len(text.low) or not text.same(i, _place(reading)) or i in text.mention_at:
        return None
    word = text.low[i]
    if word in ("him", "her", "himself") and text.at(i + 1) not in _SINGLE:
        return Implied(i, i + 1, False, reading)
    if word in DETERMINER:
        return _with_determiner(text, i, min(i + 9, len(text.low)), reading)
    if _is_name(text, i) or word in _TITLES:
        j = i
        while _is_name(text, j) or text.at(j) in _TITLES:
            j += 1
        return Implied(i, j, False, reading) if _named(text, j - 1) else None
    anchor = text.anchor_at.get(_place(reading))
    active = anchor is not None and anchor.sense("active") is not None
    return Implied(i, i + 1, True, reading) if active and _bare_plural(text, i) else None


def _next_in_list(text: Text, i: int) -> int | None:
    j = i
    while j - i < 10 and j < len(text.low) and text.low[j] not in (",", "and"):
        if text.low[j] in AUX or text.low[j] in VERBS or j in text.anchor_at:
            return None
        j += 1
    while text.at(j) in (",", "and"):
        j += 1
    return j if text.at(j) in _ONE or text.at(j) in ("his", "her") else None


def _is_name(text: Text, i: int) -> bool:
    return 0 <= i < len(text.low) and text.text[i][:1].isupper() and not text.text[i].isupper()


def _name_start(text: Text, end: int) -> int:
    start = end
    while (
        start > 0
        and end - start < 5
        and (
            _is_name(text, start - 1)
            or text.low[start - 1] in _TITLES
            or text.low[start - 1] == "-"
        )
    ):
        start -= 1
    return start


def _named(text: Text, end: int) -> bool:
    """Whether a person's name ends here: a title before it, or the tagger's word for it."""
    if end in text.persons:
        return True
    start = _name_start(text, end)
    return _is_name(text, end) and any(text.low[k] in _TITLES for k in range(start, end))
