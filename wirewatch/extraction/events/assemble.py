"""Groups of mentions to events: the records that leave the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted, published
from wirewatch.extraction.attribution.confirmed import confirmed
from wirewatch.extraction.attribution.source import attribution
from wirewatch.extraction.context import context
from wirewatch.extraction.events.frame import MOST_ACTORS
from wirewatch.extraction.events.kinds import PLOVER
from wirewatch.extraction.events.mentions import Mention
from wirewatch.extraction.events.merge import is_current
from wirewatch.extraction.events.places import place_of
from wirewatch.identity import stable_id
from wirewatch.model import (
    Actor, ArticleRef, Claim, DateSpan, Event, Evidence, Place, Status, When,
)  # fmt: skip

TEXT_KEY = "wirewatch.text"
"""``doc.user_data`` key of the article's own text, where the Doc's has markup blanked out."""
_HARM = frozenset({"killed", "injured"})


def events_of(doc: Doc, groups: Sequence[list[Mention]], least: float) -> tuple[Event, ...]:
    """One event a group, with claims of at least ``least`` confidence; ids hold across edits."""
    reference: ArticleRef = doc._.article or _nameless(published(doc))
    seen: Counter[tuple[object, ...]] = Counter()
    found = []
    for group in groups:
        place = place_of(doc, group)
        when: When = "current" if is_current(group[0]) else "background"
        what = (reference.id, group[0].type, when, _place_key(place))
        event_id = stable_id(*what, seen[what])
        seen[what] += 1
        found.append(_event(doc, group, reference, place, when, event_id, least))
    return tuple(found)


def _nameless(date: datetime | None) -> ArticleRef:
    return ArticleRef(id="", revision=1, url=None, publisher="", title="", published=date)


def _place_key(place: Place | None) -> object:
    if place is None:
        return None
    return place.geonameid or place.name or place.country or place.text


def _event(
    doc: Doc, group: list[Mention], reference: ArticleRef, place: Place | None, when: When,
    event_id: str, least: float,
) -> Event:  # fmt: skip
    lead = _teller(group)
    claims = _claims(doc, group, event_id, least)
    return Event(
        id=event_id,
        article=reference,
        type=lead.type,
        plover=PLOVER.get(lead.type),
        when=when,
        status=_status(group, claims),
        place=place,
        date=_date(group),
        actors=_parties(group, "actors"),
        targets=_parties(group, "targets"),
        claims=claims,
        attribution=attribution(doc, lead.token),
        confirmed=confirmed(doc, lead.token),
        evidence=_evidence(doc, lead.start, lead.end),
        confidence=round(max(m.confidence for m in group), 4),
    )


def _teller(group: list[Mention]) -> Mention:
    """The mention quoted for the event: a sure trigger with a place or date, else the first."""
    triggers = [m for m in group if m.claim is None] or group
    return max(
        triggers,
        key=lambda m: (m.confidence + 0.1 * bool(m.place) + 0.1 * bool(m.date), -m.token),
    )


def _status(group: list[Mention], claims: tuple[Claim, ...]) -> Status:
    """What the surest trigger says; people asserted dead or hurt make it a fact."""
    told = [m for m in group if m.claim is None] or group
    status = max(told, key=lambda m: (m.confidence, -m.token)).status
    fact = any(c.kind in _HARM and c.status == "asserted" and c.low != 0 for c in claims)
    return status if not fact or status in {"happened", "ongoing"} else "happened"


def _date(group: list[Mention]) -> DateSpan | None:
    spans = [m.date.span for m in group if m.date and m.date.span]
    rank = {"day": 0, "week": 1, "month": 2, "year": 3}
    return min(spans, key=lambda s: rank[s.precision], default=None)


def _parties(group: list[Mention], side: str) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for mention in group:
        for actor in getattr(mention, side):
            found.setdefault((actor.name or actor.text).casefold(), actor)
    return tuple(found.values())[:MOST_ACTORS]


def _claims(doc: Doc, group: list[Mention], event_id: str, least: float) -> tuple[Claim, ...]:
    """Each figure once: said twice it is one claim, the first that is sure enough."""
    found: dict[tuple[object, ...], Claim] = {}
    for mention in group:
        counted = mention.claim
        if counted is None or counted.confidence < least:
            continue
        claim = _claim(doc, counted, event_id)
        found.setdefault((claim.kind, claim.value, claim.low, claim.high, claim.subset), claim)
    return tuple(found.values())


def _claim(doc: Doc, counted: Counted, event_id: str) -> Claim:
    figure = counted.figure
    number = (figure.value, figure.low, figure.high, figure.modifier, figure.vague)
    return Claim(
        id=stable_id(event_id, counted.kind, *number, counted.subset),
        kind=counted.kind,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        modifier=figure.modifier,
        vague=figure.vague,
        fraction=figure.fraction,
        base=figure.base,
        explicit=figure.explicit,
        subset=counted.subset,
        status=counted.status,
        who=counted.who,
        replaces=counted.replaces,
        attribution=attribution(doc, counted.anchor or figure.start),
        evidence=_evidence(doc, counted.start, counted.end),
        confidence=round(counted.confidence, 4),
    )


def _evidence(doc: Doc, start: int, end: int) -> Evidence:
    """The quotation of tokens [start, end), offsets in the article's full text."""
    first, last = context(doc).span(start)
    span = doc[max(first, start) : max(start + 1, min(last, end))]
    low, high = span.start_char, span.end_char
    text: str = doc.user_data.get(TEXT_KEY) or doc.text
    while high > low and text[high - 1].isspace():
        high -= 1
    while low < high and text[low].isspace():
        low += 1
    return Evidence(start=low, end=high, quote=text[low:high])
