"""Headlines, which drop auxiliaries and articles: "Man killed in blast", "Boy, 7, dies"."""

from __future__ import annotations

from wirewatch.extraction.claims.phrases import PREPOSITION, object_follows
from wirewatch.extraction.claims.text import Anchor, Text

_ENDS = frozenset(("", ",", ".", ";", "while", "when"))
_AIMED = frozenset(("at", "to", "into", "through", "from", "for", "toward", "towards"))
"""What follows "shot" where somebody did it: "man shot at police", "teacher shot to fame"."""
_OPENING = 6


def headline(text: Text, anchor: Anchor, i: int) -> bool:
    """Whether who ends at ``i`` suffered it: at the start of a sentence, and no object behind."""
    if object_follows(text, anchor.end) or not text.same(i, anchor.start):
        return False
    following = text.at(anchor.end) if text.same(anchor.start, anchor.end) else ""
    shot_at = text.low[anchor.start] == "shot" and following in _AIMED
    return opens(text, i) and (following in PREPOSITION or following in _ENDS) and not shot_at


def opens(text: Text, i: int) -> bool:
    """Whether ``i`` is one of the first words of its sentence, or of a headline's second half."""
    before = text.low[max(0, i - _OPENING) : i]
    return i < _OPENING or not text.same(i - _OPENING, i) or ";" in before
