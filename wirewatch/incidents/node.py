"""An event reduced to what comparing it with others needs."""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from dataclasses import dataclass, field
from datetime import date, datetime

from wirewatch.model import Actor, ArticleRef, ClaimKind, DateSpan, Event, Place

FAMILIES = {"attack": "harm", "accident": "harm", "disaster": "harm"}
"""Types that early reports mistake for one another (a blast, a fire) are compared."""
LONGEST_SPAN = 31
"""Days. What spans more is a series or a war: it never joins a single day's incident."""
MOST_TERMS = 32
NOWHERE = "--"
"""Country of an event whose country is unknown: it may be any."""

_WORD = re.compile(r"[^\W_]+")
_PLAIN_WORDS = (
    "a an and are as at be been by for from had has have he her his in into is it its new no not of"
    " on or our over says said she that the their them they this to up was were who will with after"
    " about more news update updated video report reports live breaking"
)
_PLAIN = frozenset(_PLAIN_WORDS.split())
_HEX = 8
"""Digits of one value of a signature."""


@dataclass(slots=True)
class Node:
    """One event in the index. Days are proleptic ordinals; ``edges`` hold computed scores."""

    event: str
    article: str
    case: str
    seen: datetime
    country: str
    family: str
    type: str
    live: bool
    """Neither retracted nor background: only live events hold incidents together."""
    place: str | None
    """Geonames id or folded name of anything finer than a country."""
    region: bool
    """``place`` is a region: it may hold another report's city."""
    point: tuple[float, float] | None
    start: int | None
    end: int | None
    published: int | None
    here: frozenset[str]
    """The words of the place's own name."""
    terms: frozenset[str]
    title: frozenset[str]
    figures: dict[ClaimKind, tuple[int, int]]
    actors: frozenset[str]
    targets: frozenset[str]
    signature: array[int]
    """MinHash values, packed: there may be a hundred thousand nodes."""
    edges: dict[str, float] = field(default_factory=dict)

    @property
    def wide(self) -> bool:
        """Whether its place may hold other places of its country."""
        return self.place is None or self.region

    def comparable(self, other: Node) -> bool:
        """Whether country and family of types allow one incident at all."""
        known = NOWHERE not in {self.country, other.country}
        return self.family == other.family and not (known and self.country != other.country)


def node(event: Event, case: str, seen: datetime) -> Node:
    """What comparing ``event`` needs; ``case`` is the id of the incident it belongs to."""
    place = event.place
    start, end = _days(_happened_on(event))
    published = event.article.published or seen
    return Node(
        event=event.id,
        article=event.article.id,
        case=case,
        seen=seen,
        country=(place.country if place else None) or NOWHERE,
        family=family(event),
        type=event.type,
        live=event.when == "current" and not event.retracted,
        place=_place(place),
        region=place is not None and place.precision == "region",
        point=_point(place),
        start=start,
        end=end,
        published=published.toordinal(),
        here=_names(place),
        terms=_terms(event.article),
        title=words(event.article.title),
        figures=_figures(event),
        actors=_parties(event.actors),
        targets=_parties(event.targets),
        signature=_values(event.article.signature),
    )


def _happened_on(event: Event) -> DateSpan | None:
    """Its date, unless that is the day of a plan or a denial: those do not tell events apart."""
    return event.date if event.status in {"happened", "ongoing"} else None


def family(event: Event) -> str:
    """Name of the group of events that ``event`` may be compared with."""
    base = FAMILIES.get(event.type, event.type)
    start, end = _days(_happened_on(event))
    series = start is not None and end is not None and end - start > LONGEST_SPAN
    return f"{base} series" if series else base


def words(text: str) -> frozenset[str]:
    """Stems of the words of a headline that carry meaning."""
    found = (word for word in _WORD.findall(fold(text)) if word not in _PLAIN)
    return frozenset(sys.intern(_stem(word)) for word in found)


def fold(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in parts if not unicodedata.combining(char))


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ers", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _terms(article: ArticleRef) -> frozenset[str]:
    """The article's telling words without its publisher's and its agency's own names."""
    own = f"{article.publisher} {article.agency or ''}".casefold()
    # Interned: a name stands in many articles, and each was decoded apart.
    return frozenset(sys.intern(term) for term in article.terms[:MOST_TERMS] if term not in own)


def _days(span: DateSpan | None) -> tuple[int | None, int | None]:
    if span is None:
        return None, None
    try:
        start, end = date.fromisoformat(span.start), date.fromisoformat(span.end)
    except ValueError:
        return None, None
    return start.toordinal(), max(start, end).toordinal()


def _place(place: Place | None) -> str | None:
    if place is None or place.precision == "country":
        return None
    if place.geonameid is not None:
        return f"#{place.geonameid}"
    return fold(place.name or place.text).strip() or None


def _names(place: Place | None) -> frozenset[str]:
    return words(f"{place.text} {place.name or ''}") if place else frozenset()


def _point(place: Place | None) -> tuple[float, float] | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    return None if place.precision in {"country", "region", None} else (place.lat, place.lon)


def _figures(event: Event) -> dict[ClaimKind, tuple[int, int]]:
    """Least and greatest whole figure of each kind."""
    found: dict[ClaimKind, tuple[int, int]] = {}
    for claim in event.claims:
        number = claim.value if claim.value is not None else claim.low
        if claim.subset or claim.status != "asserted" or not number:
            continue
        low, high = found.get(claim.kind, (number, number))
        found[claim.kind] = (min(low, number), max(high, number))
    return found


def _parties(actors: tuple[Actor, ...]) -> frozenset[str]:
    keys = set()
    for actor in actors:
        if actor.name:
            keys.add(fold(actor.name))
        elif actor.country and actor.role:
            keys.add(f"{actor.country}/{actor.role}")
        else:
            keys.update(word for word in words(actor.text) if len(word) > 3)
    return frozenset(keys)


def _values(signature: str) -> array[int]:
    try:
        return array(
            "I", (int(signature[i : i + _HEX], 16) for i in range(0, len(signature), _HEX))
        )
    except (ValueError, OverflowError):
        return array("I")
