"""Where an event happened: what its quotation says, else what its other mentions say."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.context import context
from wirewatch.extraction.events.mentions import Mention
from wirewatch.extraction.kinds import MEETINGS, MOVES
from wirewatch.extraction.numbers import head_token
from wirewatch.extraction.places.locate import Chances, chances, likeliest
from wirewatch.model import Place

_ASKED = 4
"""Mentions asked at most: the later ones of a long article add nothing."""
_REACH = 3
_IN = frozenset({"in", "at", "near", "of", "outside", "around"})


def place_of(doc: Doc, group: list[Mention], teller: Mention) -> Place | None:
    """The likeliest name in the country that an event's mentions together make likeliest, if any.

    Where no network read the text, a place that follows the word itself goes before.
    """
    asked = (teller, *[m for m in group if m is not teller][: _ASKED - 1])
    exact = [] if doc._.heads else [place for m in asked if (place := _at_once(m))]
    found = exact[0] if exact else _agreed([_chances(doc, m) for m in asked])
    return None if found is None else _closer(doc, asked, found).place


def _agreed(told: list[Chances]) -> PlaceMention | None:
    """The first mention's likeliest name in the country that all together make likeliest."""
    country = likeliest(told)
    return next((c.places[country] for c in told if country in c.places), None)


def _chances(doc: Doc, mention: Mention) -> Chances:
    asker = mention.token if mention.claim is None else head_token(mention.claim.figure)
    return chances(doc, mention.start, mention.end, mention.type, asker)


def _at_once(mention: Mention) -> PlaceMention | None:
    """The place that follows the word itself: "met in Sochi and spoke about Idlib"."""
    if mention.place is None or mention.type not in MEETINGS | MOVES:
        return None
    return mention.place if 0 < mention.place.start - mention.token <= _REACH else None


def _closer(doc: Doc, group: tuple[Mention, ...], found: PlaceMention) -> PlaceMention:
    """A city in the sentence of a mention says more than its country or a part of it does."""
    if found.place.precision not in {"country", "region"}:
        return found
    for mention in group:
        first, last = context(doc).span(mention.token)
        inside: list[PlaceMention] = [
            p
            for p in doc._.places
            if first < p.start < last
            and p.place.precision == "city"
            and p.place.country == found.place.country
            and doc[p.start - 1].lower_ in _IN
        ]
        if inside:
            return min(inside, key=lambda p: abs(p.start - mention.token))
    return found
