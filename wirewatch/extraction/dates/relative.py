"""Dates that count from publication: "on Monday", "two weeks ago", "last year"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wirewatch.extraction.dates.days import (
    Context,
    Resolved,
    Words,
    back,
    count_of,
    month_end,
    part,
    single,
    value,
)
from wirewatch.extraction.dates.words import UNITS
from wirewatch.model import Precision


def weekday(words: Words, context: Context) -> Resolved | None:
    """The last such day up to publication, or the next when the clause looks ahead."""
    number = value(words, "W") or 0
    kinds = {word.kind for word in words}
    today = context.day
    gone = (today.weekday() - number) % 7
    week = next((word for word in words if word.kind == "U"), None)
    if week is not None:
        monday = today - timedelta(days=today.weekday())
        shift = -7 if "L" in kinds else 7 if "X" in kinds else 0
        found = monday + timedelta(days=number + shift) if week.value == 7 else None
        return single(found)
    if "X" in kinds:
        return single(today + timedelta(days=7 - gone))
    if "L" in kinds:
        return single(today - timedelta(days=gone or 7))
    ahead = context.future or ("T" in kinds and gone > 3)
    day = today + timedelta(days=(7 - gone) % 7) if ahead else today - timedelta(days=gone)
    return Resolved(day, day, distance=False, recent=None if ahead else True)


def repeated(_: Words, __: Context) -> Resolved:
    """A length of time or a repeat: no days follow."""
    return Resolved(duration=True)


def _ago(unit: int, count: int | None, today: date) -> Resolved | None:
    """A point ``count`` units back; the coarser the unit, the wider the span."""
    if count is None:  # "weeks ago": some, nobody knows how many
        return Resolved(recent=unit <= UNITS["day"] if unit < UNITS["month"] else False)
    middle = back(today, unit * count)
    if unit <= UNITS["day"]:
        return Resolved(middle, middle)
    if unit <= UNITS["fortnight"]:
        return Resolved(back(middle, 3), middle + timedelta(days=3), "week")
    if unit < UNITS["year"]:
        months = today.year * 12 + today.month - 1 - count * (3 if unit == UNITS["quarter"] else 1)
        year, month = max(months // 12, 1), months % 12 + 1
        return Resolved(date(year, month, 1), month_end(year, month), "month")
    years = {UNITS["decade"]: 10, UNITS["century"]: 100}.get(unit, 1) * count
    year = max(today.year - years, 1)
    return Resolved(date(year, 1, 1), date(year, 12, 31), "year")


def ago(words: Words, context: Context) -> Resolved | None:
    """Reads "two days ago", "decades ago"."""
    return _ago(value(words, "U") or 0, count_of(words), context.day)


def earlier(words: Words, context: Context) -> Resolved | None:
    """Counted from the last day named before, else from publication."""
    unit, count = value(words, "U") or 0, count_of(words)
    found = _ago(unit, count, context.latest or context.day)
    if found is None or context.latest or unit > UNITS["week"]:
        return found
    return Resolved(recent=True)


def today(words: Words, context: Context) -> Resolved | None:
    """Today, yesterday, tomorrow, tonight, overnight, last night."""
    kinds = {word.kind for word in words}
    shift = -1 if "y" in kinds or "L" in kinds else 1 if "t" in kinds else 0
    if any(word.text == "overnight" for word in words):
        return Resolved(context.day - timedelta(days=1), context.day)
    day = context.day + timedelta(days=shift)
    return Resolved(day, day)


def eve(_: Words, context: Context) -> Resolved | None:
    """Reads "the day before yesterday", "the night before last"."""
    day = context.day - timedelta(days=2)
    return Resolved(day, day)


def weekend(words: Words, context: Context) -> Resolved | None:
    """Saturday and Sunday, the last ones unless the clause looks ahead."""
    monday = context.day - timedelta(days=context.day.weekday())
    ahead = context.future or any(word.kind == "X" for word in words)
    current = context.day.weekday() >= 5 and not any(word.kind == "L" for word in words)
    saturday = monday + timedelta(days=5 if ahead or current else -2)
    return Resolved(saturday, saturday + timedelta(days=1), "week")


def recent(words: Words, _: Context) -> Resolved:
    """Reads "in recent days": news; "in recent years": history."""
    unit = value(words, "U") or 0
    return Resolved(duration=True, recent=unit <= UNITS["week"])


def last(words: Words, context: Context) -> Resolved | None:
    """The calendar's "last week"; "the last two weeks" and "the past week" run up to today."""
    unit, count = value(words, "U") or 0, count_of(words)
    named = next(word for word in words if word.kind == "L").text
    if named == "previous" and unit <= UNITS["week"]:
        return _ago(unit, 1, context.latest) if context.latest else Resolved(recent=True)
    if count is None and named == "last" and UNITS["day"] < unit < UNITS["decade"]:
        return _calendar(words, unit, -1, context)
    if unit == 0:
        return Resolved(back(context.day, 1), context.day)
    start = back(context.day, unit * (count or 1))
    precision: Precision = "day" if unit == 1 else "week" if unit < 30 else "year"
    return Resolved(
        start, context.day, precision, duration=unit * (count or 1) > UNITS["fortnight"]
    )


def _calendar(words: Words, unit: int, shift: int, context: Context) -> Resolved:
    """The calendar week, month or year ``shift`` units from today's."""
    return replace(_calendar_part(words, unit, shift, context.day), distance=True)


def _calendar_part(words: Words, unit: int, shift: int, day: date) -> Resolved:
    if unit <= UNITS["fortnight"]:
        monday = day + timedelta(days=7 * shift - day.weekday())
        return part(words, monday, monday + timedelta(days=6), "week", fixed=False)
    if unit < UNITS["year"]:
        months = day.year * 12 + day.month - 1 + shift
        year, month = months // 12, months % 12 + 1
        return part(words, date(year, month, 1), month_end(year, month), "month", fixed=False)
    year = day.year + shift
    return part(words, date(year, 1, 1), date(year, 12, 31), "year", fixed=False)


def this(words: Words, context: Context) -> Resolved | None:
    """Up to today, unless the words look ahead: "later this month"."""
    unit = value(words, "U") or 0
    if unit <= UNITS["day"]:
        return Resolved(context.day, context.day)
    found = _calendar(words, min(unit, UNITS["year"]), 0, context)
    assert found.start is not None
    assert found.end is not None
    if not any(word.kind == "T" for word in words):  # "the end of the year"
        return found
    if context.future or any(word.kind == "D" for word in words):
        return Resolved(max(found.start, context.day), max(found.end, context.day), found.precision)
    return Resolved(min(found.start, context.day), min(found.end, context.day), found.precision)


def following(words: Words, context: Context) -> Resolved | None:
    """Reads "next month" is the calendar's; "the next two days" begin today."""
    unit, count = value(words, "U") or 0, count_of(words)
    if count is None and UNITS["day"] < unit < UNITS["decade"]:
        return _calendar(words, unit, 1, context)
    ahead = min(max(unit, 1) * (count or 1), 36525)
    return Resolved(context.day, context.day + timedelta(days=ahead), "week")


def anniversary(words: Words, context: Context) -> Resolved:
    """What happened so many years before: history, even if today marks it."""
    count = value(words, "O") or count_of([word for word in words if word.kind != "q"])
    unit = value(words, "U") or UNITS["year"]
    if not count or unit < UNITS["month"]:
        return Resolved(recent=False)
    return _ago(unit, count, context.day) or Resolved(recent=False)
