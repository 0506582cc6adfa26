"""Which word of harm a figure hangs on, by the order of words alone.

The way that works on headlines, upper-case wires and any Doc without a parse. Each pattern gives
readings with a strength; the strongest wins, and figures without one take it from a neighbour.
"""

from __future__ import annotations

from wirewatch.extraction.claims.before import before
from wirewatch.extraction.claims.behind import behind
from wirewatch.extraction.claims.captors import seized
from wirewatch.extraction.claims.fitting import fitting
from wirewatch.extraction.claims.listed import listed
from wirewatch.extraction.claims.none_of import none_of
from wirewatch.extraction.claims.nouns import among, freed, inside, ordinal
from wirewatch.extraction.claims.parted import parted
from wirewatch.extraction.claims.phrases import (
    noun_phrase_end,
)
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.sheltered import hosted, sheltered
from wirewatch.extraction.claims.text import Mention, Text
from wirewatch.extraction.claims.tolls import toll


def readings(text: Text, mention: Mention) -> list[Reading]:
    """Every reading of one figure by patterns of its own, the strongest first."""
    if mention.figure.ordinal:
        return list(ordinal(text, mention))
    end = noun_phrase_end(text, mention.end)
    found = [
        *before(text, mention),
        *behind(text, mention, end),
        *inside(text, mention, end),
        *none_of(text, mention),
        *toll(text, mention),
        *among(text, mention, end),
        *freed(text, mention, end),
        *parted(text, mention, end),
        *listed(text, mention, end),
        *sheltered(text, mention, end),
        *hosted(text, mention),
        *seized(text, mention, end),
    ]
    kept = [fixed for r in found if (fixed := fitting(text, mention, end, r)) is not None]
    return sorted(kept, key=lambda r: -r.strength)
