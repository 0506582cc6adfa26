"""Dates that name month, year or day: "12 March", "May 2014", "the 1990s"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wirewatch.extraction.dates.days import (
    OPEN,
    Context,
    Resolved,
    Words,
    day_of,
    month_end,
    part,
    single,
    value,
)
from wirewatch.extraction.dates.words import UNITS
from wirewatch.model import Precision

SEASON = timedelta(days=91)
COMING_DAYS = 31
"""A date without a year that comes so soon is hardly last year's, unless a verb says so."""


def _full_year(words: Words) -> int | None:
    year = value(words, "Y")
    if year is None and (short := value(words, "2")) is not None:
        year = 1900 + short if short >= 50 else 2000 + short
    return year


def _told_year(words: Words, context: Context) -> int | None:
    """Reads "October last year": the year counted from publication."""
    if value(words, "U") != UNITS["year"]:
        return None
    named = next(word.kind for word in words if word.kind in "LTX")
    return context.day.year + {"L": -1, "T": 0, "X": 1}[named]


def _year_by_weekday(words: Words, month: int, context: Context) -> int | None:
    """Reads "Sunday, January 13": of the years around publication, the one where that is so."""
    weekday, number = value(words, "W"), value(words, "dO") or 0
    if weekday is None or context.today is None:
        return None
    this = context.today.year
    days = [day_of(year, month, number) for year in (this - 1, this, this + 1)]
    return next((day.year for day in days if day and day.weekday() == weekday), None)


def _nearest_year(month: int, day: int, context: Context) -> int:
    """The year meant where none is named: that of the last such date, or the next one ahead."""
    year, limit = context.day.year, context.day + timedelta(days=1)
    begin = date(year, month, min(day, 28))
    if context.future:
        return year if begin >= context.day.replace(day=1) else year + 1
    return year if begin <= limit else year - 1


def _is_open(month: int, day: int, context: Context) -> bool:
    """Whether a date without a year lies a few weeks ahead, where no verb says it is the last."""
    if context.future or context.told or context.today is None:
        return False
    ahead = _nearest_year(month, day, replace(context, future=True))
    days = (date(ahead, month, min(day, 28)) - context.today).days
    return 1 < days <= COMING_DAYS


def _either_way(year: int, first: int, second: int, context: Context) -> Resolved | None:
    """Day and month in figures, in an order that differs from country to country."""
    found = [day for day in (day_of(year, first, second), day_of(year, second, first)) if day]
    limit = context.day + timedelta(days=1)
    if context.today and not context.future:  # of two readings, the one that has come to pass
        found = [day for day in found if day <= limit] or found
    if not found:
        return None
    start, end = min(found), max(found)
    unsure: Precision = "year" if (end - start).days > 31 else "month"
    return Resolved(start, end, "day" if start == end else unsure, absolute=True)


def whole(words: Words, context: Context) -> Resolved | None:
    """Reads "2018-12-24", "12/24/2018": one token."""
    text = next(word.text for word in words if word.kind == "I")
    number = value(words, "I") or 0
    year, month, day = number // 10000, number // 100 % 100, number % 100
    if "." in text or text[:4].isdigit():
        return single(day_of(year, month, day), absolute=True)
    return _either_way(year, month, day, context)


def dmy(words: Words, context: Context) -> Resolved | None:
    """Reads "24-12-2018" that the tokeniser took apart."""
    first, second, year = [word.value for word in words if word.kind in "Yd"][:3]
    return _either_way(year, first, second, context)


def ymd(words: Words, _: Context) -> Resolved | None:
    """Reads "2018-12-24" that the tokeniser took apart."""
    year, month, day = [word.value for word in words if word.kind in "Ydn"][:3]
    return single(day_of(year, month, day), absolute=True)


def day_of_month(words: Words, context: Context) -> Resolved | None:
    """Reads "12 March", "March 12-14, 2004", "9 JAN 90"."""
    month, numbers = value(words, "Mm") or 1, [word.value for word in words if word.kind in "dO"]
    year = _full_year(words)
    if year is None and words[-1].kind == "n" and 32 <= words[-1].value <= 99:
        year = words[-1].value + (1900 if words[-1].value >= 50 else 2000)
    fixed = year is not None
    year = year or _told_year(words, context) or _year_by_weekday(words, month, context)
    if year is None and _is_open(month, numbers[0], context):
        return OPEN
    year = year or _nearest_year(month, numbers[0], context)
    start, end = day_of(year, month, numbers[0]), day_of(year, month, numbers[-1])
    if not start or not end or end < start:
        return None
    return Resolved(start, end, absolute=fixed, distance=fixed)


def month_of_year(words: Words, context: Context) -> Resolved | None:
    """Reads "in May 2014", "mid-March", "last December"."""
    month, year = value(words, "Mm") or 1, _full_year(words)
    fixed = year is not None
    is_last = value(words, "U") == UNITS["year"] and value(words, "L") is not None
    year = year or _told_year(words, context)
    if year is None:
        named = {word.kind for word in words}
        if named & set("LX"):
            context = replace(context, future="X" in named)
        elif not named & set("T") and _is_open(month, 1, context):
            return OPEN
        year = _nearest_year(month, 1, context)
        if "L" in named and (year, month) == (context.day.year, context.day.month):
            year -= 1  # "last December" in December
    found = part(words, date(year, month, 1), month_end(year, month), "month", fixed=fixed)
    return replace(found, distance=fixed or is_last)


def season(words: Words, context: Context) -> Resolved | None:
    """Reads "the summer of 2004", "last spring"."""
    month, year = value(words, "S") or 1, _full_year(words)
    fixed, over = year is not None, any(word.kind == "L" for word in words)
    if year is None:
        year = _nearest_year(month, 1, replace(context, future=False) if over else context)
    start = date(year, month, 1)
    if over and start + SEASON > context.day:  # the last one is over
        start = date(year - 1, month, 1)
    return Resolved(start, start + SEASON, "month", absolute=fixed, distance=fixed)


def _feast_day(words: Words) -> tuple[int, int]:
    """Month and day, or nothing for a boxing that is a sport."""
    eve = any(word.kind == "G" for word in words)
    name = next((word.text for word in words if word.kind == "H"), "")
    if name == "boxing":
        return (12, 26) if words[-1].text == "day" else (0, 0)
    return (12, 24 if eve else 25) if name else (12, 31) if eve else (1, 1)


def feast(words: Words, context: Context) -> Resolved | None:
    """Christmas and the new year: feasts whose day never moves."""
    month, day = _feast_day(words)
    year = _full_year(words)
    if not month:
        return None
    if year is None and _is_open(month, day, context):
        return OPEN
    return single(
        date(year or _nearest_year(month, day, context), month, day), absolute=year is not None
    )


def years(words: Words, _: Context) -> Resolved | None:
    """Reads "between 2003 and 2008", "2003-08"."""
    first, last = [word.value for word in words if word.kind in "Ydn"][:2]
    last += first // 100 * 100 if last < 100 else 0
    if last < first:
        return None
    return Resolved(date(first, 1, 1), date(last, 12, 31), "year", duration=True, absolute=True)


def decade(words: Words, _: Context) -> Resolved | None:
    """Reads "the early 1990s", "the 1800s"."""
    first = value(words, "E") or 0
    if words[-1].text.isalpha() and not any(word.kind == "h" for word in words):
        return None  # "in his seventies"
    start, end = date(first, 1, 1), date(first + (99 if first % 100 == 0 else 9), 12, 31)
    return part(words, start, end, "year", fixed=True)


def year(words: Words, _: Context) -> Resolved | None:
    """Reads "in 2011", "late 2011"."""
    number = value(words, "Y") or 1
    return part(words, date(number, 1, 1), date(number, 12, 31), "year", fixed=True)
