"""Questions about what has happened, and questions whether it has."""

from __future__ import annotations

from wirewatch.extraction.context import wordset
from wirewatch.extraction.kinds import MEETINGS, MOVES
from wirewatch.extraction.referee.mention import Mention

_ASKING = wordset("who why how what when where which whose")
_SUPPOSING = wordset("would could should will might may can if 'll next")
_BREAKS = frozenset({":", "-", "–", "—"})


def asks_about(words: tuple[str, ...], mention: Mention, first: int, last: int) -> bool:
    """A question about what has happened: "Who are the rioters?", "Why did the bridge fall?"."""
    colons = [i for i in range(first, mention.token) if words[i] in _BREAKS]
    start = colons[-1] if colons else first
    opening = next((word for word in words[start:last] if word.isalpha()), "")
    known = mention.type not in MEETINGS | MOVES | {"sanctions"}
    return known and opening in _ASKING and _SUPPOSING.isdisjoint(words[first:last])
