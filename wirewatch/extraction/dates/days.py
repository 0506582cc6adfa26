"""What an expression is resolved against, what comes out, and small calendar helpers."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wirewatch.extraction.dates.words import Word
from wirewatch.model import Precision

NOMINAL = date(2001, 7, 18)
"""Stands in for an unknown publication day (a Wednesday far from any year's end): distances such
as "last week" come out right within days, and no span is given out."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against."""

    today: date | None
    """Publication day; None: unknown."""
    future: bool
    """The clause speaks of what is to come."""
    told: bool = False
    """The clause tells what has happened."""
    latest: date | None = None
    """Day of the last expression before this one, which "a day earlier" counts from."""

    @property
    def day(self) -> date:
        """Publication day, or the day that stands in for it."""
        return self.today or NOMINAL


@dataclass(frozen=True, slots=True)
class Resolved:
    """First and last possible day; None when the words do not fix them."""

    start: date | None = None
    end: date | None = None
    precision: Precision = "day"
    duration: bool = False
    absolute: bool = False
    """True when the words alone fix the days, whenever the article was published."""
    distance: bool = True
    """False when without publication day not even a rough distance is known."""
    recent: bool | None = None
    """What the words say by themselves, where no days follow from them."""


OPEN = Resolved(distance=False)
"""A date that the words leave open."""

Words = Sequence[Word]
Resolver = Callable[[Words, Context], Resolved | None]


def value(words: Words, kinds: str) -> int | None:
    """Number of the first word of one of ``kinds``."""
    return next((word.value for word in words if word.kind in kinds), None)


def count_of(words: Words) -> int | None:
    """How many units: "two" 2, "twenty-one" 21, "2-3" 3, "a couple of" 2, bare "weeks" None."""
    exact = [word.value for word in words if word.kind in "dn"]
    if exact:
        return max(exact) if is_range(words) else sum(exact)
    return max((word.value for word in words if word.kind == "q"), default=None)


def is_range(words: Words) -> bool:
    """Whether two figures stand for what lies between them: "2-3 weeks"."""
    return sum(word.kind in "dn" and word.text.isdigit() for word in words) > 1


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def single(day: date | None, *, absolute: bool = False) -> Resolved | None:
    """A span of one day."""
    return Resolved(day, day, absolute=absolute, distance=absolute) if day else None


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def back(day: date, days: int) -> date:
    """``days`` before ``day``; never before the year 1."""
    return day - timedelta(days=min(days, day.toordinal() - 1))


def part(words: Words, start: date, end: date, precision: Precision, *, fixed: bool) -> Resolved:
    """Early, mid or late part of a stretch, or the whole of it."""
    third = (end - start) / 3
    lead = next((word.text for word in words if word.kind == "K"), "")
    if lead in {"early", "beginning", "start"}:
        end = end - 2 * third
    elif lead in {"late", "end"}:
        start = start + 2 * third
    elif lead in {"mid", "middle"}:
        start, end = start + third, end - third
    return Resolved(start, end, precision, absolute=fixed, distance=fixed)
