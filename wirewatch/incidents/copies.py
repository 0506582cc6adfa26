"""Which reports speak for themselves: copies, one agency's and one owner's count once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from wirewatch.fingerprint import similarity
from wirewatch.model import ArticleRef

COPY = 0.5
"""Share of common shingles from which two texts are one: a rewrite shares less than a third."""
_BAND = 16
"""Digits of two hash values. Texts half alike share one of 32 bands 9,999 times in 10,000."""
_EARLY = datetime(1, 1, 1, tzinfo=UTC)


def groups(reports: Sequence[ArticleRef]) -> dict[str, str]:
    """Article id → id of the earliest report that it does not differ from in source.

    The order of ``reports`` does not matter.
    """
    ranked = sorted(reports, key=_age)
    leader = {report.id: report.id for report in ranked}

    def find(article: str) -> str:
        while leader[article] != article:
            leader[article] = leader[leader[article]]
            article = leader[article]
        return article

    rank = {report.id: position for position, report in enumerate(ranked)}
    for one, other in _pairs(ranked):
        first, second = sorted((find(one), find(other)), key=rank.__getitem__)
        leader[second] = first
    return {report.id: find(report.id) for report in ranked}


def _age(report: ArticleRef) -> tuple[datetime, str]:
    return (report.published or report.fetched_at or _EARLY, report.id)


def _pairs(reports: Sequence[ArticleRef]) -> Iterable[tuple[str, str]]:
    by_key: dict[str, list[ArticleRef]] = {}
    for report in reports:
        for key in _keys(report):
            by_key.setdefault(key, []).append(report)
    for key, (first, *others) in by_key.items():
        for other in others:
            if not key.startswith("band") or _copied(first, other):
                yield first.id, other.id


def _copied(one: ArticleRef, other: ArticleRef) -> bool:
    return similarity(one.signature, other.signature) >= COPY


def _keys(report: ArticleRef) -> Iterable[str]:
    yield f"publisher {report.publisher.casefold()}"
    if report.owner:
        yield f"owner {report.owner.casefold()}"
    if report.agency:
        yield f"agency {report.agency.casefold()}"
    text = report.signature
    for start in range(0, len(text), _BAND):
        yield f"band {start} {text[start : start + _BAND]}"
