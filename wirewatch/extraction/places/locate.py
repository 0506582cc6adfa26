"""Where an event took place: ``locate`` weighs the places around the words that state it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.places.evidence import evidence

WEIGHTS_FILE = Path(__file__).parents[1] / "lexicons" / "locate.json"
"""Weights of the features, fitted by training/fit_places.py to the development articles."""


def locate(doc: Doc, start: int, end: int) -> PlaceMention | None:
    """The place of what tokens ``start`` to ``end`` state, or None where the text leaves it open.

    Reads ``doc._.places``; uses sentence starts where ``doc`` has them. The country is the one that
    all its mentions together make likeliest, the place the likeliest of these. Takes time linear
    in the number of places.
    """
    mentions: Sequence[PlaceMention] = doc._.places
    if not mentions or not 0 <= start < end <= len(doc):
        return None
    weights = load_weights()
    scores = [
        sum(weights.get(name, 0.0) * value for name, value in row.items())
        for row in evidence(doc, start, end)
    ]
    country = _likeliest(mentions, scores, weights["none"])
    fitting = [index for index, mention in enumerate(mentions) if mention.place.country == country]
    if not fitting:
        return None
    return mentions[max(fitting, key=lambda index: (scores[index], -index))]


def _likeliest(
    mentions: Sequence[PlaceMention], scores: Sequence[float], none: float
) -> str | None:
    top = max(*scores, none)
    totals: dict[str | None, float] = {None: math.exp(none - top)}
    for mention, score in zip(mentions, scores, strict=True):
        country = mention.place.country
        totals[country] = totals.get(country, 0.0) + math.exp(score - top)
    return max(totals, key=lambda country: totals[country])


@cache
def load_weights() -> dict[str, float]:
    """The shipped weights; read once a process."""
    weights: dict[str, float] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return weights
