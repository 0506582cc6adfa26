"""Readings of none: "no reports of damage or injuries", "no deaths, injuries or damage"."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Mention, Text

_FAR = 8
"""Words from "no" to the word of harm."""
_GOES_ON = frozenset((",", "or", "and", "of", "about", "any"))


def none_of(text: Text, mention: Mention) -> Iterator[Reading]:
    """By the first word of harm behind "no", over what else there is none of."""
    if mention.figure.value != 0:
        return
    for k in range(mention.end, min(mention.end + _FAR, len(text.low))):
        anchor = text.anchor_at.get(k)
        sense = anchor.sense("noun") if anchor is not None else None
        if sense is not None and text.same(mention.head, k):
            yield Reading(sense.kind, "none-of", 0.92, anchor)
            return
        if not text.low[k].isalpha() and text.low[k] not in _GOES_ON:
            return
