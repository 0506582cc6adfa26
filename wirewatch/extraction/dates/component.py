"""The spaCy component ``wirewatch_dates``: writes ``doc._.dates``."""

from __future__ import annotations

import re
from datetime import date, datetime

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import DateMention, published, register
from wirewatch.extraction.dates.days import NOMINAL, Resolved
from wirewatch.extraction.dates.find import Found, find
from wirewatch.extraction.words import words as words_of
from wirewatch.model import DateSpan

NEWS_DAYS = 13
"""A span that begins no more days before publication is recent: it holds all of "last week"."""
OLD_DAYS = 10
"""A span that ended more days before publication is not."""
TOTAL_DAYS = 45
"""What is said of a stretch that began longer ago is a total, not news ("since 2003")."""

_SPACE = re.compile(r"\s+")


def find_dates(doc: Doc, today: datetime | None = None) -> tuple[DateMention, ...]:
    """The date expressions of ``doc`` in order, resolved against the day ``today``.

    Without it a full date in the dateline takes its place. Linear time; never raises.
    """
    found, day = find(words_of(doc).texts, today.date() if today else None)
    bound = _greatest_year(found)
    return tuple(_mention(doc, each, day, bound) for each in found)


def _greatest_year(found: list[Found]) -> int:
    """No text is older than the latest year it names."""
    return max((each.days.end.year for each in found if each.days.absolute and each.days.end),
               default=0)  # fmt: skip


def _mention(doc: Doc, found: Found, today: date | None, bound: int) -> DateMention:
    days_ago, recent = _distance(found.days, today, bound)
    return DateMention(
        start=found.start,
        end=found.end,
        span=_span(found.days, today, doc[found.start : found.end].text),
        days_ago=days_ago,
        duration=found.days.duration,
        recent=recent,
    )


def _span(days: Resolved, today: date | None, text: str) -> DateSpan | None:
    if days.start is None or days.end is None or not (today or days.absolute):
        return None
    return DateSpan(
        start=days.start.isoformat(),
        end=days.end.isoformat(),
        precision=days.precision,
        text=_SPACE.sub(" ", text).strip()[:100],
    )


def _distance(days: Resolved, today: date | None, bound: int) -> tuple[int | None, bool | None]:
    """Days from the span's end to publication, and whether it is recent."""
    if days.start is None or days.end is None or (not today and not days.distance):
        return None, days.recent
    if days.absolute and today is None:
        return None, False if days.end.year < bound else None
    day = today or NOMINAL
    ends, begins = (day - days.end).days, (day - days.start).days
    if begins < 0:
        return ends, None
    if days.duration and begins > TOTAL_DAYS:
        return ends, False
    return ends, True if begins <= NEWS_DAYS else False if ends > OLD_DAYS else days.recent


@Language.component("wirewatch_dates", assigns=["doc._.dates"])
def dates(doc: Doc) -> Doc:
    """Write ``doc._.dates`` from ``doc._.published`` and the tokens alone."""
    doc._.dates = find_dates(doc, published(doc))
    return doc


register()
