"""The vocabulary: every record that travels between stages or stands in state.

All are immutable msgspec structs; JSON is their wire form. Times are RFC 3339 in UTC, days are ISO
dates, countries are ISO 3166 two-letter codes. Unknown is None, never a guess.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

EventType = Literal[
    "attack", "abduction", "arrest", "protest", "troop_withdrawal", "troop_deployment", "talks",
    "ceasefire", "agreement", "displacement", "accident", "disaster", "outbreak", "sanctions",
]  # fmt: skip
When = Literal["current", "background"]
Status = Literal["happened", "ongoing", "announced", "proposed", "denied"]
ClaimKind = Literal["killed", "injured", "missing", "abducted", "arrested", "displaced", "troops"]
Modifier = Literal["exact", "at_least", "at_most", "approx", "range", "vague"]
ClaimStatus = Literal["asserted", "denied", "hypothetical"]
Precision = Literal["day", "week", "month", "year"]
PlacePrecision = Literal["address", "city", "region", "country"]
Severity = Literal["minor", "moderate", "severe", "extreme"]
AlertKind = Literal["alert", "update", "cancel"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, keyword-only; unknown JSON fields are ignored on reading."""


class Previous(Record, frozen=True, kw_only=True):
    """Title and text of an article's former revision."""

    title: str
    text: str


class Article(Record, frozen=True, kw_only=True):
    """One news article as a feed or its page gave it, cleaned to plain text.

    ``id`` is a hash of the canonical URL; without one, of feed and guid; without that, of feed,
    title and date. ``revision`` counts from 1 and grows when title or text changed in substance;
    from 2 on ``previous`` holds the former text.
    """

    id: str
    revision: int
    feed: str
    publisher: str
    url: str | None
    title: str
    text: str
    fetched_at: datetime
    text_source: Literal["feed", "page"] = "feed"
    language: str | None = None
    published: datetime | None = None
    published_from: Literal["entry", "updated", "page"] | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    content_hash: str = ""
    previous: Previous | None = None
    notes: tuple[str, ...] = ()
    owner: str | None = None
    """Who owns the publisher, as configured: outlets of one owner count as one source."""

    @property
    def full_text(self) -> str:
        """Title and text as every evidence offset counts them."""
        return f"{self.title}\n\n{self.text}"


class ArticleRef(Record, frozen=True, kw_only=True):
    """What an event carries of the article it was read in."""

    id: str
    revision: int
    url: str | None
    publisher: str
    title: str
    published: datetime | None
    signature: str = ""
    """MinHash of the article's shingles, hexadecimal; equal signatures mean copies."""
    fetched_at: datetime | None = None
    agency: str | None = None
    """The news agency the article credits ("AFP"), if any."""
    owner: str | None = None
    """Who owns the publisher, as configured for the feed."""
    terms: tuple[str, ...] = ()
    """Telling words of the article (``wirewatch.fingerprint.terms``), for linking."""


class Evidence(Record, frozen=True, kw_only=True):
    """A quotation with its character offsets in the article's ``full_text``."""

    start: int
    end: int
    quote: str


class Place(Record, frozen=True, kw_only=True):
    """Where an event happened; coordinates in degrees (WGS 84)."""

    text: str
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    precision: PlacePrecision | None = None


class DateSpan(Record, frozen=True, kw_only=True):
    """First and last possible day of an event, both included (ISO dates)."""

    start: str
    end: str
    precision: Precision
    text: str = ""


class Actor(Record, frozen=True, kw_only=True):
    """A party to an event; ``role`` is a CAMEO role code (GOV, MIL, REB, COP, CVL, …)."""

    text: str
    name: str | None = None
    country: str | None = None
    role: str | None = None


class Attribution(Record, frozen=True, kw_only=True):
    """Who says so, and with which verb."""

    source: str
    verb: str | None = None


class Claim(Record, frozen=True, kw_only=True):
    """One figure of people that one article gives for one event.

    ``low`` is the number an alert threshold reads and ``high`` the greatest number the words allow;
    None when the words give no such bound. ``value`` is None for ranges and vague words.
    """

    id: str
    kind: ClaimKind
    value: int | None
    low: int | None
    high: int | None
    modifier: Modifier
    evidence: Evidence
    fraction: float | None = None
    base: int | None = None
    vague: str | None = None
    subset: bool = False
    explicit: bool = True
    status: ClaimStatus = "asserted"
    who: str | None = None
    attribution: Attribution | None = None
    confidence: float = 1.0
    replaces: int | None = None
    """The earlier figure that the article itself says this one revises ("up from nine")."""


class Event(Record, frozen=True, kw_only=True):
    """One real-world happening as one article tells it."""

    id: str
    article: ArticleRef
    type: EventType
    when: When
    status: Status
    evidence: Evidence
    plover: str | None = None
    place: Place | None = None
    date: DateSpan | None = None
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    attribution: Attribution | None = None
    confirmed: bool | None = None
    confidence: float = 1.0
    retracted: bool = False

    @property
    def country(self) -> str | None:
        """Country code of the event's place."""
        return self.place.country if self.place else None


class TollClaim(Record, frozen=True, kw_only=True):
    """A claim as the ledger keeps it: the figure, who published it, when and on whose word."""

    claim: Claim
    event: str
    article: str
    revision: int
    publisher: str
    url: str | None
    published: datetime | None
    attribution: Attribution | None = None
    independent: bool = True
    retracted: bool = False


class Toll(Record, frozen=True, kw_only=True):
    """Best, low and high number of people of one kind, and the claims behind them."""

    best: int | None
    low: int | None
    high: int | None
    rule: str
    """Which published rule of docs/tolls.md chose ``best``."""
    as_of: datetime | None
    claims: tuple[TollClaim, ...] = ()


class Report(Record, frozen=True, kw_only=True):
    """One article among an incident's reports."""

    article: str
    revision: int
    publisher: str
    url: str | None
    title: str
    published: datetime | None
    independent: bool = True
    fetched_at: datetime | None = None
    signature: str = ""
    agency: str | None = None
    owner: str | None = None
    events: tuple[str, ...] = ()


class Incident(Record, frozen=True, kw_only=True):
    """One happening as all its reports tell it."""

    id: str
    revision: int
    type: EventType
    status: Status
    when: When
    headline: str
    first_seen: datetime
    last_seen: datetime
    place: Place | None = None
    date: DateSpan | None = None
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    confirmed: bool | None = None
    attribution: Attribution | None = None
    tolls: dict[str, Toll] = {}
    reports: tuple[Report, ...] = ()
    publishers: int = 0
    """Count of independent publishers."""
    evidence: tuple[AlertEvidence, ...] = ()
    changed: tuple[str, ...] = ()
    """What this revision changed, in words ("killed 12 → 14")."""
    merged_into: str | None = None
    merged_from: tuple[str, ...] = ()
    closed: bool = False


class AlertEvidence(Record, frozen=True, kw_only=True):
    """A quotation and where it was published."""

    quote: str
    publisher: str
    url: str | None
    start: int
    end: int
    article: str = ""


class AlertTimes(Record, frozen=True, kw_only=True):
    """When an alert's news passed each stage."""

    published: datetime | None
    fetched: datetime | None
    extracted: datetime | None
    linked: datetime | None
    emitted: datetime


class Alert(Record, frozen=True, kw_only=True):
    """What a subscriber receives. The id is a hash of rule, incident and what crossed."""

    id: str
    rule: str
    severity: Severity
    kind: AlertKind
    reason: str
    """One sentence: "killed is at least 43 (threshold 10)"."""
    incident: Incident
    evidence: tuple[AlertEvidence, ...]
    times: AlertTimes
    supersedes: str | None = None
    rules_version: str = ""
    told: tuple[Severity, ...] = ()
    """Severities of the alerts before this one since it was first raised: who reads only severe
    ones must hear that one turned out moderate, or nothing."""
