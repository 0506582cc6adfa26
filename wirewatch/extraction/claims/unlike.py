"""Readings whose word only looks like the deed: those sentenced, those trapped in poverty."""

from __future__ import annotations

from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Text
from wirewatch.extraction.context import wordset

_JAIL = frozenset(("jail", "jails", "jailed", "jailing", "imprison", "imprisoned", "imprisoning"))
_COURT = frozenset(("judge", "judges", "court", "courts", "magistrate", "magistrates", "tribunal"))
_TERM = frozenset(("life", "years", "year", "months", "month", "weeks", "days"))
_NOTHING_PHYSICAL = wordset(
    "poverty debt debts traffic limbo slavery servitude marriage marriages relationship "
    "relationships jobs prostitution cycle loop detention camp camps contract contracts"
)
_BEFORE, _AFTER, _NEAR = 8, 9, 5


def only_looks_like(text: Text, reading: Reading) -> bool:
    """Whether the reading's word tells something else than the deed it is taken for."""
    anchor = reading.anchor
    if anchor is None:
        return False
    return _sentenced(text, anchor) or _not_buried(text, anchor)


def _sentenced(text: Text, anchor: Anchor) -> bool:
    """As in "a judge jailed three men", "three men were jailed for six years"."""
    if text.low[anchor.start] not in _JAIL:
        return False
    before = range(max(0, anchor.start - _BEFORE), anchor.start)
    if any(text.low[i] in _COURT for i in before if text.same(i, anchor.start)):
        return True
    for i in range(anchor.end, min(anchor.end + _AFTER, len(text.low))):
        if not text.same(i, anchor.start):
            return False
        if text.low[i] == "for":
            return any(text.at(i + k) in _TERM for k in range(1, _NEAR))
    return False


def _not_buried(text: Text, anchor: Anchor) -> bool:
    """As in "trapped in poverty", "trapped in a cycle of debt"."""
    if text.low[anchor.start] not in ("trapped", "trapping"):
        return False
    after = range(anchor.end, min(anchor.end + _NEAR, len(text.low)))
    return any(text.low[i] in _NOTHING_PHYSICAL for i in after if text.same(i, anchor.start))
