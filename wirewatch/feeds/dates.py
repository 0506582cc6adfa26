"""Dates as feeds write them → aware UTC datetimes, or None: never a guess, never "now"."""

from __future__ import annotations

import calendar
import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Earlier dates are unset fields (1970, year 1), not news."""
FUTURE_TOLERANCE = timedelta(minutes=10)
"""How far a publisher's clock may be ahead of ours."""
_MAX_DATE = 100
_HOURS = {
    "wet": 0, "utc": 0, "west": 1, "bst": 1, "wat": 1, "cet": 1, "cest": 2, "cat": 2, "sast": 2,
    "eet": 2, "eest": 3, "msk": 3, "trt": 3, "eat": 3, "gst": 4, "pkt": 5, "wib": 7, "ict": 7,
    "hkt": 8, "sgt": 8, "pht": 8, "myt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10,
    "acdt": 10.5, "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "art": -3, "akdt": -8, "akst": -9,
    "hst": -10,
}  # fmt: skip
"""Hours east of Greenwich of zone names that feedparser reads as UTC; only those with one common
meaning."""
_KNOWN_TO_FEEDPARSER = {
    "ut", "gmt", "z", "adt", "ast", "at", "edt", "est", "et", "cdt", "cst", "ct", "mdt", "mst",
    "mt", "pdt", "pst", "pt", "a", "n", "m", "y", "met", "mest", "am", "pm",
}  # fmt: skip
_AMERICA = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "gmt": 0, "ut": 0, "z": 0,
}  # fmt: skip
"""Hours east of Greenwich of the zone names of RFC 822."""
_ZONE = re.compile(r"\d[ ]+([A-Za-z]{1,5})$")
_TWELVE_HOURS = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")
_MISREAD = re.compile(
    rf"{_TWELVE_HOURS.pattern}|{_EPOCH.pattern}"
    r"|^\d{8}T|^\d{4}-\d\d-\d\d[T ]\d.*[a-z]{2,5}$"  # it drops the time, or the zone
    r"|(?:GMT|UTC)\s?[+-]\d{1,2}(?::\d\d)?$",  # it drops the offset
    re.IGNORECASE,
)
"""What feedparser reads, but wrongly."""
_ZONED = re.compile(
    r"^(?P<moment>.*?\d(?:\s*[ap]\.?m\.?)?)\s*(?![ap]\.?m\b)(?P<name>[a-z]{1,5})"
    r"\s?(?:(?P<hours>[+-]\d{1,2}):?(?P<minutes>\d\d)?)?$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)", re.ASCII)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_COLON = re.compile(r"(?<=[+-]\d\d):(?=\d\d$)")
_FORMATS = (
    "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M", "%Y/%m/%d", "%B %d, %Y %I:%M %p", "%B %d, %Y, %I:%M %p", "%B %d, %Y %H:%M",
    "%B %d, %Y", "%b %d, %Y %I:%M %p", "%b %d, %Y", "%d %B %Y %H:%M", "%d %B %Y",
    "%a, %d %b %Y %I:%M:%S %p", "%a, %d %b %Y %I:%M %p", "%a, %d %b %Y %I:%M:%S %p %z",
    "%a, %d %b %Y %I:%M %p %z", "%d %b %Y %I:%M %p", "%A, %B %d, %Y", "%A, %d %B %Y",
    "%A, %B %d, %Y %I:%M %p", "%A, %B %d, %Y - %H:%M", "%A, %d %B %Y %H:%M",
)  # fmt: skip
"""What feedparser cannot read and news sites were seen to write; only forms with one reading
("03/04/2026" has two and stays unread). Without a zone they are taken as UTC."""


def read(
    raw: str, parsed: time.struct_time | None = None
) -> tuple[datetime | None, tuple[str, ...]]:
    """``raw`` as a UTC time, with notes for the article if something is wrong with it.

    ``parsed`` is feedparser's reading (UTC), used where it exists.
    """
    text = " ".join(raw[:_MAX_DATE].split())
    if not text:
        return None, ()
    misread = _MISREAD.search(text)  # by feedparser
    moment, notes = _own(text) if parsed is None or misread else (None, ())
    if moment is None and parsed is not None:
        moment, notes = _in_zone(_from_tuple(parsed, text), text)
    if moment is None:
        return None, (f"date {text!r} cannot be read",)
    if moment < EARLIEST:
        return None, (f"date {text!r} is not plausible",)
    return moment, notes


def read_iso(raw: str) -> datetime | None:
    """An RFC 3339 or ISO 8601 time with its zone; None for anything less exact."""
    try:
        moment = datetime.fromisoformat(raw.strip()[:_MAX_DATE])
        moment = moment.astimezone(UTC) if moment.tzinfo else EARLIEST - timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    return moment if moment >= EARLIEST else None


def _from_tuple(parsed: time.struct_time, text: str) -> datetime | None:
    """Feedparser's reading, unless the day it found is none of the numbers in ``text``."""
    try:
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
        days = {(moment + timedelta(days=off)).day for off in (-1, 0, 1)}  # in any zone
    except (ValueError, OverflowError, OSError):
        return None
    numbers = [int(number) for number in _NUMBER.findall(text)]
    return moment if len(numbers) < 3 or days & set(numbers) else None


def _in_zone(moment: datetime | None, text: str) -> tuple[datetime | None, tuple[str, ...]]:
    """``moment``, which feedparser took as UTC if it did not know the zone's name."""
    match = _ZONE.search(text)
    zone = match[1].lower() if match else "z"
    if moment is None or zone in _KNOWN_TO_FEEDPARSER:
        return moment, ()
    if zone in _HOURS:
        return moment - timedelta(hours=_HOURS[zone]), ()
    return moment, (f"time zone of {text!r} is not known, read as UTC",)


def _own(text: str) -> tuple[datetime | None, tuple[str, ...]]:
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC), ()
    zoned = _ZONED.match(text)
    moment = _unzoned(zoned["moment"]) if zoned else None
    if zoned is None or moment is None or zoned["name"].lower() == "t":
        return _unzoned(text), ()
    hours = _hours_east(zoned)
    if hours is None:
        return moment, (f"time zone of {text!r} is not known, read as UTC",)
    return moment - timedelta(hours=hours), ()


def _hours_east(zoned: re.Match[str]) -> float | None:
    """Of a zone's name, or of an offset from Greenwich such as GMT+2."""
    name = zoned["name"].lower()
    if not zoned["hours"]:
        return (_HOURS | _AMERICA).get(name)
    if name not in {"gmt", "utc", "ut", "z"}:
        return None
    sign = -1 if zoned["hours"].startswith("-") else 1
    return int(zoned["hours"]) + sign * int(zoned["minutes"] or 0) / 60


def _unzoned(text: str) -> datetime | None:
    """``text``, in UTC where it states no offset."""
    text = _ORDINAL.sub("", text)
    try:
        return _as_utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        pass
    for form in _FORMATS:
        try:
            return _as_utc(datetime.strptime(text, form))  # noqa: DTZ007 - _as_utc adds it
        except (ValueError, OverflowError):
            continue
    try:
        found = parsedate_to_datetime(_COLON.sub("", text))
        return None if _TWELVE_HOURS.search(text) else _as_utc(found)
    except (ValueError, OverflowError, IndexError):
        return None


def _as_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
