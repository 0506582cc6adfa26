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
_OTHER_CLAUSE = wordset("but after when while said says saying adding ; because since")
_REACH, _NEAR = 12, 5
_BLOCKED = wordset("vetoed vetoes veto blocked")
_CANCEL = wordset("cancelled canceled cancels postponed postpones scrapped")
_ORDER = wordset(
    "ordered orders authorized authorised authorizes authorises approved approves endorsed"
)
_MOVE = wordset("deployment withdrawal pullout drawdown redeployment dispatch")
_NO_OBJECT = wordset(", ; after before during in for by under when who which that")
_OFF = frozenset({("called", "off"), ("put", "off"), ("broken", "off")})
_WAS = wordset("was were been be is are")
_SUBJECT_ENDS = wordset(", ; . that which who when after before as until but said")
_SAID_LATER = 22
_CONTACT = wordset("contact contacts dialogue dialog negotiations talks")
_CUT = wordset("cut cuts cutting sever severs severed severing froze frozen freeze")
_CUT_REACH = 3
_MEETING = wordset("meeting meetings talks summit visit")
_PULL_OUT = frozenset((pull, "out", "of") for pull in ("pulled", "pull", "pulls", "pulling"))
_PULLED = 3
_STAY = wordset(
    "keep keeps keeping kept maintain maintains maintaining retain retaining stay remain"
)
_DOES_NOT = frozenset({"not", "n't", "never", "cannot", "longer"})
_TRY = wordset(
    "try tries trying tried effort efforts bid push attempt attempts attempting hope hopes hoping "
    "aim aims aiming aimed struggle struggling struggled race racing raced scramble scrambling "
    "seek seeks seeking sought working"
)
_REACH_IT = wordset(
    "reach broker secure clinch strike forge negotiate sign revive hammer finalize finalise "
    "salvage rescue mediate arrange agree conclude save"
)
_SOUGHT_ENDS = _OTHER_CLAUSE | {",", "that", "who", "which"}
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
    before = words[max(first, mention.token - _REACH) : mention.token]
    if mention.type == "sanctions" and not _BLOCKED.isdisjoint(before[-_NEAR:]):
        return "denied"
    if mention.type not in MEETINGS | MOVES:
        return None
    cut = words[mention.token] in _CONTACT and not _CUT.isdisjoint(before[-_CUT_REACH:])
    if cut or _spurned(before):
        return "denied"
    if mention.type in MEETINGS and (_called_off(before) or _was_called_off(words, mention)):
        return "denied"
    if _wished(before) or (mention.type in MEETINGS and _sought(words, mention, first)):
        return "proposed"
    if mention.type in MOVES and _ordered(words, mention, first):
        return "announced"
    if mention.type == "troop_withdrawal":
        longer = not _LONGER.isdisjoint(words[mention.token : mention.end])
        return "announced" if longer else None
    return "happened" if mention.type == "talks" and _was_held(words, mention, before) else None


def stays(words: tuple[str, ...], mention: Mention) -> bool:
    """Who stays does not withdraw: "pledged to keep its troops"; "will not keep" leaves it open."""
    before = words[max(0, mention.token - 3) : mention.token]
    stay = words[mention.token] in _STAY and _DOES_NOT.isdisjoint(before)
    return mention.type == "troop_withdrawal" and stay


def _spurned(before: tuple[str, ...]) -> bool:
    """As in "rejected an offer of a truce", "dismissed an appeal to lay down their arms"."""
    return any(
        word in _SPURN
        and before[i + 1 : i + 2] != ("to",)  # "refused to offer" nothing
        and not _OFFER.isdisjoint(before[i + 1 : i + 1 + _NEAR])
        and _OTHER_CLAUSE.isdisjoint(before[i:])
        for i, word in enumerate(before)
    )


def _called_off(before: tuple[str, ...]) -> bool:
    """As in "cancelled a meeting with his counterpart", "pulled out of talks"."""
    if before[-_PULLED:] in _PULL_OUT:
        return True
    return any(
        word in _CANCEL
        and not _MEETING.isdisjoint(before[i + 1 : i + 1 + _NEAR])
        and _OTHER_CLAUSE.isdisjoint(before[i:])
        for i, word in enumerate(before)
    )


def _was_called_off(words: tuple[str, ...], mention: Mention) -> bool:
    """As in "the meeting in Oslo between the two generals was postponed"."""
    after = words[mention.end : mention.end + _SAID_LATER]
    stop = next((i for i, word in enumerate(after) if word in _SUBJECT_ENDS), len(after))
    return words[mention.token] in _MEETING and any(
        be in _WAS and (off in _CANCEL or (off, out) in _OFF)
        for be, off, out in zip(after, after[1:stop], (*after[2:stop], ""), strict=False)
    )


def _ordered(words: tuple[str, ...], mention: Mention, first: int) -> bool:
    """As in "authorized the deployment of 300 more soldiers"; the order is no move yet."""
    before = words[max(first, mention.token - _REACH) : mention.end]
    order = max((i for i, word in enumerate(before) if word in _ORDER), default=None)
    if order is None:
        return False
    ordered = before[order + 1 :]
    return not _MOVE.isdisjoint(ordered[:_NEAR]) and _NO_OBJECT.isdisjoint(ordered)


def _wished(before: tuple[str, ...]) -> bool:
    """As in "demanded that the troops leave"."""
    return any(
        wish in _WISH and that == "that" and _OTHER_CLAUSE.isdisjoint(before[i:])
        for i, (wish, that) in enumerate(pairwise(before))
    )


def _sought(words: tuple[str, ...], mention: Mention, first: int) -> bool:
    """As in "trying to reach a peace deal", "efforts to broker a truce"."""
    before = words[max(first, mention.token - _REACH) : mention.end]
    return any(
        try_ in _TRY
        and to == "to"
        and not _REACH_IT.isdisjoint(before[i + 2 : i + 5])
        and _SOUGHT_ENDS.isdisjoint(before[i:])
        for i, (try_, to) in enumerate(pairwise(before))
    )


def _was_held(words: tuple[str, ...], mention: Mention, before: tuple[str, ...]) -> bool:
    """A past verb of meeting, alone or before what was held: "opened a two-day meeting"."""
    if words[mention.token] in _HELD:
        return _NOT.isdisjoint(before[-4:])
    aim = before[-1:] == ("to",) and words[mention.token] in _AIMS
    near = before[-_BACK:-1] if aim else before[-_BACK:]
    held = [i for i, word in enumerate(near) if word in _HELD]
    return bool(held) and _NOT.isdisjoint(near) and _PLANNED.isdisjoint(near[held[-1] :])
