"""Days of the week and of the month: "on Monday", "Friday last week", "on the 14th"."""

from __future__ import annotations

from datetime import date, timedelta

from wirewatch.extraction.dates.days import (
    OPEN,
    Context,
    Resolved,
    Words,
    day_of,
    single,
    value,
)
from wirewatch.extraction.dates.relative import calendar_unit
from wirewatch.extraction.dates.words import UNITS

NEAR = 31
"""Days back to the last day named, beyond which "on the 14th" may be of another month."""


def weekday(words: Words, context: Context) -> Resolved | None:
    """The last such day up to publication, or the next when the clause looks ahead."""
    number = value(words, "W") or 0
    kinds = {word.kind for word in words}
    today = context.day
    gone = (today.weekday() - number) % 7
    week = next((word for word in words if word.kind == "U"), None)
    if words[-1].kind == "L" and words[-1].text != "last":
        kinds -= {"L"}
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


def _nth(number: int, weekday: int | None, day: date, step: int) -> date | None:
    """The first day with that number in its month, and that weekday, going from ``day``."""
    for shift in range(NEAR * 2):
        found = day + timedelta(days=step * shift)
        if found.day == number and weekday in {None, found.weekday()}:
            return found
    return None


def nth(words: Words, context: Context) -> Resolved | None:
    """Reads "on the 14th", "Monday 24th", "the 14th of this month"; figures only."""
    number = next(word for word in words if word.kind == "O")
    weekday_ = value(words, "W")
    if not number.text[0].isdigit() or not 1 <= number.value <= 31:
        return weekday(words, context) if weekday_ is not None else None
    named = next((word for word in words if word.kind in "LTU"), None)
    if named is not None:
        return _nth_of(words, number.value, context, -1 if named.kind == "L" else 0)
    if weekday_ is None and words[0].text != "on":
        return None
    if weekday_ is None and context.latest and (context.day - context.latest).days > NEAR:
        return OPEN  # of a month that the text told of before, perhaps
    if not (context.future or context.told or number.value <= context.day.day + 1):
        return OPEN  # of last month, or still to come
    return single(_nth(number.value, weekday_, context.day, 1 if context.future else -1)) or OPEN


def _nth_of(words: Words, number: int, context: Context, shift: int) -> Resolved | None:
    if value(words, "U") != UNITS["month"]:
        return None
    month = calendar_unit(words, UNITS["month"], shift, context).start
    return single(day_of(month.year, month.month, number)) if month else None


def night(words: Words, context: Context) -> Resolved | None:
    """Reads "overnight Sunday into Monday"; "overnight Monday" may be either of two nights."""
    days = [word.value for word in words if word.kind == "W"]
    ends = context.day - timedelta(days=(context.day.weekday() - days[-1]) % 7)
    if context.future:
        return OPEN
    if len(days) > 1:
        return Resolved(ends - timedelta(days=(days[-1] - days[0]) % 7), ends)
    return Resolved(ends - timedelta(days=1), min(ends + timedelta(days=1), context.day))


def weekend(words: Words, context: Context) -> Resolved | None:
    """Saturday and Sunday, the last ones unless the clause looks ahead."""
    monday = context.day - timedelta(days=context.day.weekday())
    ahead = context.future or any(word.kind == "X" for word in words)
    current = context.day.weekday() >= 5 and not any(word.kind == "L" for word in words)
    saturday = monday + timedelta(days=5 if ahead or current else -2)
    return Resolved(saturday, saturday + timedelta(days=1), "week")
