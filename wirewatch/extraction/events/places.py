"""Where an event happened: its mentions vote on the country, the first of them names the place."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.events.mentions import Mention
from wirewatch.extraction.kinds import MEETINGS, MOVES
from wirewatch.extraction.places.locate import Chances, chances, likeliest
from wirewatch.model import Place

_ASKED = 4
"""Mentions asked at most: the later ones of a long article add nothing."""
_REACH = 3
_SOON, _FAR = 6, 18
"""Words from a meeting to "between", and to where it is."""
_MATTER = wordset("on over about to that which who whose for after before when while aimed ;")
_VENUE = frozenset({"in", "at", "near"})
_IN = frozenset({"in", "at", "near", "of", "outside", "around"})


def place_of(doc: Doc, group: list[Mention], teller: Mention) -> Place | None:
    """The likeliest name in the country that an event's mentions together make likeliest, if any.

    Where two are told to meet goes before all; and where no network read the text, a place that
    follows the word itself.
    """
    asked = (teller, *[m for m in group if m is not teller][: _ASKED - 1])
    found = next((place for m in asked if (place := _between(doc, m))), None)
    if found is None and doc._.heads is None:
        found = next((place for m in asked if (place := _at_once(m))), None)
    found = found or _agreed([_chances(doc, m) for m in asked])
    return None if found is None else _closer(doc, asked, found).place


def _agreed(told: list[Chances]) -> PlaceMention | None:
    """The first mention's likeliest name in the country that all together make likeliest."""
    country = likeliest(told)
    return next((c.places[country] for c in told if country in c.places), None)


def _chances(doc: Doc, mention: Mention) -> Chances:
    return chances(doc, mention.start, mention.end, mention.type, mention.asker)


def _between(doc: Doc, mention: Mention) -> PlaceMention | None:
    """As in "talks last week between envoys of the two sides in Cairo", not "on calm in Cairo"."""
    seen, token = context(doc), mention.token
    last = min(seen.span(token)[1], token + _FAR)
    words = seen.words[token:last]
    if mention.type not in MEETINGS or "between" not in words[:_SOON]:
        return None
    begin = token + words.index("between")
    places: tuple[PlaceMention, ...] = doc._.places
    for place in places:
        if begin < place.start < last and not place.demonym:
            said = [word for word in seen.words[begin : place.start] if word != "the"]
            if said[-1] in _VENUE and _MATTER.isdisjoint(said):
                return place
    return None


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
