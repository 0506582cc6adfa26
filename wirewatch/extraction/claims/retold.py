"""Another's figure for what was just counted: "… arrested 100. The government puts it at 50"."""

from __future__ import annotations

from collections.abc import Sequence

from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Text

_PUT = frozenset(("put", "puts", "putting"))
_FIGURE = frozenset(("figure", "number", "total", "tally"))
_SENTENCES, _FIGURES = 1, 4
"""How far back the count stands that is told anew."""


def retold(text: Text, read: Sequence[Reading | None]) -> list[Reading | None]:
    """The readings, with the kind of the count before for figures that only tell it anew."""
    found = list(read)
    for index, reading in enumerate(found):
        noun = _noun(text, text.mentions[index].start) if reading is None else None
        if noun is not None:
            before = _before(text, found, index)
            found[index] = before and Reading(before.kind, "retold", 0.9, Anchor(*noun, ()))
    return found


def _noun(text: Text, start: int) -> tuple[int, int] | None:
    """Where "put the figure at" stands before a number; None: it does not."""
    i = start - 1
    if text.at(i) != "at" or text.at(i - 1) not in _FIGURE or text.at(i - 2) not in ("the", "that"):
        return None
    return (i - 1, i) if text.at(i - 3) in _PUT else None


def _before(text: Text, found: Sequence[Reading | None], index: int) -> Reading | None:
    """The nearest count of people in this sentence or the one before."""
    here = text.sentence[text.mentions[index].start]
    for k in range(index - 1, max(-1, index - 1 - _FIGURES), -1):
        if here - text.sentence[text.mentions[k].start] > _SENTENCES:
            return None
        if found[k] is not None and text.mentions[k].figure.not_people is None:
            return found[k]
    return None
