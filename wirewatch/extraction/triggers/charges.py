"""Names of crimes that say what somebody is charged with: "two counts of attempted murder".

They tell no deed beside the one that the charge is about. Where nothing else in the article tells
it, they stand for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.kinds import DEADLY
from wirewatch.extraction.triggers.match import Candidate

_CRIMES = wordset("murder murders homicide homicides manslaughter assault assaults")
_DEGREES = wordset(
    "attempted aggravated capital first second third degree reckless felony involuntary voluntary "
    "negligent simple felonious vehicular conspiracy intentional criminal two three four five six "
    "seven eight nine - –"
)
_LEADS = wordset("with of for on to and or , including as faces facing")
_CHARGED = wordset(
    "charged charge charges charging count counts indicted indictment convicted guilty sentenced "
    "booked arraigned faces facing wanted warrant warrants stand tried accused"
)
_NAMED = wordset(
    "charge charges count counts warrant warrants indictment trial trials case cases suspect "
    "suspects conviction convictions defendant defendants"
)
_REACH = 14
Judged = Sequence[tuple[Candidate, float]]


def without_charges(doc: Doc, chosen: Judged) -> Judged:
    """The triggers, without charges where another word tells a deed that they may be about."""
    charges = {c for c, _ in chosen if is_charge(doc, c)}
    if not any(c.type in DEADLY and c not in charges for c, _ in chosen):
        return chosen
    return [(c, p) for c, p in chosen if c not in charges]


def is_charge(doc: Doc, candidate: Candidate) -> bool:
    """Whether a crime is named as a charge; "the murder of …" tells a deed, charged or not."""
    seen = context(doc)
    first, last = seen.span(candidate.start)
    if candidate.type != "attack" or seen.words[candidate.end - 1] not in _CRIMES:
        return False
    after = seen.words[candidate.end : min(last, candidate.end + 1)]
    if not _NAMED.isdisjoint(after):
        return True
    at = candidate.start - 1
    while at >= first and seen.words[at] in _DEGREES:
        at -= 1
    if after == ("of",) or at < first or seen.words[at] not in _LEADS:
        return False
    return not _CHARGED.isdisjoint(seen.words[max(first, at - _REACH) : at + 1])
