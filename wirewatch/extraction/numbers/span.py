"""A number as the checks of what it counts see it."""

from __future__ import annotations

from typing import NamedTuple

from wirewatch.extraction.numbers.numeral import Words

_LONGEST_ROW = 10


class Span(NamedTuple):
    """A number's own tokens, its value and how it was written."""

    start: int
    end: int
    value: float
    digits: bool
    bounded: bool
    """Words such as "at least" or "about" stand before it."""


def before_row(words: Words, start: int) -> int:
    """The word before a row of numbers: "aged 9, 11 and |13|"."""
    i = start - 1
    while start - i < _LONGEST_ROW and words.at(i) in ("and", ",", "or"):
        if words.lexeme(i - 1) is None:
            return i
        i -= 2
    return i
