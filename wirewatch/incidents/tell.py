"""Tells an incident from the events behind it: the same events in any order tell the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar, get_args

from wirewatch.incidents.case import Heard
from wirewatch.incidents.copies import groups
from wirewatch.incidents.ledger import toll
from wirewatch.incidents.statement import authority, counts
from wirewatch.model import (
    Actor,
    AlertEvidence,
    ArticleRef,
    ClaimKind,
    DateSpan,
    Event,
    Incident,
    Place,
    Report,
    Status,
    Toll,
    TollClaim,
)  # fmt: skip
from wirewatch.safety import one_line

Word = TypeVar("Word", bound=str)

MOST_EVIDENCE = 8
MOST_ACTORS = 8
_PLACE_RANK = {None: 0, "country": 1, "region": 2, "city": 3, "address": 4}
_DATE_RANK = {"year": 0, "month": 1, "week": 2, "day": 3}


def tell(case: str, heard: Sequence[Heard]) -> Incident:
    """The incident of these events (at least one), as revision 1 with nothing changed."""
    ranked = sorted(heard, key=lambda one: (_when(one), one.event.id))
    standing = [one for one in ranked if not one.event.retracted]
    current = [one for one in standing if one.event.when == "current"]
    basis = current or standing or ranked
    events = [one.event for one in basis]
    sources = groups(_articles(standing))
    tolls = _tolls(ranked, sources, bool(current))
    return Incident(
        id=case,
        revision=1,
        type=_most([event.type for event in events]),
        status=_status(basis),
        when="current" if current else "background",
        headline=one_line(events[0].article.title, 200),
        first_seen=min(one.seen for one in heard),
        last_seen=max(one.seen for one in heard),
        place=_refined(_place(events), [one.event for one in ranked]),
        date=_date(events),
        actors=_actors([event.actors for event in events]),
        targets=_actors([event.targets for event in events]),
        confirmed=_confirmed(events),
        attribution=max(
            (event.attribution for event in events if event.attribution),
            key=lambda said: (authority(said)[0], said.source),
            default=None,
        ),
        tolls=tolls,
        reports=_reports(standing, sources),
        publishers=len({sources[one.event.article.id] for one in current}),
        evidence=_evidence(events, tolls),
        closed=not standing,
    )


def _when(one: Heard) -> datetime:
    return one.event.article.published or one.seen


def _articles(heard: Sequence[Heard]) -> list[ArticleRef]:
    newest = {}
    for one in sorted(heard, key=lambda one: (one.event.article.revision, one.event.id)):
        newest[one.event.article.id] = one.event.article
    return list(newest.values())


def _most(words: Sequence[Word]) -> Word:
    counted = Counter(words)
    return max(counted, key=lambda word: (counted[word], word))


def _status(heard: Sequence[Heard]) -> Status:
    """A denial prevails when half of the publishers now lead with it; else the firmest told.

    What one report tells as done or under way is not undone by another that tells of the plan.
    """
    told = [one.event.status for one in heard]
    last = [_lead(heard, publisher).status for publisher in _publishers(heard)]
    if last.count("denied") * 2 >= len(last):
        return "denied"
    for ranks in (("happened", "ongoing"), ("announced",), ("proposed",)):
        if found := [status for status in told if status in ranks]:
            return found[-1]
    return told[-1]


def _publishers(heard: Sequence[Heard]) -> set[str]:
    return {one.event.article.publisher for one in heard}


def _lead(heard: Sequence[Heard], publisher: str) -> Event:
    """What a publisher's latest article tells first of the incident."""
    own = [one.event for one in heard if one.event.article.publisher == publisher]
    article = own[-1].article.id
    told = [event for event in own if event.article.id == article]
    return min(told, key=lambda event: (event.evidence.start, event.id))


def _place(events: Sequence[Event]) -> Place | None:
    places = [event.place for event in events if event.place]
    votes = Counter((place.geonameid, place.name or place.text) for place in places)
    return max(
        places,
        key=lambda place: (
            _PLACE_RANK[place.precision],
            votes[place.geonameid, place.name or place.text],
            place.geonameid is not None,
            place.name or place.text,
            place.text,
        ),
        default=None,
    )


def _refined(place: Place | None, told: Sequence[Event]) -> Place | None:
    """The finer place in the same country that any report told, where ``place`` is wide."""
    if place is None or _PLACE_RANK[place.precision] > _PLACE_RANK["region"]:
        return place
    return _place([one for one in told if one.place and one.place.country == place.country])


def _date(events: Sequence[Event]) -> DateSpan | None:
    dates = [event.date for event in events if event.date]
    votes = Counter((span.start, span.end) for span in dates)
    return max(
        dates,
        key=lambda span: (
            _DATE_RANK[span.precision], votes[span.start, span.end], span.start, span.text,
        ),
        default=None,
    )  # fmt: skip


def _actors(named: Sequence[tuple[Actor, ...]]) -> tuple[Actor, ...]:
    counted: Counter[tuple[str | None, str | None, str | None]] = Counter()
    first: dict[tuple[str | None, str | None, str | None], Actor] = {}
    for actor in (actor for actors in named for actor in actors):
        known = bool(actor.name or (actor.country and actor.role))
        key = (actor.name, actor.country, actor.role) if known else (actor.text.casefold(), "", "")
        counted[key] += 1
        first[key] = min(
            first.get(key, actor), actor, key=lambda actor: (len(actor.text), actor.text)
        )
    ranked = sorted(first, key=lambda key: (-counted[key], str(key)))
    return tuple(first[key] for key in ranked[:MOST_ACTORS])


def _confirmed(events: Sequence[Event]) -> bool | None:
    words = {event.confirmed for event in events}
    return True if True in words else (False if False in words else None)


def _tolls(heard: Sequence[Heard], sources: dict[str, str], current: bool) -> dict[str, Toll]:
    """A toll for each kind; background mentions count only where nothing current does."""
    found: dict[ClaimKind, list[TollClaim]] = {}
    for one in heard:
        for kept in _kept(one, sources):
            found.setdefault(kept.claim.kind, []).append(kept)
    fresh = {one.event.id for one in heard if one.event.when == "current"}
    tolls = {}
    for kind in get_args(ClaimKind):
        claims = found.get(kind, [])
        backed = current and any(kept.event in fresh and counts(kept) for kept in claims)
        aside = {kept.event for kept in claims if backed and kept.event not in fresh}
        if claims:
            tolls[kind] = toll(claims, sources, aside)
    return tolls


def _kept(one: Heard, sources: dict[str, str]) -> Iterator[TollClaim]:
    """The event's claims, and as retracted ones those that former revisions of it made."""
    seen = set()
    for event in (one.event, *reversed(one.former)):
        article = event.article
        for claim in event.claims:
            if claim.id in seen:
                continue
            seen.add(claim.id)
            yield TollClaim(
                claim=claim,
                event=event.id,
                article=article.id,
                revision=article.revision,
                publisher=article.publisher,
                url=article.url,
                published=article.published or one.seen,
                attribution=claim.attribution or event.attribution,
                independent=sources.get(article.id) == article.id,
                retracted=one.event.retracted or event is not one.event,
            )


def _reports(heard: Sequence[Heard], sources: dict[str, str]) -> tuple[Report, ...]:
    events: dict[str, list[str]] = {}
    for one in heard:
        events.setdefault(one.event.article.id, []).append(one.event.id)
    return tuple(
        Report(
            article=article.id,
            revision=article.revision,
            publisher=article.publisher,
            url=article.url,
            title=article.title,
            published=article.published,
            independent=sources[article.id] == article.id,
            fetched_at=article.fetched_at,
            signature=article.signature,
            agency=article.agency,
            owner=article.owner,
            events=tuple(sorted(events[article.id])),
        )
        for article in sorted(_articles(heard), key=lambda article: list(events).index(article.id))
    )


def _evidence(events: Sequence[Event], tolls: dict[str, Toll]) -> tuple[AlertEvidence, ...]:
    """The newest quotations that give the tolls' figures, then those that state the event."""
    quotes = {}
    for toll_ in tolls.values():
        backing = [kept for kept in toll_.claims if not kept.retracted]
        for kept in sorted(backing, key=lambda kept: _backs(kept, toll_), reverse=True)[:2]:
            quote = kept.claim.evidence
            quotes[kept.article, quote.start] = AlertEvidence(
                quote=quote.quote, publisher=kept.publisher, url=kept.url, start=quote.start,
                end=quote.end, article=kept.article,
            )  # fmt: skip
    for event in events:
        quotes.setdefault((event.article.id, event.evidence.start), _quote(event))
    return tuple(list(quotes.values())[:MOST_EVIDENCE])


def _backs(kept: TollClaim, toll_: Toll) -> tuple[bool, bool, datetime | None]:
    return (kept.claim.value == toll_.best, kept.claim.low == toll_.low, kept.published)


def _quote(event: Event) -> AlertEvidence:
    quote, article = event.evidence, event.article
    return AlertEvidence(
        quote=quote.quote, publisher=article.publisher, url=article.url, start=quote.start,
        end=quote.end, article=article.id,
    )  # fmt: skip
