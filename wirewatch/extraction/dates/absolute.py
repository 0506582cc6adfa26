"""Dates that name month, year or day: "12 March", "May 2014", "the 1990s"."""

from __future__ import annotations

from datetime import date, timedelta

from wirewatch.extraction.dates.days import (
    Context,
    Resolved,
    Words,
    day_of,
    month_end,
    part,
    single,
    value,
)


def _full_year(words: Words) -> int | None:
    year = value(words, "Y")
    if year is None and (short := value(words, "2")) is not None:
        year = 1900 + short if short >= 50 else 2000 + short
    return year


def _nearest_year(month: int, day: int, context: Context) -> int:
    """The year meant where none is named: that of the last such date, or the next one ahead."""
    year, limit = context.day.year, context.day + timedelta(days=1)
    begin = date(year, month, min(day, 28))
    if context.future:
        return year if begin >= context.day.replace(day=1) else year + 1
    return year if begin <= limit else year - 1


def whole(words: Words, _: Context) -> Resolved | None:
    """Reads "2018-12-24", "12/24/2018": one token."""
    number = value(words, "I") or 0
    return single(day_of(number // 10000, number // 100 % 100, number % 100), absolute=True)


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
    year = year or _nearest_year(month, numbers[0], context)
    start, end = day_of(year, month, numbers[0]), day_of(year, month, numbers[-1])
    if not start or not end or end < start:
        return None
    return Resolved(start, end, absolute=fixed, distance=fixed)


def month_of_year(words: Words, context: Context) -> Resolved | None:
    """Reads "in May 2014", "mid-March", "last December"."""
    month, year = value(words, "Mm") or 1, _full_year(words)
    fixed = year is not None
    if year is None:
        if any(word.text == "last" for word in words):
            context = Context(context.today, future=False)
        elif any(word.kind == "X" for word in words):
            context = Context(context.today, future=True)
        year = _nearest_year(month, 1, context)
    return part(words, date(year, month, 1), month_end(year, month), "month", fixed=fixed)


def season(words: Words, context: Context) -> Resolved | None:
    """Reads "the summer of 2004", "last spring"."""
    month, year = value(words, "S") or 1, _full_year(words)
    fixed = year is not None
    if year is None:
        year = _nearest_year(month, 1, context)
    start = date(year, month, 1)
    return Resolved(start, start + timedelta(days=91), "month", absolute=fixed, distance=fixed)


def feast(words: Words, context: Context) -> Resolved | None:
    """Christmas and the new year: feasts whose day never moves."""
    eve = any(word.kind == "G" for word in words)
    christmas = any(word.kind == "H" for word in words)
    month, day = (12, 24 if eve else 25) if christmas else (12, 31) if eve else (1, 1)
    year = _full_year(words)
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
    start, end = date(first, 1, 1), date(first + (99 if first % 100 == 0 else 9), 12, 31)
    return part(words, start, end, "year", fixed=True)


def year(words: Words, _: Context) -> Resolved | None:
    """Reads "in 2011", "late 2011"."""
    number = value(words, "Y") or 1
    return part(words, date(number, 1, 1), date(number, 12, 31), "year", fixed=True)
