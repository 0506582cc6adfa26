"""Whether a number is a time of day or a day of the month."""

from __future__ import annotations

import re

from wirewatch.extraction.numbers.numeral import DASHES, Words
from wirewatch.extraction.numbers.span import Span
from wirewatch.extraction.numbers.words import section

_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?:am|pm|a\.m\.|p\.m\.)?|\d{1,2}(?:am|pm)")
_DATE = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}")
_MONTHS = section("months")
_CLOCK_AFTER = section("clock-after")
_CLOCK_SURE = _CLOCK_AFTER - {"local", "hrs", "hours"}
_CLOCK_BEFORE = frozenset(("at", "after", "before", "until", "till", "by", "past"))
_DAY_PARTS = frozenset(("morning", "afternoon", "evening"))


def clock(words: Words, span: Span) -> bool:
    """Whether the number is a time of day: "4:30", "at 5 this morning", "0600 GMT"."""
    text, following = words.at(span.start), words.at(span.end)
    if _CLOCK.fullmatch(text) or following in _CLOCK_SURE:
        return True
    if span.value <= 12 and words.at(span.start - 1) in _CLOCK_BEFORE:
        said = words.at(span.end), words.at(span.end + 1), words.at(span.end + 2)
        if said[0] == "this" and said[1] in _DAY_PARTS:
            return True
        if said[:2] == ("in", "the") and said[2] in _DAY_PARTS:
            return True
    four = span.digits and len(text) == 4 and span.value < 2400
    return four and (following in _CLOCK_AFTER or words.at(span.start - 1) == "at")


def date(words: Words, span: Span) -> bool:
    """Whether the number is a day of a month, or a whole date in figures."""
    if _DATE.fullmatch(words.at(span.start)):
        return True
    if not (span.digits and 1 <= span.value <= 31) or span.bounded:
        return False
    before, after = words.at(span.start - 1).rstrip("."), words.at(span.end).rstrip(".")
    if before in _MONTHS and (before != "may" or words.text[span.start - 1] != "may"):
        return not (before in ("march", "may") and words.text[span.start - 1].islower())
    ends = words.at(span.end + 1) if after in ("of", "and", "to", *DASHES) else ""
    return (after in _MONTHS and words.text[span.end][:1].isupper()) or ends in _MONTHS
