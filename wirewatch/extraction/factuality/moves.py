"""Moves of forces, meetings and truces whose words leave no choice of status."""

from __future__ import annotations

from itertools import pairwise

from wirewatch.extraction.context import wordset
from wirewatch.extraction.kinds import MEETINGS, MOVES
from wirewatch.extraction.referee.mention import Mention
from wirewatch.model import Status

_SPURN = wordset(
    "rejected rejects rejecting reject dismissed dismisses spurned rebuffed declined refused "
    "snubbed"
)
_OFFER = wordset(
    "offer offers proposal proposals call calls appeal appeals request requests demand demands "
    "plan plans invitation bid idea suggestion"
)
_WISH = wordset(
    "demanded demand demands demanding insisted insists insist proposed proposes suggested asked "
    "urged recommended requested wants want wanted"
)
_OTHER_CLAUSE = wordset("but after when while said says ; because since")
_REACH, _NEAR = 12, 5
_STAY = wordset(
    "keep keeps keeping kept maintain maintains maintaining retain retaining stay remain"
)
_LONGER = wordset("extend renew prolong extending prolonging renewing")
_NOT = wordset("not n't never no would could may might should must will if unless whether")
_HELD = wordset(
    "met held hosted discussed conferred spoke gathered convened attended chaired opened concluded "
    "ended finished wrapped completed sat received negotiated"
)
_AIMS = wordset("discuss negotiate confer mediate consult")
"""What they met for: "met to discuss the border"."""
_BACK = 9
_PLANNED = wordset("to planned plans scheduled due expected agreed hopes before ahead after until")


def settled(words: tuple[str, ...], mention: Mention, first: int) -> Status | None:
    """The status of a mention of such a type; None: its words leave it open."""
    if mention.type not in MEETINGS | MOVES:
        return None
    before = words[max(first, mention.token - _REACH) : mention.token]
    if _spurned(before):
        return "denied"
    if _wished(before):
        return "proposed"
    if mention.type == "troop_withdrawal":
        return _of_staying(words, mention, before)
    return "happened" if mention.type == "talks" and _was_held(words, mention, before) else None


def _spurned(before: tuple[str, ...]) -> bool:
    """As in "rejected an offer of a truce", "dismissed an appeal to lay down their arms"."""
    return any(
        word in _SPURN
        and not _OFFER.isdisjoint(before[i + 1 : i + 1 + _NEAR])
        and _OTHER_CLAUSE.isdisjoint(before[i:])
        for i, word in enumerate(before)
    )


def _wished(before: tuple[str, ...]) -> bool:
    """As in "demanded that the troops leave"."""
    return any(
        wish in _WISH and that == "that" and _OTHER_CLAUSE.isdisjoint(before[i:])
        for i, (wish, that) in enumerate(pairwise(before))
    )


def _of_staying(words: tuple[str, ...], mention: Mention, before: tuple[str, ...]) -> Status | None:
    """Who stays does not withdraw; whose mission is not extended will."""
    said = words[mention.token : mention.end]
    if not _LONGER.isdisjoint(said):
        return "announced"
    if said and said[0] in _STAY and {"not", "n't", "never", "cannot"}.isdisjoint(before[-3:]):
        return "denied"
    return None


def _was_held(words: tuple[str, ...], mention: Mention, before: tuple[str, ...]) -> bool:
    """A past verb of meeting, alone or before what was held: "opened a two-day meeting"."""
    if words[mention.token] in _HELD:
        return _NOT.isdisjoint(before[-4:])
    aim = before[-1:] == ("to",) and words[mention.token] in _AIMS
    near = before[-_BACK:-1] if aim else before[-_BACK:]
    held = [i for i, word in enumerate(near) if word in _HELD]
    return bool(held) and _NOT.isdisjoint(near) and _PLANNED.isdisjoint(near[held[-1] :])
