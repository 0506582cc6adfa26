"""Where an event took place: ``locate`` weighs the places around the words that state it."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.kinds import MOVES
from wirewatch.extraction.places.evidence import Evidence, destination, evidence
from wirewatch.extraction.places.pointed import pointed
from wirewatch.extraction.places.strangers import tells_origin
from wirewatch.extraction.places.topics import aside
from wirewatch.model import EventType

WEIGHTS_FILE = Path(__file__).parents[1] / "lexicons" / "locate.json"
"""Weights of the features, fitted by training/fit_places.py to the development articles: "rules"
where no network read, "heads" where it points to a place, too."""

FAMILIES: dict[EventType, str] = {
    "talks": "meet", "agreement": "meet", "ceasefire": "meet", "sanctions": "meet",
    "troop_withdrawal": "move", "troop_deployment": "move",
    "disaster": "nature", "outbreak": "nature",
    "arrest": "hold", "abduction": "hold",
}  # fmt: skip
"""Who talks is seldom where they talk; police are at home: each family weighs words anew."""
_OTHERS = "harm"
_ON_THE_WAY = frozenset({"attack", "abduction", "arrest"})
"""What befalls people on their way: where they went to tells the country if nothing else does."""
_BEFALL = _ON_THE_WAY | {"accident"}
_OWNED = 3
"""Tokens from "'s" to the part: "Yemen's war-torn Taiz"."""
_FIRST, _NEAREST = 10, 50
"""Mentions of places that are weighed for one event: those of the lead and those around it."""


@dataclass(frozen=True, slots=True)
class Chances:
    """Where something may have taken place; the key None: the text leaves it open."""

    countries: Mapping[str | None, float]
    """Chance of each country, together 1."""
    places: Mapping[str | None, PlaceMention]
    """The likeliest name in each country."""


def locate(
    doc: Doc, start: int, end: int, type_: EventType | None = None, asker: int | None = None
) -> PlaceMention | None:
    """The likeliest place of what tokens ``start`` to ``end`` state, or None; as ``chances``."""
    found = chances(doc, start, end, type_, asker)
    return found.places.get(likeliest([found]))


def likeliest(told: Sequence[Chances]) -> str | None:
    """The country that several mentions of one thing together make likeliest."""
    total: dict[str | None, float] = {}
    for one in told:
        for country, chance in one.countries.items():
            total[country] = total.get(country, 0.0) + chance
    return max(total, key=lambda country: total[country], default=None)


def chances(
    doc: Doc, start: int, end: int, type_: EventType | None = None, asker: int | None = None
) -> Chances:
    """Where what tokens ``start`` to ``end`` state may have taken place.

    ``type_`` is what they tell, None where it is not known; ``asker`` the token of the word or
    number that tells it, where the network is to be asked. Reads ``doc._.places``; uses sentence
    starts and ``doc._.heads`` where ``doc`` has them. All mentions of a country speak for it. At
    most 60 are weighed, whatever the length of the text.
    """
    mentions = weighed(doc, start, type_)
    if not mentions or not 0 <= start < end <= len(doc):
        return Chances({None: 1.0}, {})
    rows, heads = clues(doc, (start, end), mentions, asker)
    weights = load_weights()["heads" if heads else "rules"]
    scores = [_score(row, type_, weights) for row in rows]
    best: dict[str | None, int] = {}
    for index, mention in enumerate(mentions):
        country = mention.place.country
        if country not in best or scores[index] > scores[best[country]]:
            best[country] = index
    return Chances(
        _shares(mentions, scores, _score({"none": 1.0}, type_, weights)),
        {country: _narrower(doc, mentions, index) for country, index in best.items()},
    )


def clues(
    doc: Doc, span: tuple[int, int], mentions: Sequence[PlaceMention], asker: int | None
) -> tuple[list[Evidence], bool]:
    """What speaks for each place, and whether the network's word is a part of it."""
    rows = evidence(doc, *span, mentions)
    odds = None if asker is None else pointed(doc, asker, mentions)
    if odds is None:
        return rows, False
    return [{**row, "pointed": value} for row, value in zip(rows, odds, strict=True)], True


def _narrower(doc: Doc, mentions: Sequence[PlaceMention], index: int) -> PlaceMention:
    """The part that a country is said to own: "Afghanistan's Khost province"."""
    best, following = mentions[index], mentions[index + 1 : index + 2]
    for part in following:
        owns = doc[best.end].lower_ in {"'s", "’s", "'"} and part.start - best.end <= _OWNED
        if owns and part.place.country == best.place.country and part.place.precision != "country":
            return part
    return best


def weighed(doc: Doc, start: int, type_: EventType | None) -> Sequence[PlaceMention]:
    """Which of ``doc._.places`` may be that of an event at token ``start``; at most 60.

    Of many, the first tell where the article is about, and the nearest belong to the event. Where
    somebody was on the way to is left out, but for forces; and whence people come, where they were
    harmed or held.
    """
    mentions = _around(doc._.places, start)
    if type_ not in MOVES:
        there = [each for each in mentions if not destination(doc, each)]
        mentions = there or (mentions if type_ in _ON_THE_WAY else ())
    if type_ in _BEFALL:
        mentions = [each for each in mentions if not tells_origin(doc, each)]
    return [each for each in mentions if not aside(doc, each, type_)]


def _around(mentions: Sequence[PlaceMention], start: int) -> Sequence[PlaceMention]:
    """Of many mentions the first and the nearest: time stays linear."""
    if len(mentions) <= _FIRST + _NEAREST:
        return mentions
    after = bisect_left(mentions, start, key=lambda mention: mention.start)
    least = min(max(_FIRST, after - _NEAREST // 2), len(mentions) - _NEAREST)
    return [*mentions[:_FIRST], *mentions[least : least + _NEAREST]]


def family(type_: EventType) -> str:
    """The name of the type's family, as it stands before "|" in the weights' names."""
    return FAMILIES.get(type_, _OTHERS)


def _score(row: Evidence, type_: EventType | None, weights: Mapping[str, float]) -> float:
    total = sum(weights.get(name, 0.0) * value for name, value in row.items())
    if type_ is None:
        return total
    own = family(type_)
    return total + sum(weights.get(f"{own}|{name}", 0.0) * value for name, value in row.items())


def _shares(
    mentions: Sequence[PlaceMention], scores: Sequence[float], none: float
) -> dict[str | None, float]:
    top = max(*scores, none)
    totals: dict[str | None, float] = {None: math.exp(none - top)}
    for mention, score in zip(mentions, scores, strict=True):
        country = mention.place.country
        totals[country] = totals.get(country, 0.0) + math.exp(score - top)
    whole = sum(totals.values())
    return {country: total / whole for country, total in totals.items()}


@cache
def load_weights() -> dict[str, dict[str, float]]:
    """The shipped weights; read once a process."""
    weights: dict[str, dict[str, float]] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return weights
