"""Dates that count from publication: "on Monday", "two weeks ago", "last year"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wirewatch.extraction.dates.days import (
    OPEN,
    Context,
    Resolved,
    Words,
    back,
    count_of,
    day_of,
    is_range,
    month_end,
    part,
    value,
)
from wirewatch.extraction.dates.words import UNITS
from wirewatch.model import Precision

DAY_HOURS = 24
"""From so many hours on, hours are counted as days."""


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
    """Reads "two days ago", "decades ago", "20 years ago today"."""
    unit = value(words, "U") or 0
    if words[0].text == "half" or is_range(words):  # "half a century ago", "2-3 weeks ago"
        return _ago(unit, None, context.day)
    count = count_of(words)
    if unit == UNITS["year"] and count and words[-1].kind == "Q":
        day = day_of(context.day.year - count, context.day.month, context.day.day)
        return Resolved(day, day) if day else _ago(unit, count, context.day)
    if unit == 0 and count and count >= DAY_HOURS:
        hours = count if any(word.text.startswith("hour") for word in words) else 0
        return Resolved(
            back(context.day, -(-hours // DAY_HOURS)), back(context.day, hours // DAY_HOURS)
        )
    return _ago(unit, count, context.day)


def later(words: Words, context: Context) -> Resolved | None:
    """Counted from the last day named before; not what would lie ahead of a text that tells."""
    unit, count = value(words, "U") or 0, count_of(words)
    if not context.latest or not count or not UNITS["day"] <= unit <= UNITS["week"]:
        return None
    day = context.latest + timedelta(days=unit * count)
    if day > context.day and not context.future:
        return None
    return _ago(unit, 0, day)


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
    if any(word.text == "previous" for word in words):
        return _ago(UNITS["day"], 1, context.latest) if context.latest else Resolved(recent=True)
    if any(word.text == "overnight" for word in words):
        return Resolved(context.day - timedelta(days=1), context.day)
    day = context.day + timedelta(days=shift)
    return Resolved(day, day)


def eve(words: Words, context: Context) -> Resolved | None:
    """Reads "the day before yesterday", "the night before last", "the week before last"."""
    unit = value(words, "U") or UNITS["day"]
    if UNITS["day"] < unit <= UNITS["year"]:
        return calendar_unit(words, unit, -2, context)
    day = context.day - timedelta(days=2)
    return Resolved(day, day)


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
        return calendar_unit(words, unit, -1, context)
    if unit == 0:
        hours = count or 1 if any(word.text.startswith("hour") for word in words) else 1
        return Resolved(back(context.day, -(-hours // DAY_HOURS)), context.day)
    start = back(context.day, unit * (count or 1))
    precision: Precision = "day" if unit == 1 else "week" if unit < 30 else "year"
    return Resolved(
        start, context.day, precision, duration=unit * (count or 1) > UNITS["fortnight"]
    )


def calendar_unit(words: Words, unit: int, shift: int, context: Context) -> Resolved:
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
    found = calendar_unit(words, min(unit, UNITS["year"]), 0, context)
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
    if count is None and unit <= UNITS["day"]:  # tomorrow would be called that
        day = context.latest and context.latest + timedelta(days=1)
        return Resolved(day, day) if day else OPEN
    if count is None and UNITS["day"] < unit < UNITS["decade"]:
        return calendar_unit(words, unit, 1, context)
    ahead = min(max(unit, 1) * (count or 1), 36525)
    return Resolved(context.day, context.day + timedelta(days=ahead), "week")


def anniversary(words: Words, context: Context) -> Resolved:
    """What happened so many years before: history, even if today marks it."""
    count = value(words, "O") or count_of([word for word in words if word.kind != "q"])
    unit = value(words, "U") or UNITS["year"]
    if not count or unit < UNITS["month"]:
        return Resolved(recent=False)
    return _ago(unit, count, context.day) or Resolved(recent=False)
