"""What a deed left of somebody: "left a man dead and a woman wounded", "found a man dead"."""

from __future__ import annotations

from wirewatch.extraction.claims.phrases import CLOSED
from wirewatch.extraction.claims.text import Text

_LEFT = frozenset(("left", "leaves", "leaving", "leave", "found", "finds", "finding"))
_ONE = frozenset(("a", "an", "another"))
_LONGEST, _LIST = 9, 12


def left(text: Text, end: int) -> bool:
    """Whether the one person whose noun ends at ``end`` is who was left or found so."""
    start = _start(text, end)
    if start is None:
        return False
    before = text.at(start - 1)
    if before in _LEFT:
        return text.same(start - 1, end)
    return before in ("and", ",") and _of_list(text, start - 1)


def _start(text: Text, end: int) -> int | None:
    """The article of the phrase; None: it has none, or is no plain noun phrase."""
    for i in range(end, max(-1, end - _LONGEST), -1):
        if text.low[i] in _ONE:
            return i
        if text.low[i] in CLOSED or not (text.low[i].isalnum() or text.low[i] == "-"):
            return None
    return None


def _of_list(text: Text, joint: int) -> bool:
    """Whether the phrase before the "and" was left so, too: its word of harm stands there."""
    if text.at(joint) == "and" and text.at(joint - 1) == ",":
        joint -= 1
    if joint - 1 not in text.anchor_at:
        return False
    near = range(joint - 1, max(-1, joint - _LIST), -1)
    return any(text.low[i] in _LEFT and text.same(i, joint) for i in near)
