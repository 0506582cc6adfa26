"""Labelled documents and predictions in one shape, one JSON document a line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from wirewatch.errors import ArticleError
from wirewatch.feeds.urls import registrable_domain
from wirewatch.model import Article, Claim, Event, Previous
from wirewatch.safety import one_line

Split = Literal["held-out", "look", "decide", "all"]
SPLITS: tuple[Split, ...] = ("held-out", "look", "decide")
UNKNOWN = "evaluation"
"""Publisher of articles of which neither publisher nor URL is known: one source."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """Where a prediction found what it says, in the article's ``full_text``."""

    start: int
    end: int
    quote: str = ""


class LabelledClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One figure; the fields' meanings are those of :class:`wirewatch.model.Claim`."""

    kind: str
    value: int | None = None
    low: int | None = None
    high: int | None = None
    modifier: str | None = None
    vague: str | None = None
    fraction: float | None = None
    base: int | None = None
    subset: bool = False
    explicit: bool = True
    status: str = "asserted"
    who: str | None = None
    quote: str = ""
    evidence: Quoted | None = None
    confidence: float = 1.0


class LabelledEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event, as a person labelled it or as the reader found it."""

    type: str
    when: str | None = None
    status: str | None = None
    place: str | None = None
    country: str | None = None
    date: str | None = None
    claims: tuple[LabelledClaim, ...] = ()
    quote: str = ""
    evidence: Quoted | None = None
    confidence: float = 1.0


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """All events of one document."""

    doc: str
    events: tuple[LabelledEvent, ...] = ()


class SourceArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article as evaluation files hold it, or a record of the articles' topic.

    ``id`` and ``doc`` mean the same. Without a publisher it is the domain of the URL.
    """

    id: str | None = None
    doc: str | None = None
    title: str | None = None
    published: str | None = None
    text: str = ""
    url: str | None = None
    publisher: str | None = None
    owner: str | None = None
    authors: tuple[str, ...] = ()
    revision: int = 1
    previous: Previous | None = None
    fetched_at: str | None = None


def read_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Non-empty lines of a file with their numbers, one at a time.

    Raises:
        ArticleError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise ArticleError(f"{path}: {error.strerror or error}") from error


def decode(path: Path, number: int, line: bytes, kind: type[Any]) -> Any:
    """One line as a ``kind``; raises ArticleError that names file and line."""
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ArticleError(f"{path} line {number}: {one_line(str(error))}") from error


def load_labels(path: Path) -> dict[str, Labelled]:
    """Documents by id. Raises ArticleError that names file and line."""
    documents = (decode(path, number, line, Labelled) for number, line in read_lines(path))
    return {document.doc: document for document in documents}


def load_articles(path: Path) -> Iterator[Article]:
    """Articles of a JSON-lines file, one at a time. Raises ArticleError with file and line."""
    for number, line in read_lines(path):
        source: SourceArticle = decode(path, number, line, SourceArticle)
        name = source.id or source.doc
        if not name:
            raise ArticleError(f"{path} line {number}: an article needs an 'id'")
        yield to_article(name, source, f"{path} line {number}")


def to_article(name: str, source: SourceArticle, where: str) -> Article:
    """The record the reader takes; a publication date without a time means noon UTC."""
    published = _moment(source.published, f"{where}: published")
    return Article(
        id=name,
        revision=source.revision,
        feed="evaluation",
        publisher=source.publisher or registrable_domain(source.url or "") or UNKNOWN,
        owner=source.owner,
        url=source.url,
        title=source.title or "",
        text=source.text,
        fetched_at=_moment(source.fetched_at, f"{where}: fetched_at") or published or _NEVER,
        published=published,
        authors=source.authors,
        previous=source.previous,
    )


def _moment(text: str | None, where: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text if len(text) > len("2000-01-01") else f"{text}T12:00")
    except ValueError as error:
        raise ArticleError(f"{where} {one_line(text, 40)!r} is no ISO date") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def split_of(doc: str) -> Split:
    """The third a document belongs to, by a hash of its id: the same on every machine."""
    return SPLITS[int(hashlib.sha256(doc.encode()).hexdigest(), 16) % 3]


def in_split(doc: str, split: Split) -> bool:
    """Whether a document belongs to ``split``."""
    return split in {"all", split_of(doc)}


def prediction(doc: str, events: Iterable[Event]) -> Labelled:
    """What the reader found in a document, in the shape of labels."""
    kept = (event for event in events if not event.retracted)
    return Labelled(doc=doc, events=tuple(_event(event) for event in kept))


def _event(event: Event) -> LabelledEvent:
    return LabelledEvent(
        type=event.type,
        when=event.when,
        status=event.status,
        place=(event.place.name or event.place.text) if event.place else None,
        country=event.country,
        date=event.date.start if event.date else None,
        claims=tuple(_claim(claim) for claim in event.claims),
        quote=event.evidence.quote,
        evidence=Quoted(start=event.evidence.start, end=event.evidence.end),
        confidence=event.confidence,
    )


def _claim(claim: Claim) -> LabelledClaim:
    return LabelledClaim(
        kind=claim.kind,
        value=claim.value,
        low=claim.low,
        high=claim.high,
        modifier=claim.modifier,
        vague=claim.vague,
        fraction=claim.fraction,
        base=claim.base,
        subset=claim.subset,
        explicit=claim.explicit,
        status=claim.status,
        who=claim.who,
        quote=claim.evidence.quote,
        evidence=Quoted(start=claim.evidence.start, end=claim.evidence.end),
        confidence=claim.confidence,
    )
