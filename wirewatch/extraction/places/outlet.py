"""The outlet's name behind a headline: "Two shot in Lima - Channel 9 News Arequipa".

Its town is where the outlet is at home, not where anything happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.words import words

_DIVIDERS = frozenset({"-", "–", "—", "|"})
_OUTLET = wordset("news weather sports headlines channel tv radio fm newspaper")
_IN = wordset("in near outside around")
_SITES = wordset("apartment apartments complex mall park club school church")
_STATION = re.compile(r"[WK][A-Z]{2,3}\d*|\w+\.com|(?:FOX|CBS|ABC|NBC)\d*")


def without_outlet(doc: Doc, places: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The places, without those of the outlet's name where the article tells another."""
    end = context(doc).title_end
    start = _begins(doc, end)
    kept = tuple(p for p in places if not start <= p.start < end)
    return kept if any(_is_told(doc, p, end) for p in kept) else tuple(places)


def _is_told(doc: Doc, place: PlaceMention, body: int) -> bool:
    """Whether words say that it is a place: a dateline, or "in Lima", but not "in Lima Park"."""
    seen = words(doc)
    if place.demonym or place.place.precision == "country":
        return False
    after = seen.texts[place.end : place.end + 1]
    if any(word[:1].isupper() or word in _SITES for word in after):
        return False
    if place.start == body or after == ["("]:
        return True
    return not _IN.isdisjoint(seen.lower[place.start - 1 : place.start])


def _begins(doc: Doc, end: int) -> int:
    """The divider of the title behind which an outlet is named; ``end`` if there is none."""
    seen = words(doc)
    for at in range(1, end):
        apart = seen.after[at - 1] or seen.blank[at - 1]
        if apart and seen.texts[at] in _DIVIDERS and _names_outlet(seen.texts[at + 1 : end]):
            return at
    return end


def _names_outlet(texts: Sequence[str]) -> bool:
    return any(text.lower() in _OUTLET or _STATION.fullmatch(text) for text in texts)
