"""Two numbers that say one: "between 36 and 40", "36-40", "36 to 40", "two or three"."""

from __future__ import annotations

from typing import NamedTuple

from wirewatch.extraction.numbers.numeral import DASHES, Numeral, Words, read_numeral
from wirewatch.extraction.numbers.words import section

_MOVING = section("change")


class Range(NamedTuple):
    """``low`` to ``high`` over the tokens ``start`` to ``end``."""

    start: int
    end: int
    low: Numeral
    high: Numeral


def read_range(words: Words, first: Numeral) -> Range | None:
    """The range that begins with ``first``, or None."""
    link = words.at(first.end)
    if link in DASHES:
        second = read_numeral(words, first.end + 1)
        return _ordered(first.start, first, second)
    if link in ("to", "through"):
        second = read_numeral(words, first.end + 1)
        start = first.start
        if words.at(start - 1) == "from":
            if _moves(words, start - 1):
                return None
            start -= 1
        return _ordered(start, first, second)
    if link == "or":
        return _alternative(first, read_numeral(words, first.end + 1))
    return (
        _between(words, first)
        if link in ("and", "to") or words.at(first.end + 1) == "and"
        else None
    )


def _between(words: Words, first: Numeral) -> Range | None:
    start = first.start - 1
    while start > 0 and first.start - start < 3 and words.at(start) in ("about", "some", "around"):
        start -= 1
    if words.at(start) != "between" or words.at(first.end) != "and":
        return None
    following = first.end + 1
    if words.at(following) in ("about", "some", "around", "perhaps"):
        following += 1
    return _ordered(start, first, read_numeral(words, following))


def _alternative(first: Numeral, second: Numeral | None) -> Range | None:
    found = _ordered(first.start, first, second)
    if found is None or found.high.value > 2 * found.low.value + 2:
        return None
    return found


def _ordered(start: int, first: Numeral, second: Numeral | None) -> Range | None:
    """A range rises; "two to three million" lends its million to the two."""
    if second is None:
        return None
    if first.scale == 1 and second.scale > 1 and first.value * second.scale < second.value:
        first = first._replace(value=first.value * second.scale, scale=second.scale)
    if not first.value < second.value:
        return None
    return Range(start, second.end, first, second)


def _moves(words: Words, i: int) -> bool:
    return any(words.at(j) in _MOVING for j in range(max(0, i - 6), i))
