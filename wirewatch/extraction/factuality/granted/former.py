"""What words such as "the hostages" or "an earlier offensive" take for granted: it has happened."""

from __future__ import annotations

from itertools import pairwise

from wirewatch.extraction.context import wordset
from wirewatch.extraction.referee.mention import Mention
from wirewatch.model import EventType, Status

_TAKEN: dict[EventType, frozenset[str]] = {
    "abduction": wordset("hostage hostages captive captives captor captors abductors kidnappers"),
    "arrest": wordset("detainee detainees"),
}
_KNOWN = wordset("the their its his her these those freed released")
_TAKE = wordset("take takes taking taken seize")
_NEAR = 2
_DEADLY: frozenset[EventType] = frozenset({"attack", "accident"})
_HARMED = wordset("killed wounded injured left destroyed claimed")
_RELATED = 7
_FORMER = wordset("earlier previous")
_ARTICLES = wordset("a an the its his her their similar")
_FORMER_REACH = 4
_BREAKS = wordset(", . ; : and or but than")


def settled(words: tuple[str, ...], mention: Mention, first: int, last: int) -> Status | None:
    """The status of what is taken for granted; None: the words leave it open."""
    token = mention.token
    taken = words[token] in _TAKEN.get(mention.type, ()) if mention.type else False
    known = not _KNOWN.isdisjoint(words[max(first, token - _NEAR) : token])
    if taken and known and _TAKE.isdisjoint(words[max(first, token - _FORMER_REACH) : token]):
        return "happened"
    told = is_former(words, token, first) or _has_harmed(words, mention, last)
    return "happened" if told else None


def _has_harmed(words: tuple[str, ...], mention: Mention, last: int) -> bool:
    """As in "a protest against an airstrike last week that killed nine"."""
    if mention.type not in _DEADLY or words[mention.token].endswith("ed"):
        return False
    after = words[mention.end : min(last, mention.end + _RELATED)]
    return any(that in {"that", "which"} and harm in _HARMED for that, harm in pairwise(after))


def is_former(words: tuple[str, ...], token: int, first: int) -> bool:
    """As in "an earlier offensive", "previous meetings"; not "he earlier met"."""
    for i in range(token - 1, max(first, token - _FORMER_REACH) - 1, -1):
        if words[i] in _BREAKS:
            return False
        if words[i] in _FORMER:
            return words[i] == "previous" or words[i - 1] in _ARTICLES
    return False
