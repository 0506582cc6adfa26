"""From a matched expression to its first and last possible day."""

from __future__ import annotations

from dataclasses import replace

from wirewatch.extraction.dates import absolute, relative, weekdays
from wirewatch.extraction.dates.days import Context, Resolved, Resolver, Words

RESOLVERS: dict[str, Resolver] = {
    "whole": absolute.whole, "ymd": absolute.ymd,
    "dmy": absolute.dmy, "nth": weekdays.nth, "night": weekdays.night, "later": relative.later,
    "days": absolute.day_of_month,
    "day": absolute.day_of_month, "month": absolute.month_of_year, "season": absolute.season,
    "feast": absolute.feast, "anniversary": relative.anniversary, "eve": relative.eve,
    "weekday": weekdays.weekday, "weekdays": relative.repeated, "ago": relative.ago,
    "earlier": relative.earlier, "today": relative.today, "weekend": weekdays.weekend,
    "recent": relative.recent, "years": absolute.years, "decade": absolute.decade,
    "last": relative.last, "this": relative.this, "next": relative.following,
    "length": relative.repeated, "year": absolute.year,
}  # fmt: skip


def resolve(name: str, words: Words, context: Context) -> Resolved | None:
    """Days of one matched expression, or None if it is none after all ("31 February")."""
    try:
        found = RESOLVERS[name](words, context)
    except (OverflowError, ValueError):  # the calendar ends in 9999
        return None
    return _since(found, context) if found and words[0].kind in "sf" else found


def _since(found: Resolved, context: Context) -> Resolved:
    """Run "since 2003" from the first day of 2003 up to today."""
    if found.start is None or context.future:
        return replace(found, duration=True)
    end = context.day if context.today else found.end
    return replace(found, end=max(end or found.start, found.start), duration=True)
