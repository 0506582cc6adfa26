"""Turns any noun phrase into an Actor: its name, country and role."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, TypeVar

from spacy.tokens import Doc

from wirewatch.extraction.actors.lexicon import load
from wirewatch.extraction.actors.matches import Match, find_matches
from wirewatch.extraction.annotations import PlaceMention, published
from wirewatch.model import Actor
from wirewatch.safety import one_line

LONGEST_TEXT = 160
_KEY = "wirewatch_actor_matches"
ARTICLES = frozenset({"the", "a", "an"})
_NAMES = frozenset({"PERSON", "PER", "ORG"})
_Placed = TypeVar("_Placed", Match, PlaceMention)


def describe(doc: Doc, start: int, end: int, *, matches: Sequence[Match] | None = None) -> Actor:
    """The party that tokens ``start`` to ``end`` name ("two Afghan soldiers": AF, MIL).

    Reads ``doc._.places``. What the words do not say stays None. ``matches`` saves a second look
    when several phrases of one Doc are described.
    """
    inside = _within(_remembered(doc) if matches is None else matches, start, end)
    places = _within(doc._.places, start, end)
    main = _main(doc, start, end, inside)
    known = main.known if main is not None else None
    owner = known is None or any(main is not None and place.end <= main.start for place in places)
    country = _country(places) if owner or known is None else known.country or _country(places)
    if known is None and country is None:
        country = _country_after(doc, end)
    role = main.role if main is not None else _role_of_place(places)
    return Actor(
        text=one_line(doc[start:end].text, LONGEST_TEXT),
        name=known.name if known is not None else _entity(doc, start, end),
        country=country,
        role=role,
    )


def _within(found: Sequence[_Placed], start: int, end: int) -> list[_Placed]:
    """Those of ``found``, which are in order, that lie between two tokens."""
    first = bisect_left(found, start, key=_start)
    last = bisect_left(found, end, lo=first, key=_start)
    return [each for each in found[first:last] if each.end <= end]


def _start(each: Match | PlaceMention) -> int:
    return each.start


def _remembered(doc: Doc) -> list[Match]:
    """Matches of the whole Doc, found once and kept with it."""
    data: dict[str, Any] = doc.user_data
    if _KEY not in data:
        data[_KEY] = find_matches(doc, published(doc), load())
    found: list[Match] = data[_KEY]
    return found


def _main(doc: Doc, start: int, end: int, inside: Sequence[Match]) -> Match | None:
    """The match that the phrase is about: a name, else its head's, else the last before "of"."""
    if not inside:
        return None
    if doc.has_annotation("DEP") and not any(match.known for match in inside):
        head = doc[start:end].root.i
        for match in inside:
            if match.start <= head < match.end:
                return match
    limit = next((i for i in range(start + 1, end) if doc[i].lower_ in _BREAKS), end)
    before = [match for match in inside if match.end <= limit]
    named = [match for match in before if match.known is not None]
    return (named or before or inside)[-1 if before else 0]


_BREAKS = frozenset(
    {"of", "in", "from", "at", "who", "that", "which", ",", "with", "for", "on", "by", "near"}
)


def _country_after(doc: Doc, end: int) -> str | None:
    """Whose they are: "the foreign ministers of Chile"."""
    if doc[end : end + 1].text.lower() != "of":
        return None
    start = end + 1 + (doc[end + 1 : end + 2].text.lower() in ARTICLES)
    places: Sequence[PlaceMention] = doc._.places
    at = bisect_left(places, start, key=_start)
    return _country(places[at : at + 1]) if at < len(places) and places[at].start == start else None


def _country(places: Sequence[PlaceMention]) -> str | None:
    """A people's name before a place's: "Afghan officials in Doha" are Afghan."""
    peoples = [place for place in places if place.demonym]
    chosen = peoples[0] if peoples else places[0] if places else None
    return chosen.place.country if chosen is not None else None


def _role_of_place(places: Sequence[PlaceMention]) -> str | None:
    """A country alone is its government; a people alone are civilians."""
    if not places:
        return None
    first = places[0]
    if first.demonym:
        return "CVL" if first.place.text.endswith("s") else None
    return "GOV" if first.place.precision in {"country", "city"} else None


def _entity(doc: Doc, start: int, end: int) -> str | None:
    """The name of a person or body that the entities mark within the phrase."""
    for first in range(start, end):
        if doc[first].ent_iob_ == "B" and doc[first].ent_type_ in _NAMES:
            last = first + 1
            while last < len(doc) and doc[last].ent_iob_ == "I":
                last += 1
            return one_line(doc[first:last].text, LONGEST_TEXT) if last <= end else None
    return None
