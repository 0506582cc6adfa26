"""Where an event happened: every place of the article votes, the near and locative ones most."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.context import context
from wirewatch.extraction.events.frame import is_locative, place_weight
from wirewatch.extraction.events.kinds import MEETINGS
from wirewatch.extraction.events.mentions import Mention
from wirewatch.model import EventType, Place

_NEAR = 2
_LEAST = 0.05
"""A weaker vote is a guess: null."""


def place_of(doc: Doc, group: list[Mention]) -> Place | None:
    """The event's place: the country with most votes, there the most specific well-placed name."""
    type_ = group[0].type
    votes = [(m, _vote(doc, m, group)) for m in doc._.places if m.place.country or m.place.name]
    votes = [(m, w) for m, w in votes if w > 0]
    totals: dict[str | None, float] = defaultdict(float)
    for mention, weight in votes:
        totals[mention.place.country] += weight
    if not totals:
        return None
    best = max(totals, key=lambda c: (totals[c], c or ""))
    if totals[best] < _LEAST:
        return None
    return _most_specific(doc, [(m, w) for m, w in votes if m.place.country == best], type_)


def _vote(doc: Doc, place: PlaceMention, group: list[Mention]) -> float:
    seen = context(doc)
    number = seen.sentence[place.start]
    lead = seen.body_sentence(place.start) <= 0
    return sum(
        place_weight(doc, place, m.token, m.type)
        for m in group
        if lead or abs(seen.sentence[m.token] - number) <= _NEAR or m.type not in MEETINGS
    )


def _most_specific(
    doc: Doc, votes: list[tuple[PlaceMention, float]], type_: EventType
) -> Place | None:
    """A named place before the demonym; a city before its country when it stands as near."""

    def rank(vote: tuple[PlaceMention, float]) -> tuple[bool, float, int]:
        mention, weight = vote
        fine = mention.place.precision in {"city", "address"}
        return (is_locative(doc, mention, type_), weight * (2 if fine else 1), -mention.start)

    best = max(votes, key=rank)[0]
    return best.place
