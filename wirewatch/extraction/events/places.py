"""Where an event happened: what its quotation says, else what its other mentions say."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.context import context
from wirewatch.extraction.events.mentions import Mention
from wirewatch.extraction.kinds import MEETINGS, MOVES
from wirewatch.extraction.places.locate import locate
from wirewatch.extraction.triggers.lexicon import classes
from wirewatch.model import Place

_ASKED = 4
"""Mentions asked at most: the later ones of a long article add nothing."""
_REACH = 3
_IN = frozenset({"in", "at", "near", "of", "outside", "around"})


def place_of(doc: Doc, group: list[Mention], teller: Mention) -> Place | None:
    """The place that the quoted mention's words give, or else the first other mention's.

    Forces move in or out of somewhere: where no words say so, it is not their own country.
    """
    others = [m for m in group if m is not teller][: _ASKED - 1]
    for mention in (teller, *others):
        found = _found(doc, mention)
        if found is not None:
            return _closer(doc, (teller, *others), found).place
    return None


def _found(doc: Doc, mention: Mention) -> PlaceMention | None:
    if mention.type in MEETINGS | MOVES and _at_once(mention):
        return mention.place
    if mention.type not in MOVES:
        return locate(doc, mention.start, mention.end, mention.type)
    left = _left(doc, mention)
    if left is not None or mention.place is not None:
        return left or locate(doc, mention.start, mention.end, mention.type)
    return _abroad(doc, mention)


def _at_once(mention: Mention) -> bool:
    """The place follows the word itself: "met in Sochi and spoke about Idlib"."""
    return mention.place is not None and 0 < mention.place.start - mention.token <= _REACH


def _left(doc: Doc, mention: Mention) -> PlaceMention | None:
    """The place that forces are said to leave: "withdraw our soldiers from Somalia"."""
    seen = context(doc)
    _, last = seen.span(mention.token)
    after = (p for p in doc._.places if mention.token < p.start < last and not p.demonym)
    return next((p for p in after if "from" in seen.words[p.start - 2 : p.start]), None)


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


def _abroad(doc: Doc, mention: Mention) -> PlaceMention | None:
    """The likeliest place outside the moving forces' country; the article's main one at last."""
    owners = _owners(doc, mention)
    kept: tuple[PlaceMention, ...] = doc._.places
    abroad = tuple(p for p in kept if p.place.country not in owners)
    if not owners or not abroad:
        return locate(doc, mention.start, mention.end, mention.type)
    doc._.places = abroad
    found = locate(doc, mention.start, mention.end, mention.type)
    doc._.places = kept
    return found or _main(abroad)


def _owners(doc: Doc, mention: Mention) -> set[str | None]:
    """Countries whose forces the sentence names: "US forces", "Ethiopia's troops"."""
    seen = context(doc)
    number = seen.sentence[mention.token]
    forces = classes()["forces"]
    return {
        p.place.country
        for p in doc._.places
        if seen.sentence[p.start] == number
        and forces.intersection(seen.words[p.end : p.end + _REACH])
    }


def _main(places: tuple[PlaceMention, ...]) -> PlaceMention | None:
    counted = Counter(p.place.country for p in places if p.place.country)
    if not counted:
        return None
    country = max(sorted(counted), key=lambda c: counted[c])
    named = [p for p in places if p.place.country == country]
    return next((p for p in named if p.place.precision == "country"), named[0])
