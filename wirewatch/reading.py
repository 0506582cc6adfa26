"""``wirewatch.read``: an article's events, for notebooks and scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, overload

from spacy.language import Language

from wirewatch import extraction
from wirewatch.extraction.explain import Unclaimed, explain
from wirewatch.identity import stable_id
from wirewatch.model import Article, Claim, Event
from wirewatch.show.html import article_html, fragment

COLUMNS = (
    "type", "when", "status", "place", "country", "lat", "lon", "date", "actors", "targets",
    "confirmed", "source", "kind", "value", "low", "high", "modifier", "subset", "quote",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading(Sequence[Event]):
    """The events of one article, in text order; a notebook shows them beside the article."""

    article: Article
    events: tuple[Event, ...]
    notes: tuple[str, ...] = ()
    """Why the article was not read, or not to its end; empty when all of it was."""
    nlp: Language | None = field(default=None, repr=False, compare=False)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | Sequence[Event]:
        """One event, or some of them."""
        return self.events[index]

    def __len__(self) -> int:
        """How many events there are."""
        return len(self.events)

    def explain(self) -> tuple[Unclaimed, ...]:
        """Every number that is no claim of news, and why; reads the article once more."""
        return explain(self.article, self.nlp)

    def to_dict(self) -> dict[str, list[Any]]:
        """Columns for ``pandas.DataFrame``: one row a claim, one for each event without claims."""
        rows = [row for event in self.events for row in _rows(event)]
        return {name: [row[name] for row in rows] for name in COLUMNS}

    def _repr_html_(self) -> str:
        return fragment(article_html(self.article, self.events))


def read(
    text: str,
    *,
    published: date | datetime | str | None = None,
    title: str = "",
    nlp: Language | None = None,
) -> Reading:
    """Read one article: ``wirewatch.read(text, published="2026-03-03")``.

    ``published`` (a date, or ISO text; without a time, noon UTC) fixes what "on Monday" means.
    ``nlp``: a pipeline of :func:`wirewatch.extraction.load`; None: the shipped one, loaded once.
    The first call takes a second or two. Raises ValueError for a ``published`` that is no date.
    """
    return read_article(to_article(text, published=published, title=title), nlp)


def read_article(article: Article, nlp: Language | None = None) -> Reading:
    """Read an article that is a record already; see :func:`read`."""
    return Reading(article, extraction.read(article, nlp), extraction.notes(article), nlp)


def to_article(
    text: str,
    *,
    published: date | datetime | str | None = None,
    title: str = "",
    url: str | None = None,
    publisher: str = "",
) -> Article:
    """A text as the record that the reader takes; raises ValueError for a bad ``published``."""
    moment = _moment(published)
    return Article(
        id=stable_id(url, title, text),
        revision=1,
        feed="",
        publisher=publisher,
        url=url,
        title=title,
        text=text,
        published=moment,
        published_from="entry" if moment else None,
        fetched_at=moment or datetime.now(UTC),
    )


def _moment(published: date | datetime | str | None) -> datetime | None:
    if isinstance(published, str):
        long = len(published.strip()) > len("2000-01-01")
        parse = datetime.fromisoformat if long else date.fromisoformat
        published = parse(published.strip())
    if published is None:
        return None
    if not isinstance(published, datetime):
        published = datetime.combine(published, time(12))
    return published if published.tzinfo else published.replace(tzinfo=UTC)


def _rows(event: Event) -> Iterator[dict[str, Any]]:
    place = event.place
    shared = {
        "type": event.type,
        "when": event.when,
        "status": event.status,
        "place": (place.name or place.text) if place else None,
        "country": event.country,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "date": event.date.start if event.date else None,
        "actors": ", ".join(actor.name or actor.text for actor in event.actors),
        "targets": ", ".join(actor.name or actor.text for actor in event.targets),
        "confirmed": event.confirmed,
        "source": event.attribution.source if event.attribution else None,
        "quote": event.evidence.quote,
    }
    for claim in event.claims or (None,):
        yield shared | _claim_columns(claim)


def _claim_columns(claim: Claim | None) -> dict[str, Any]:
    if claim is None:
        return dict.fromkeys(("kind", "value", "low", "high", "modifier", "subset"))
    return {
        "kind": claim.kind,
        "value": claim.value,
        "low": claim.low,
        "high": claim.high,
        "modifier": claim.modifier,
        "subset": claim.subset,
        "quote": claim.evidence.quote,
    }
