"""When a feed is checked next: one pure function fed by everything a publisher says."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from wirewatch.feeds.feed import Feed
from wirewatch.feeds.state import Hints

BACKOFF_CAP = 12 * 3600.0
"""Seconds: a broken feed is tried at least twice a day, so that it comes back by itself."""
RETRY_AFTER_CAP = 24 * 3600.0
"""Seconds: the longest Retry-After that is obeyed."""
JITTER = 0.25
"""Share by which a delay after an error varies, so that feeds of one host do not return as one."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def next_check(
    feed: Feed,
    now: datetime,
    hints: Hints,
    *,
    max_age: float | None = None,
    retry_after: float | None = None,
    failures: int = 0,
    seed: int = 0,
) -> datetime:
    """When to ask for ``feed`` again.

    Healthy: the longest of the configured interval and the publisher's hints, at most the feed's
    ``max_interval``, then out of skipHours and skipDays. Failing: the interval doubled with each
    failure in a row, at most 12 hours, with jitter that depends on feed, count and ``seed`` alone.
    Retry-After (at most 24 hours) is a lower bound of either.
    """
    if failures:
        delay = _backoff(feed, failures, seed)
    else:
        wishes = (feed.interval, max_age or 0, hints.ttl or 0, hints.period or 0)
        delay = min(max(wishes), max(feed.max_interval, feed.interval))
    delay = max(delay, min(retry_after or 0.0, RETRY_AFTER_CAP))
    return _outside_skipped(now + timedelta(seconds=delay), hints)


def _backoff(feed: Feed, failures: int, seed: int) -> float:
    delay = min(feed.interval * 2.0 ** min(failures - 1, 30), max(BACKOFF_CAP, feed.interval))
    digest = hashlib.sha256(f"{feed.id} {failures} {seed}".encode()).digest()
    spread = int.from_bytes(digest[:4], "big") / 2**32 * 2 - 1
    return delay * (1 + JITTER * spread)


def _outside_skipped(moment: datetime, hints: Hints) -> datetime:
    """``moment``, or the first hour after it, within a week, that the feed does not skip."""
    if not hints.skip_hours and not hints.skip_days:
        return moment
    candidate = moment
    for _ in range(24 * 7):
        if (
            candidate.hour not in hints.skip_hours
            and _DAYS[candidate.weekday()] not in hints.skip_days
        ):
            return candidate
        candidate = candidate.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment


def max_age(headers: dict[str, str]) -> float | None:
    """Seconds the response says it stays fresh: Cache-Control, less the Age it already has."""
    for directive in headers.get("cache-control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name == "max-age" and value.strip('" ').isdecimal():
            age = headers.get("age", "").strip()
            seconds = float(value.strip('" ')[:12])
            return max(0.0, seconds - (float(age[:12]) if age.isdecimal() else 0.0))
    return None


def retry_after(headers: dict[str, str], now: datetime) -> float | None:
    """Seconds until Retry-After, given in seconds or as a date; None if unreadable."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value[:12])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
