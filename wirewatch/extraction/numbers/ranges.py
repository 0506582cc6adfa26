"""Two numbers that say one: "between 36 and 40", "36-40", "36 to 40", "two or three"."""

from __future__ import annotations

from typing import NamedTuple

from wirewatch.extraction.numbers.numeral import DASHES, Numeral, Words, read_numeral
from wirewatch.extraction.numbers.words import section

_MOVING = section("change")
_HEDGES = section("hedges")


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
    if link == "up" and words.at(first.end + 1) == "to" and words.at(first.start - 1) == "from":
        second = read_numeral(words, first.end + 2)
        return None if _moves(words, first.start) else _ordered(first.start - 1, first, second)
    if link in ("to", "through"):
        second = read_numeral(words, _over_hedges(words, first.end + 1))
        start = first.start
        if words.at(start - 1) == "by" and _moves(words, start - 1):
            return None  # "rose by 14 to 31"
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
    while start > 0 and first.start - start < 3 and words.at(start) in _HEDGES:
        start -= 1
    if words.at(start) != "between" or words.at(first.end) != "and":
        return None
    following = _over_hedges(words, first.end + 1)
    return _ordered(start, first, read_numeral(words, following))


def _over_hedges(words: Words, i: int) -> int:
    """Past "maybe" in "7 to maybe 10", "as many as" in "7 to as many as 10"."""
    j = i
    while j - i < 3 and words.at(j) in _HEDGES:
        j += 1
    return j


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
    elif _shares_thousand(first, second):
        first = first._replace(value=first.value * 1_000)
    if not first.value < second.value:
        return None
    return Range(start, second.end, first, second)


def _shares_thousand(first: Numeral, second: Numeral) -> bool:
    """Written once for both: "10-15,000 people"; not "200 to 3,000", "2 to 1,000"."""
    bare = first.scale == second.scale == 1 and first.digits and second.digits
    high = second.value
    return bare and high % 1_000 == 0 and first.value * 1_000 < high < first.value * 4_000


def _moves(words: Words, i: int) -> bool:
    return any(words.at(j) in _MOVING for j in range(max(0, i - 6), i))
