"""What a denial denies: the deed itself, its report, or only a share in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from wirewatch.extraction.context import wordset
from wirewatch.extraction.kinds import MEETINGS, MOVES
from wirewatch.extraction.referee.mention import Mention
from wirewatch.model import Status

_DENY = wordset(
    "denied denies deny denying rejected rejects rejecting dismissed dismisses dismissing refuted "
    "refutes ruled disclaimed disavowed"
)
DEED = wordset(
    "attack attacks assault assaults bombing bombings blast blasts explosion explosions shooting "
    "shootings stabbing stabbings raid raids ambush killing killings murder murders massacre "
    "strike strikes airstrike airstrikes shelling kidnapping kidnappings abduction abductions "
    "arrest arrests crash coup clash clashes violence"
)
_KNOWN = wordset("the this that these those its their his her 's ' two three both")
_NEAR = 3
_RELATIVE = wordset("that which where")
_RELATED = 6
_SHARE = wordset(
    "involvement involved responsibility responsible role part hand link links connection ties "
    "complicity behind guilt blame knowledge"
)
_TOOK_PLACE = frozenset({("took", "place"), ("taken", "place"), ("ever", "happened")})
_REPORT = wordset(
    "report reports claim claims allegation allegations rumour rumours rumor rumors suggestion "
    "suggestions accusation accusations assertion assertions"
)
_REPORTED = wordset("of that about")
_REFUTED = wordset(
    "false untrue baseless unfounded groundless fabricated fake hoax incorrect malicious"
)
_REFUTE = _REFUTED | wordset(
    "rejected rejects rejecting dismissed dismisses dismissing denied denies denying refuted "
    "refutes truth no"
)
_BREAKS = wordset(", ; : but after while when because")
_REFUTE_REACH, _REPORT_REACH, _AFTER = 5, 10, 12
_BE = wordset("is are was were be as")
_OUT_REACH = 9
_DESCRIBING = wordset(
    "suspended abandoned halted collapsed stalled cancelled canceled postponed false rejected"
)
_ARTICLES = wordset("a an the his her its their this that")
_NO_NOUN = _ARTICLES | wordset("by in on at after over from talks plans , .")
_OPEN = wordset("not n't never refused refuses refusing declined declines neither")


def settled(words: tuple[str, ...], mention: Mention, first: int, last: int) -> Status | None:
    """The status where somebody denies something before the mention; None: nobody does."""
    token = mention.token
    if words[token] in DEED and _taken_for_granted(words, token, first, last):
        return "happened"
    if _not_ruled_out(words, token, first):
        return "proposed"
    return "denied" if _false_report(words, mention, first, last) else None


def known(words: tuple[str, ...], token: int, first: int) -> bool:
    """Whether the deed is one that the reader knows of: "Monday's attack", "the blast"."""
    return words[token] in DEED and not _KNOWN.isdisjoint(words[max(first, token - _NEAR) : token])


def _taken_for_granted(words: tuple[str, ...], token: int, first: int, last: int) -> bool:
    """As in "denied any involvement in Monday's attack" or "denied that its attack killed five"."""
    if not _TOOK_PLACE.isdisjoint(pairwise(words[token:last])):
        return False
    before = words[first:token]
    denial = max((i for i, word in enumerate(before) if word in _DENY), default=None)
    if denial is None:
        return False
    return known(words, token, first + denial + 1) or not _SHARE.isdisjoint(before[denial:])


def beyond_denial(words: Sequence[str]) -> bool:
    """Whether the words after a denial lead on to a known deed: "... the bombing that killed"."""
    return any(
        word in DEED
        and not _KNOWN.isdisjoint(words[max(0, i - _NEAR) : i])
        and not _RELATIVE.isdisjoint(words[i + 1 : i + _RELATED])
        for i, word in enumerate(words)
    )


def _not_ruled_out(words: tuple[str, ...], token: int, first: int) -> bool:
    """What is "not ruled out", or what somebody "refused to rule out", may come."""
    before = words[max(first, token - _OUT_REACH) : token]
    for i, (rule, out) in enumerate(pairwise(before)):
        if rule in {"rule", "ruled", "ruling"} and out == "out" and _BREAKS.isdisjoint(before[i:]):
            at = token - len(before) + i
            return not _OPEN.isdisjoint(words[max(first, at - _NEAR) : at])
    return False


def _false_report(words: tuple[str, ...], mention: Mention, first: int, last: int) -> bool:
    """A report that somebody refutes: "dismissed as baseless reports of", "claims … were false"."""
    start = max(first, mention.token - _REPORT_REACH)
    for i in range(mention.token - 2, start - 1, -1):
        if words[i] in _REPORT and words[i + 1] in _REPORTED:
            if not _BREAKS.isdisjoint(words[i : mention.token]):
                return False
            refuted = not _REFUTE.isdisjoint(words[max(first, i - _REFUTE_REACH) : i])
            return refuted or _called_false(words[mention.end : min(last, mention.end + _AFTER)])
    return False


def _called_false(after: tuple[str, ...]) -> bool:
    return any(
        be in _BE and not _REFUTED.isdisjoint(after[i + 1 : i + 1 + _NEAR])
        for i, be in enumerate(after)
    )


def denying(
    words: tuple[str, ...], negations: tuple[int, ...], mention: Mention, first: int
) -> tuple[int, ...]:
    """Words of negation; not what only describes: "a suspended officer was arrested"."""
    if mention.type in MEETINGS | MOVES | {"sanctions"}:
        return negations
    return tuple(i for i in negations if i < first or not _describes(words, i, first))


def _describes(words: tuple[str, ...], i: int, first: int) -> bool:
    """Whether the word stands before what it describes, as in "the collapsed bridge"."""
    opens = i == first or words[i - 1].isspace() or words[i - 1] in _ARTICLES
    return words[i] in _DESCRIBING and opens and _NO_NOUN.isdisjoint(words[i + 1 : i + 2])
