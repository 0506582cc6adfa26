"""Where an event happened: what its quotation says, else what its other mentions say."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.events.mentions import Mention
from wirewatch.extraction.places.locate import locate
from wirewatch.model import Place

_ASKED = 4
"""Mentions asked at most: the later ones of a long article add nothing."""


def place_of(doc: Doc, group: list[Mention], teller: Mention) -> Place | None:
    """The place that the quoted mention's words give, or else the first other mention's."""
    others = [m for m in group if m is not teller][: _ASKED - 1]
    for mention in (teller, *others):
        found = locate(doc, mention.start, mention.end)
        if found is not None:
            return found.place
    return None
