"""Parts and multiples of a base: "half of the 14,000", "40 % of the 1,200", "double the 400"."""

from __future__ import annotations

from typing import NamedTuple

from wirewatch.extraction.numbers.numeral import DASHES, Numeral, Words, read_numeral
from wirewatch.extraction.numbers.words import section

_OF_WHAT = section("before-base")
_ONE_OVER = {
    "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip


class Share(NamedTuple):
    """``fraction`` of the number ``base``; ``start`` to ``end`` is the fraction's own words."""

    start: int
    end: int
    fraction: float
    base: Numeral

    @property
    def value(self) -> int:
        """How many that is, rounded to a whole person."""
        return round(self.fraction * self.base.value)


_CLOSING = frozenset({"”", '"', "’", "'", "''"})
"""Wires quote half of it: “roughly half” of the 14,000."""


def read_share(words: Words, i: int) -> Share | None:
    """The part of a numbered base that begins at token ``i``, or None."""
    return (
        _all_but(words, i)
        or _fraction(words, i)
        or _per_cent(words, i)
        or _one_in(words, i)
        or _multiple(words, i)
    )


def fraction_words(words: Words, i: int) -> tuple[int, float] | None:
    """End and value of a fraction in words: "half", "a third", "two-thirds", "1/3"."""
    count, j = 1.0, i
    lead = words.lexeme(i)
    if words.at(i) in ("a", "one"):
        j += 1
    elif lead is not None and lead.kind in ("unit", "digits") and 1 < lead.value < 10:
        count, j = lead.value, i + 1
    if j > i and words.at(j) in DASHES:
        j += 1
    part = words.lexeme(j)
    if part is not None and part.kind == "part" and (j > i or words.at(j) != "quarter"):
        return j + 1, count * part.value
    under = _ONE_OVER.get(words.at(j))
    return (j + 1, count / under) if under and j > i and count == 1 else None


def _base(words: Words, i: int) -> Numeral | None:
    j = i
    while j - i < 5 and words.at(j) in _OF_WHAT and read_numeral(words, j) is None:
        j += 1
    return read_numeral(words, j)


def _fraction(words: Words, i: int) -> Share | None:
    found = fraction_words(words, i)
    if found is None:
        return None
    end, fraction = found
    link = end + 1 if words.at(end) in _CLOSING else end
    if words.at(link) == "of":
        base = _base(words, link + 1)
    else:
        base = _base(words, end) if words.at(end) in ("the", "its", "their", "those") else None
    ok = base is not None and base.whole and base.value > 1 and 0 < fraction < 1
    return Share(i, end, fraction, base) if ok and base is not None else None


def _per_cent(words: Words, i: int) -> Share | None:
    amount = read_numeral(words, i)
    if amount is None:
        return None
    end = amount.end + 1
    if words.at(amount.end) == "per" and words.at(end) == "cent":
        end += 1
    elif words.at(amount.end) not in section("percent"):
        return None
    base = _base(words, end + 1) if words.at(end) == "of" else None
    ok = base is not None and base.whole and base.value > 1 and 0 < amount.value < 100
    return Share(i, end, amount.value / 100, base) if ok and base is not None else None


def _all_but(words: Words, i: int) -> Share | None:
    """Fifteen of sixteen: "all but one of the sixteen on board"."""
    if words.at(i) != "all" or words.at(i + 1) != "but":
        return None
    left = read_numeral(words, i + 2)
    if left is None or words.at(left.end) != "of":
        return None
    base = _base(words, left.end + 1)
    if base is None or not (base.whole and left.whole and left.value < base.value):
        return None
    return Share(i, left.end, 1 - left.value / base.value, base)


def _one_in(words: Words, i: int) -> Share | None:
    """One of so many: "one in three of the 60 patients"."""
    ratio = read_ratio(words, i)
    if ratio is None or words.at(ratio.end) != "of":
        return None
    base = _base(words, ratio.end + 1)
    if base is None or not base.whole or base.value <= ratio.under:
        return None
    return Share(i, ratio.end, ratio.over / ratio.under, base)


class Ratio(NamedTuple):
    """So many in so many, which ends before the token ``end``."""

    end: int
    over: float
    under: float


def read_ratio(words: Words, i: int) -> Ratio | None:
    """A proportion: "one in three", "six out of every ten"."""
    lead = words.lexeme(i)
    if lead is None or lead.kind not in ("unit", "digits"):
        return None
    j = i + 3 if (words.at(i + 1), words.at(i + 2)) == ("out", "of") else i + 2
    if j == i + 2 and words.at(i + 1) not in ("in", "of"):
        return None
    every = words.at(j) == "every"
    under = words.lexeme(j + every)
    known = under is not None and under.kind in ("unit", "digits") and under.value in _ROUND
    if under is None or not known or not lead.value < under.value:
        return None
    sure = every or (words.at(i + 1) == "in" and lead.value == 1)
    return Ratio(j + every + 1, lead.value, under.value) if sure else None


_ROUND = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 50, 100, 1_000))
_TIMES = {"double": 2, "twice": 2, "triple": 3, "treble": 3, "quadruple": 4}


def _multiple(words: Words, i: int) -> Share | None:
    """So many times another number: "more than double the 400 reported", "three times the 60"."""
    times, end = _TIMES.get(words.at(i)), i + 1
    lead = words.lexeme(i)
    if lead is not None and lead.kind in ("unit", "digits") and words.at(end) == "times":
        times, end = int(lead.value), end + 1
    if times is None or words.at(end) not in ("the", "its", "their", "those"):
        return None
    base = read_numeral(words, end + 1)
    ok = base is not None and base.whole and base.value > 1 and times > 1
    return Share(i, end, times, base) if ok and base is not None else None
