"""Deeds that the words take for granted: "the handling of an attack", "those hurt in the blast".

What is hoped, urged or criticized in such a sentence is not the deed.
"""

from __future__ import annotations

from wirewatch.extraction.context import wordset
from wirewatch.extraction.referee.mention import Mention
from wirewatch.model import EventType, Status

_DEEDS: frozenset[EventType] = frozenset({"attack", "abduction", "accident", "disaster"})
_AFTER_IT = wordset("handling aftermath wake scene site victims survivors perpetrators condolences")
CONDEMN = wordset(
    "condemn condemns condemned condemning denounce denounces denounced deplore deplores deplored"
)
_HURT = wordset("killed injured wounded hurt affected bereaved died perished lost")
_BY = wordset("in by during of")
_OPEN = wordset(
    "any if would could might may should possible potential future further no planned ? whether "
    "not n't never another threat threats plot"
)
_BREAKS = wordset(", ; : but and or after before when while who which")
_NEAR = 5


def settled(words: tuple[str, ...], mention: Mention, first: int, last: int) -> Status | None:
    """The status where the deed is taken for granted; None: the words do not settle it."""
    if mention.type not in _DEEDS or not _OPEN.isdisjoint(words[first:last]):
        return None
    near = words[max(first, mention.token - _NEAR) : mention.token]
    for i in range(len(near) - 1, -1, -1):
        if near[i] in _BREAKS:
            return None
        if near[i] in CONDEMN or _leads_on(near, i):
            return "happened"
    return None


def _leads_on(near: tuple[str, ...], i: int) -> bool:
    """As in "survivors of", "those injured in"."""
    following = near[i + 1 : i + 2]
    if near[i] in _AFTER_IT:
        return following == ("of",)
    return near[i] in _HURT and not _BY.isdisjoint(following)
