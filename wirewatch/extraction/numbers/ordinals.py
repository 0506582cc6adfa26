"""Ordinals that say how many there were: "the third person to die", "the 100th soldier killed"."""

from __future__ import annotations

from wirewatch.extraction.numbers.numeral import Words
from wirewatch.extraction.numbers.words import section

_FATAL = section("numbered-harm")
_HARM = section("harmed-in-turn")
_WINDOW = 8


def counts_people(words: Words, i: int) -> bool:
    """Whether the ordinal at ``i`` numbers people harmed rather than days, ranks or dates."""
    if words.at(i - 1) in ("a", "an"):
        return False
    for j in range(i + 1, i + 5):
        if words.at(j) in _FATAL or (words.at(j) == "case" and "fatal" in words.low[i:j]):
            return True
        if not words.at(j).replace("-", "").isalpha():
            return False
        if words.at(j) in section("people"):
            return any(words.at(k) in _HARM for k in range(j + 1, j + _WINDOW))
    return False
