"""Statements of none: "no casualties", "no one", "nobody", "without loss of life"."""

from __future__ import annotations

from wirewatch.extraction.annotations import Figure
from wirewatch.extraction.numbers.numeral import DASHES, Words
from wirewatch.extraction.numbers.words import section

_WORDS_OF_HARM = section("none-of")
_REPORTING = section("between-no-and-harm")


def read_zero(words: Words, i: int) -> Figure | None:
    """The statement of none that begins at ``i``, as a figure of value 0, or None."""
    word = words.at(i)
    if word == "0" and _of_score(words, i):
        return None
    if word in ("nobody", "none", "zero", "0"):
        return None if _of_wounds(words, i) or _wished(words, i + 1) else _zero(i, i + 1)
    if word not in ("no", "without"):
        return None
    j = i + 1
    if words.at(j) in DASHES:
        j += 1
    if words.at(j) == "one" and word == "no":
        return None if _wished(words, j + 1) else _zero(i, j + 1)
    while words.at(j) in _REPORTING and words.at(j) not in _WORDS_OF_HARM and j - i < 7:
        j += 1
    if words.at(j) in _WORDS_OF_HARM or (words.at(j) in section("people") and j == i + 1):
        return _zero(i, i + 1)
    return None


def _of_wounds(words: Words, i: int) -> bool:
    """As in "none of the injuries was life-threatening": there were some."""
    wounds = {words.at(i + 2), words.at(i + 3)} & {"injuries", "wounds"}
    return words.at(i + 1) == "of" and bool(wounds)


def _wished(words: Words, i: int) -> bool:
    """As in "nobody deserves to die": what ought not to be, not what was not."""
    return words.at(i) in ("deserves", "deserve", "deserved", "should", "wants", "wanted")


def _of_score(words: Words, i: int) -> bool:
    """The second number of "won 2-0"."""
    lex = words.lexeme(i - 2)
    return lex is not None and words.at(i - 1) in DASHES and not words.spaced[i - 2]


def _zero(start: int, end: int) -> Figure:
    return Figure(start, end, 0, 0, 0, "exact", head=end - 1)
