"""What one article says of one kind of toll, and who stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from wirewatch.model import Attribution, Claim, TollClaim

OFFICIAL, UNATTRIBUTED, UNSURE = 2, 1, 0
_OFFICIAL = re.compile(
    r"\b(?:hospitals?|doctors?|medics?|paramedics?|coroners?|morgue|health|police|sheriff|ministry"
    r"|minister|officials?|spokes\w+|government|governor|authorit\w+|army|military|coast ?guard"
    r"|navy|fire (?:department|service|chief|brigade)|firefighters?|rescue\w*|civil defen[cs]e"
    r"|emergency|red (?:cross|crescent)|united nations|u\.?n\.?|unhcr|ocha|agency|prosecutors?"
    r"|mayor|president|prime minister|chief|command\w*|general|pentagon|white house)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:social media|twitter|tweets?|facebook|telegram|youtube|x|videos?|posts?|online"
    r"|unverified|unconfirmed|rumou?rs?|activists?|witness\w*|residents?|locals?|bloggers?"
    r"|claim\w*)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\bothers\b", re.IGNORECASE)
_NEXT_TO = 8
"""Characters between two figures of one enumeration ("two policemen and a civilian")."""
_TOUCHING = 40


class Statement(NamedTuple):
    """A figure of the whole as one article gives it; ``group`` is its independent source."""

    low: int
    high: int | None
    value: int | None
    vague: bool
    authority: int
    source: str
    publisher: str
    group: str
    time: datetime
    order: str

    @property
    def figure(self) -> int:
        """The number that compares with others'."""
        return self.value if self.value is not None else self.low


def authority(attribution: Attribution | None) -> tuple[int, str]:
    """How near the source is to the facts (2 official, 1 not named, 0 unsure), and its name."""
    if attribution is None or not attribution.source.strip():
        return UNATTRIBUTED, ""
    source = attribution.source
    if _UNSURE.search(source) and not _OFFICIAL.search(source):
        return UNSURE, _key(source)
    named = _OFFICIAL.search(source)
    return (OFFICIAL, _key(named.group())) if named else (UNATTRIBUTED, _key(source))


def _key(source: str) -> str:
    word = source.casefold().strip()
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def whole(claims: Iterable[TollClaim]) -> list[TollClaim]:
    """The claims that say how many in all: asserted, standing, no part, not replaced."""
    standing = [kept for kept in claims if counts(kept)]
    replaced = {
        (kept.event, kept.claim.replaces) for kept in standing if kept.claim.replaces is not None
    }
    return [
        kept
        for kept in standing
        if not kept.claim.subset and (kept.event, kept.claim.value) not in replaced
    ]


def counts(kept: TollClaim) -> bool:
    """Whether the ledger reads the claim at all: not retracted, denied or supposed."""
    return not kept.retracted and kept.claim.status == "asserted"


def enumerations(claims: Sequence[TollClaim]) -> list[list[TollClaim]]:
    """Claims of one event grouped so that each group is one enumeration to be added up.

    "Killed two policemen and a civilian" gives two claims of one sentence and different people.
    """
    ranked = sorted(claims, key=lambda kept: (kept.claim.evidence.start, kept.claim.id))
    groups: list[list[TollClaim]] = []
    for kept in ranked:
        if groups and _goes_on(groups[-1], kept):
            groups[-1].append(kept)
        else:
            groups.append([kept])
    return groups


def _goes_on(group: Sequence[TollClaim], kept: TollClaim) -> bool:
    last, claim = group[-1].claim, kept.claim
    people = {_who(other.claim) for other in group}
    near = claim.evidence.start - last.evidence.end <= _NEXT_TO
    short = claim.evidence.end - last.evidence.start <= _TOUCHING * (len(group) + 1)
    named = _who(claim) and _who(last)
    return near and short and bool(named) and _who(claim) not in people


def _who(claim: Claim) -> str:
    """The people counted; "others" tell by themselves that they are different ones."""
    others = _OTHERS.search(claim.evidence.quote)
    return (claim.who or (others.group() if others else "")).casefold()


def statement(group: Sequence[TollClaim], sources: dict[str, str], time: datetime) -> Statement:
    """One enumeration as a statement; ``sources`` gives the independent source of an article."""
    claims = [kept.claim for kept in group]
    first = group[0]
    values = [claim.value for claim in claims]
    highs = [claim.high for claim in claims]
    level, source = authority(first.attribution)
    return Statement(
        low=sum(_low(claim) for claim in claims),
        high=None if None in highs else sum(high for high in highs if high is not None),
        value=None if None in values else sum(value for value in values if value is not None),
        vague=any(claim.modifier == "vague" for claim in claims),
        authority=level,
        source=source,
        publisher=first.publisher,
        group=sources.get(first.article, first.article),
        time=time,
        order=first.claim.id,
    )


def _low(claim: Claim) -> int:
    """The bound an alert may rely on; the words "up to 40" give none, so 0."""
    if claim.low is not None:
        return claim.low
    return 0 if claim.value is None or claim.modifier == "at_most" else claim.value
