"""Numbers that only say of how many others were counted: "40 of 300 residents perished"."""

from __future__ import annotations

from collections.abc import Sequence

from wirewatch.extraction.claims.phrases import passive
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Mention, Text


def wholes(text: Text, mention: Mention, own: Sequence[Reading]) -> list[Reading]:
    """The readings by which the people are only said to be those of whom others were counted."""
    found = [r for r in own if _whole(text, mention, r)]
    happens = {r.anchor for r in found if r.pattern == "subject-happens"}
    return found + [r for r in own if r not in found and r.anchor in happens]


def _whole(text: Text, mention: Mention, reading: Reading) -> bool:
    """In "40 of 300 residents perished" the 300 only say of how many."""
    base = base_of(text, mention)
    if base is None:
        return False
    if text.low[max(0, base - 2) : base] == ["all", "but"]:
        return True
    helped = reading.anchor is not None and passive(text, reading.anchor.start)
    if reading.pattern in ("subject-passive", "subject-state"):
        return helped
    return reading.pattern in ("subject-happens", "far-subject")


def one_of_many(text: Text, mention: Mention) -> bool:
    """In "he is one of nine people arrested" only the nine are counted."""
    if text.at(mention.end) != "of" or mention.figure.value != 1:
        return False
    base = text.mention_at.get(mention.end + 1, text.mention_at.get(mention.end + 2))
    return base is not None and text.at(mention.start - 1) in _IS


_IS = frozenset({"is", "was", "as", "among", "were"})


def base_of(text: Text, mention: Mention) -> int | None:
    """Where another number stands that is so many of this one: "|1,200| of its 3,600"."""
    i = mention.start - 1
    while i > 0 and text.low[i] in ("the", "its", "their", "his", "all", "those"):
        i -= 1
    return i - 1 if text.at(i) == "of" and i - 1 in text.mention_at else None
