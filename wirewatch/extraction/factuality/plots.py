"""Deeds that were only planned, threatened, foiled or feared, and promises for later."""

from __future__ import annotations

from itertools import pairwise

from wirewatch.extraction.context import wordset
from wirewatch.extraction.kinds import MEETINGS, MOVES
from wirewatch.extraction.referee.mention import Mention
from wirewatch.model import EventType, Status

_DEEDS: frozenset[EventType] = frozenset({"attack", "abduction"})
_FOILED = wordset("foiled foil foils foiling thwarted thwart thwarts thwarting averted")
_SCHEME = wordset("plan plans plot plots attempt bid conspiracy")
_SWEAR = wordset(
    "vowed vow vows vowing swore sworn pledged pledge pledges threatened threatens threatening "
    "plot plots plotted plotting conspired conspiring conspiracy"
)
_PLANNING = wordset("planning planned")
_PAST = ("ed", "ing", "s")
_LAW = wordset(
    "suspicion suspected accused charged convicted arrested detained guilty sentenced jailed tried"
)
_BREAKS = wordset(", ; : but after who which while when before and")
_REACH = 8
_PLANNED = wordset("planned planning plotted plotting")
_PLANNABLE = wordset(
    "attack attacks bombing bombings massacre massacres assassination assassinations shooting "
    "shootings assault assaults stabbing stabbings killing killings"
)
_DONE = wordset("killed killing wounded wounding injured injuring dead died left struck")
_DEFINITE = wordset("this that these those his her its their")
_DATED = wordset(
    "'s january february march april june july august september october november december jan. "
    "feb. aug. sept. oct. nov. dec. oct nov dec sunday monday tuesday wednesday thursday friday "
    "saturday"
)
_MANNER = ("ly", "-", "–", "well", "pre")
_RELATIVE = wordset("who which that")
_CLAUSES = wordset("; : but after which while when before had")
_FEAR = wordset("fear fears feared fearing afraid worried")
_RESULT = wordset("would will may might could")
_WENT_OFF = wordset("gone exploded detonated succeeded")
_HAD = frozenset({("had", "it"), ("had", "they"), ("it", "had"), ("they", "had")})
_LATER: frozenset[EventType] = MOVES | MEETINGS | {"sanctions"}
_PROMISE = wordset(
    "said says told announced confirmed pledged promised agreed declared added reported insisted"
)
_NOT = wordset("no not n't never denied")
_BETWEEN = wordset("also soon now then be")
_IFS = wordset("if unless only should whether could analysts experts observers")


def settled(words: tuple[str, ...], mention: Mention, first: int, last: int) -> Status | None:
    """The status of what has not come to pass; None: the words do not settle it."""
    token = mention.token
    near = words[max(first, token - _REACH) : token]
    if near[-1:] == ("and",) and not words[token].endswith(_PAST):
        near = near[:-1]  # "vowed to find the writer and kill her"
    schemed = _schemed(near, words[first:token]) or _feared(near) or near[-1:] == ("future",)
    if mention.type in _DEEDS and schemed:
        return "proposed"
    if mention.type == "attack" and (plan := _planned(words, mention, first, last)):
        return plan
    if _had_it_gone_off(words[first:last]):
        return "proposed"
    if mention.type in _LATER and _promised(words, token, first, last):
        return "announced"
    return None


def _schemed(near: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """As in "foiled a plan to bomb", "vowed to carry out attacks", "suspected of planning to"."""
    for i, (word, following) in enumerate(pairwise((*near, ""))):
        if not _BREAKS.isdisjoint(near[i:]):
            continue
        if word in _FOILED and not _SCHEME.isdisjoint(near[i:]):
            return True
        if following == "to" and word in _SWEAR:
            return True
        if following == "to" and word in _PLANNING and not _LAW.isdisjoint(before):
            return True
    return False


def _planned(words: tuple[str, ...], mention: Mention, first: int, last: int) -> Status | None:
    """An attack that was only planned: "planned a knife attack", "over a planned attack".

    One with a day of its own was carried out: "planned Sunday's attack on the base"; so was one
    that was planned well.
    """
    if words[mention.end - 1] not in _PLANNABLE:
        return None
    for i in range(mention.token - 1, max(first, mention.token - _REACH) - 1, -1):
        if words[i] in _CLAUSES:
            return None
        if words[i] in _PLANNED:
            between, before = words[i + 1 : mention.end], words[max(first, i - 1) : i]
            if before and before[0].endswith(_MANNER):
                return "happened"
            if any(word in _DATED or word.isdigit() for word in between):
                return "happened"
            rest = {*words[first:i], *between, *words[mention.end : last]}
            open_ = rest.isdisjoint(_DONE | _DEFINITE) and _RELATIVE.isdisjoint(before)
            return "proposed" if open_ else None
    return None


def _feared(near: tuple[str, ...]) -> bool:
    """As in "fear that the engineers have been kidnapped"; not who fears and then attacks."""
    return any(
        word in _FEAR
        and that == "that"
        and "who" not in near[:i]
        and _BREAKS.isdisjoint(near[i:])
        and _RESULT.isdisjoint(near[i:])
        for i, (word, that) in enumerate(pairwise(near))
    )


def _had_it_gone_off(sentence: tuple[str, ...]) -> bool:
    """A bomb that "would have killed hundreds had it gone off" did not."""
    if "have" not in sentence or _RESULT.isdisjoint(sentence):
        return False
    return any(
        pair in _HAD and not _WENT_OFF.isdisjoint(sentence[i + 2 : i + 4])
        for i, pair in enumerate(pairwise(sentence))
    )


def _promised(words: tuple[str, ...], token: int, first: int, last: int) -> bool:
    """The reported future: "told Reuters that it would send 300 troops", without an "if"."""
    at = token - 2 if words[token - 1] in _BETWEEN else token - 1
    if at < first or words[at] != "would" or not _IFS.isdisjoint(words[first:last]):
        return False
    promise = words[max(first, at - _REACH) : at]
    return not _PROMISE.isdisjoint(promise) and _NOT.isdisjoint(promise)
