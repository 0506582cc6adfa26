"""How often a claim of some confidence is right: whether confidences can be taken at their word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from wirewatch.evaluation.labels import Labelled
from wirewatch.evaluation.score import claim_outcomes, number

BINS = 10
Judged = tuple[float, bool]
"""A claim's confidence, and whether its kind and number are labelled."""


class Bin(msgspec.Struct, frozen=True):
    """The claims whose confidence lies from ``low`` to ``high``."""

    low: float
    high: float
    claims: int
    confidence: float
    """Mean confidence of these claims."""
    right: float
    """Share of them whose kind and number are right."""


class Reliability(msgspec.Struct, frozen=True):
    """All claims by confidence; ``error`` is the mean gap between what was promised and kept."""

    bins: tuple[Bin, ...]
    error: float


def judged(want: Labelled, have: Labelled) -> Iterator[Judged]:
    """Each predicted kind and number of a document once, with its greatest confidence.

    What the label marks as implied is left out, as in the scores.
    """
    sure: dict[tuple[str, object], float] = {}
    for event in have.events:
        for claim in event.claims:
            key = claim.kind, number(claim)
            sure[key] = max(sure.get(key, 0.0), claim.confidence)
    for outcome, key in claim_outcomes(want, have):
        if outcome != "fn":
            yield sure[key], outcome == "tp"


def reliability(claims: Iterable[Judged]) -> Reliability:
    """Claims in tenths of confidence; tenths without claims are left out."""
    sorted_in: list[list[Judged]] = [[] for _ in range(BINS)]
    for confidence, right in claims:
        sorted_in[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    bins = tuple(_bin(index, found) for index, found in enumerate(sorted_in) if found)
    total = sum(each.claims for each in bins)
    gaps = sum(each.claims * abs(each.confidence - each.right) for each in bins)
    return Reliability(bins, round(gaps / total, 4) if total else 0.0)


def _bin(index: int, found: list[Judged]) -> Bin:
    count = len(found)
    return Bin(
        low=index / BINS,
        high=(index + 1) / BINS,
        claims=count,
        confidence=round(sum(confidence for confidence, _ in found) / count, 4),
        right=round(sum(right for _, right in found) / count, 4),
    )
