"""What is only thought of, tried or next in turn: "the idea of", "any withdrawal would"."""

from __future__ import annotations

from itertools import pairwise

from wirewatch.extraction.context import wordset
from wirewatch.extraction.kinds import MEETINGS, MOVES
from wirewatch.extraction.referee.mention import Mention
from wirewatch.model import EventType, Status

_ARRANGED: frozenset[EventType] = MEETINGS | MOVES
_THOUGHT = frozenset({
    ("idea", "of"), ("notion", "of"), ("possibility", "of"), ("prospect", "of"), ("talk", "of"),
    ("looking", "at"), ("look", "at"), ("looks", "at"), ("toying", "with"), ("option", "of"),
})  # fmt: skip
_MULL = wordset("mulling mulls mulled contemplating contemplates contemplated discussed discussing")
_THOUGHT_REACH = 5
_WAS_TO = frozenset({("was", "to"), ("were", "to")})
_NEXT = wordset("next upcoming forthcoming")
_NEXT_REACH = 3
_NOT_NEXT = wordset("to in on")
_SPELL = wordset("day morning night week month year")
_BEGUN = wordset("began begun started opened held launched attended concluded ended completed")
_OFF = wordset("cancelled canceled postponed off scrapped shelved ruled rejected")
_BEGUN_REACH, _OFF_REACH = 6, 9
_MIGHT = wordset("would could will must should may might depends depend hinges hinge requires")
_AFTER = 6
_TRY = wordset("try trying tries hope hopes hoping struggling working")
_REACH_IT = wordset("reach strike negotiate broker sign secure clinch agree forge hammer conclude")
_DEALS: frozenset[EventType] = frozenset({"agreement", "ceasefire"})
_TRY_REACH = 6


def settled(words: tuple[str, ...], mention: Mention, first: int, last: int) -> Status | None:
    """The status of moves, meetings and deals that are ahead; None: the words leave it open."""
    if mention.type not in _ARRANGED:
        return None
    token = mention.token
    if planned := _was_to(words, token, last):
        return planned
    if _thought_of(words, token, first) or _any(words, mention, first, last):
        return "proposed"
    if mention.type in _DEALS and _tried(words, token, first):
        return "proposed"
    return "announced" if _next(words, token, first, last) else None


def _thought_of(words: tuple[str, ...], token: int, first: int) -> bool:
    """As in "the idea of sending troops", "is looking at cutting", "discussed expanding"."""
    if not words[token].endswith("ing"):
        return False
    before = tuple(w for w in words[max(first, token - _THOUGHT_REACH) : token] if w.isalpha())
    return before[-2:] in _THOUGHT or not _MULL.isdisjoint(before[-1:])


def _was_to(words: tuple[str, ...], token: int, last: int) -> Status | None:
    """As in "was to hold talks", which came to nothing where "Instead" follows."""
    if words[token - 2 : token] not in _WAS_TO:
        return None
    return "denied" if words[last : last + 1] == ("instead",) else "announced"


def _any(words: tuple[str, ...], mention: Mention, first: int, last: int) -> bool:
    """As in "any withdrawal would take years"."""
    if "any" not in words[max(first, mention.token - 2) : mention.token]:
        return False
    return not _MIGHT.isdisjoint(words[mention.end : min(last, mention.end + _AFTER)])


def _tried(words: tuple[str, ...], token: int, first: int) -> bool:
    """As in "will try to reach a new agreement", not "tried to"."""
    before = words[max(first, token - _TRY_REACH) : min(token + 1, len(words))]
    return any(
        word in _TRY and to == "to" and not _REACH_IT.isdisjoint(before[i:])
        for i, (word, to) in enumerate(pairwise(before))
    )


def _next(words: tuple[str, ...], token: int, first: int, last: int) -> bool:
    """As in "the next deployment of forces", "next week's summit", not "next to the base"."""
    if not _BEGUN.isdisjoint(words[max(first, token - _BEGUN_REACH) : token]):
        return False
    if not _OFF.isdisjoint(words[token : min(last, token + _OFF_REACH)]):
        return False
    low = max(first, token - _NEXT_REACH)
    return any(
        words[i] in _NEXT and "," not in words[i:token] and _in_turn(words[i + 1 : i + 3])
        for i in range(low, token)
    )


def _in_turn(after: tuple[str, ...]) -> bool:
    if after[0] in _SPELL:  # "next week's summit"; "the next day soldiers left" is told of the past
        return after[1:] == ("'s",)
    return after[0] not in _NOT_NEXT
