"""An event reduced to what comparing it with others needs."""

from __future__ import annotations

import math
import re
import sys
import unicodedata
from array import array
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from wirewatch.model import Actor, ArticleRef, ClaimKind, DateSpan, Event, Place

FAMILIES = {"attack": "harm", "accident": "harm", "disaster": "harm"}
"""Types that early reports mistake for one another (a blast, a fire) are compared."""
LONGEST_SPAN = 31
"""Days. What spans more may be a series or a war: its figures must be those of a single day's
incident to be compared with it."""
MOST_TERMS = 32
OVERSEAS_KM = 2500.0
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
_EARTH_KM = 6371.0


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
    series: bool
    """Its date spans more than a month."""
    live: bool
    """Neither retracted nor background: only live events hold incidents together."""
    place: str | None
    """Geonames id or folded name of anything finer than a country."""
    region: bool
    """``place`` is a region: it may hold another report's city."""
    point: tuple[float, float] | None
    middle: tuple[float, float] | None
    """Like ``point``, for a country or region its middle."""
    start: int | None
    end: int | None
    published: int | None
    here: frozenset[str]
    """The words of the place's own name, in the article and in the gazetteer."""
    name: frozenset[str]
    """Those of the gazetteer's name alone, where it has one."""
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

    @property
    def fresh(self) -> bool:
        """Whether it happened on the day its report came out or the day before, so is news.

        What happened overnight is of two days.
        """
        if self.start is None or self.end is None or self.published is None:
            return False
        return self.end - self.start <= 1 and 0 <= self.published - self.end <= 1

    def names(self, other: Node) -> bool:
        """Whether its article's headline or telling words name the other's place."""
        return other.place is not None and not other.here.isdisjoint(self.title | self.terms)

    def tells_of(self, other: Node) -> bool:
        """Whether they hold every word of the other's place."""
        return bool(other.name) and all(w in self.title or w in self.terms for w in other.name)

    def namesake(self, other: Node) -> bool:
        """Whether one name is the other, or a part of it ("Quell", "Quell Heights")."""
        return bool(self.name and other.name) and (
            self.name <= other.name or other.name <= self.name
        )

    @property
    def mistakable_country(self) -> bool:
        """Whether it happened in one spot, which the reader may have taken for a namesake."""
        return self.family == "harm"

    def one_figure(self, other: Node) -> bool:
        """Whether some whole figure of both agrees, and none differs."""
        kinds = self.figures.keys() & other.figures.keys()
        return bool(kinds) and all(_overlap(self.figures[k], other.figures[k]) for k in kinds)

    def abroad(self, other: Node) -> bool:
        """Whether both countries are known and differ."""
        return NOWHERE not in {self.country, other.country} and self.country != other.country

    def mistakable(self, other: Node) -> bool:
        """Whether one of two countries may be a mistake of the reader: see docs/linking.md.

        Either name has bearers in both countries, or the places lie so far apart that who shares
        telling words is hardly at both. Neighbours at war do share such words.
        """
        if not self.mistakable_country:
            return False
        if self.here & other.here:
            return True
        if self.middle is None or other.middle is None:
            return False
        return distance(self.middle, other.middle) >= OVERSEAS_KM


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points (latitude, longitude in degrees) on a sphere."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


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
        family=FAMILIES.get(event.type, event.type),
        series=start is not None and end is not None and end - start > LONGEST_SPAN,
        type=event.type,
        live=event.when == "current" and not event.retracted,
        place=_place(place),
        region=place is not None and place.precision == "region",
        point=_point(place),
        middle=_middle(place),
        start=start,
        end=end,
        published=published.toordinal(),
        here=_names(place),
        name=_name(place),
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
    return _place_words(f"{place.text} {place.name or ''}") if place else frozenset()


def _name(place: Place | None) -> frozenset[str]:
    return _place_words(place.name or place.text) if place else frozenset()


@lru_cache(4096)
def _place_words(name: str) -> frozenset[str]:
    """Kept, since many events are of few places and their nodes share what they hold."""
    return words(name)


def _middle(place: Place | None) -> tuple[float, float] | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    return (place.lat, place.lon)


def _point(place: Place | None) -> tuple[float, float] | None:
    exact = place is not None and place.precision not in {"country", "region", None}
    return _middle(place) if exact else None


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
