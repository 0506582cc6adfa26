"""Groups of mentions to events: the records that leave the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import msgspec
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted, published
from wirewatch.extraction.attribution.confirmed import confirmed
from wirewatch.extraction.attribution.source import attribution
from wirewatch.extraction.context import context
from wirewatch.extraction.events.frame import MOST_ACTORS
from wirewatch.extraction.events.mentions import Mention
from wirewatch.extraction.events.merge import is_current
from wirewatch.extraction.events.places import place_of
from wirewatch.extraction.kinds import MEETINGS, PLOVER
from wirewatch.extraction.words import words
from wirewatch.identity import stable_id
from wirewatch.model import (
    Actor,
    ArticleRef,
    Claim,
    DateSpan,
    Event,
    Evidence,
    Place,
    Status,
)  # fmt: skip

TEXT_KEY = "wirewatch.text"
"""``doc.user_data`` key of the article's own text, where the Doc's has markup blanked out."""
_HARM = frozenset({"killed", "injured"})
_NEWS_DAYS = 31
"""What lies further back is no news, whatever its words sound like (the labels allow a week)."""
_OUTBREAK_DAYS = 366
"""A disease that broke out months ago goes on killing."""


def events_of(doc: Doc, groups: Sequence[list[Mention]], least: float) -> tuple[Event, ...]:
    """One event a group, with claims of at least ``least`` confidence.

    Ids are made of the article's id, type, when, place, and a number among those alike: an edit of
    the toll leaves them as they were.
    """
    reference: ArticleRef = doc._.article or _nameless(published(doc))
    seen: Counter[tuple[object, ...]] = Counter()
    found = []
    for group in groups:
        event = _event(doc, group, reference)
        what = (reference.id, event.type, event.when, _place_key(event.place))
        event_id = stable_id(*what, seen[what])
        seen[what] += 1
        found.append(_named(event, event_id, least))
    return tuple(found)


def _named(event: Event, event_id: str, least: float) -> Event:
    claims = [c for c in event.claims if c.confidence >= least]
    named = tuple(msgspec.structs.replace(c, id=stable_id(event_id, c.id)) for c in claims)
    return msgspec.structs.replace(event, id=event_id, claims=named)


def _nameless(date: datetime | None) -> ArticleRef:
    return ArticleRef(id="", revision=1, url=None, publisher="", title="", published=date)


def _place_key(place: Place | None) -> object:
    if place is None:
        return None
    return place.geonameid or place.name or place.country or place.text


def _event(doc: Doc, group: list[Mention], reference: ArticleRef) -> Event:
    lead = _teller(group)
    claims = _claims(doc, group)
    return Event(
        id="",
        article=reference,
        type=lead.type,
        plover=PLOVER.get(lead.type),
        when="current" if is_current(group[0]) and not _long_past(doc, group) else "background",
        status=_status(lead, claims),
        place=place_of(doc, group, lead),
        date=_date(group),
        actors=_parties(group, "actors"),
        targets=_parties(group, "targets"),
        claims=claims,
        attribution=attribution(doc, lead.token),
        confirmed=confirmed(doc, lead.token),
        evidence=_evidence(doc, lead.start, lead.end),
        confidence=round(max(m.confidence for m in group), 4),
    )


def _long_past(doc: Doc, group: list[Mention]) -> bool:
    """Whether every date that the mentions give lies long before publication."""
    day = published(doc)
    spans = [m.date.span for m in group if m.date and m.date.span]
    if day is None or not spans:
        return False
    days = _OUTBREAK_DAYS if group[0].type == "outbreak" else _NEWS_DAYS
    oldest = (day - timedelta(days=days)).date().isoformat()
    return all(span.end < oldest for span in spans)


def _teller(group: list[Mention]) -> Mention:
    """The mention quoted for the event: a sure trigger with a place or date, else the first."""
    triggers = [m for m in group if m.claim is None] or group
    return max(
        triggers,
        key=lambda m: (m.confidence + 0.1 * bool(m.place) + 0.1 * bool(m.date), -m.token),
    )


def _status(lead: Mention, claims: tuple[Claim, ...]) -> Status:
    """What the quoted mention says; people asserted dead or hurt make it a fact."""
    fact = any(c.kind in _HARM and c.status == "asserted" and c.low != 0 for c in claims)
    return lead.status if not fact or lead.status in {"happened", "ongoing"} else "happened"


def _date(group: list[Mention]) -> DateSpan | None:
    spans = [m.date.span for m in group if m.date and m.date.span]
    rank = {"day": 0, "week": 1, "month": 2, "year": 3}
    return min(spans, key=lambda s: rank[s.precision], default=None)


def _parties(group: list[Mention], side: str) -> tuple[Actor, ...]:
    """Everybody on the side on which the first mention of the deed puts them."""
    found: dict[str, tuple[str, Actor]] = {}
    for mention in group:
        for other in ("actors", "targets"):
            for actor in getattr(mention, other):
                found.setdefault((actor.name or actor.text).casefold(), (other, actor))
    mine = [actor for other, actor in found.values() if other == side]
    actors = _at_the_table(mine) if group[0].type in MEETINGS else mine
    return tuple(actors)[:MOST_ACTORS]


def _at_the_table(actors: Collection[Actor]) -> Collection[Actor]:
    """Each country or body once; "two ministers" are theirs where two of them are known."""
    known: dict[str, Actor] = {}
    for actor in actors:
        if who := actor.name or actor.country:
            known.setdefault(who.casefold(), actor)
    return known.values() if len(known) > 1 else actors


def _claims(doc: Doc, group: list[Mention]) -> tuple[Claim, ...]:
    """Each figure once: said twice it is one claim, as first said."""
    found: dict[tuple[object, ...], Claim] = {}
    for mention in group:
        counted = mention.claim
        if counted is None:
            continue
        claim = _claim(doc, counted)
        found.setdefault((claim.kind, claim.value, claim.low, claim.high, claim.subset), claim)
    return tuple(found.values())


def _claim(doc: Doc, counted: Counted) -> Claim:
    figure = counted.figure
    number = (figure.value, figure.low, figure.high, figure.modifier, figure.vague)
    return Claim(
        id=stable_id(counted.kind, *number, counted.subset),
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
    text: str = doc.user_data.get(TEXT_KEY) or words(doc).whole
    while high > low and text[high - 1].isspace():
        high -= 1
    while low < high and text[low].isspace():
        low += 1
    return Evidence(start=low, end=high, quote=text[low:high])
