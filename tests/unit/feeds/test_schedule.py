"""When a feed is checked next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wirewatch.feeds import Feed
from wirewatch.feeds.schedule import max_age, next_check, retry_after
from wirewatch.feeds.state import Hints

NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)  # a Tuesday
FEED = Feed(url="https://news.example/rss", name="Example", interval=300, max_interval=3600)


def minutes(moment: datetime) -> float:
    return (moment - NOW).total_seconds() / 60


@pytest.mark.parametrize(
    ("hints", "age", "expected"),
    [
        (Hints(), None, 5),
        (Hints(), 60, 5),  # never more often than configured
        (Hints(), 900, 15),
        (Hints(ttl=1200), None, 20),
        (Hints(period=1800), 900, 30),
        (Hints(ttl=86_400), None, 60),  # never less often than configured
    ],
)
def test_the_slowest_wish_within_bounds(hints: Hints, age: float | None, expected: float) -> None:
    assert minutes(next_check(FEED, NOW, hints, max_age=age)) == expected


def test_skipped_hours_and_days_are_left_out() -> None:
    hints = Hints(skip_hours=(12, 13, 14))
    assert next_check(FEED, NOW, hints) == NOW.replace(hour=15)
    hints = Hints(skip_days=("tuesday", "wednesday"), skip_hours=(0,))
    assert next_check(FEED, NOW, hints) == NOW.replace(day=8, hour=1)
    everything = Hints(
        skip_days=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
    assert minutes(next_check(FEED, NOW, everything)) == 5


def test_failures_double_the_wait_up_to_twelve_hours() -> None:
    waits = [minutes(next_check(FEED, NOW, Hints(), failures=count)) for count in range(1, 60)]
    for count, wait in enumerate(waits):
        middle = min(5 * 2**count, 720)
        assert 0.75 * middle <= wait <= 1.25 * middle
    assert len({wait / min(5 * 2**count, 720) for count, wait in enumerate(waits)}) > 50


def test_jitter_depends_on_feed_and_seed_alone() -> None:
    other = Feed(url="https://other.example/rss", name="Other")
    first = next_check(FEED, NOW, Hints(), failures=3)
    assert first == next_check(FEED, NOW, Hints(), failures=3)
    assert first != next_check(FEED, NOW, Hints(), failures=3, seed=1)
    assert first != next_check(other, NOW, Hints(), failures=3)


def test_retry_after_is_a_lower_bound_up_to_a_day() -> None:
    assert minutes(next_check(FEED, NOW, Hints(), retry_after=7200, failures=1)) == 120
    assert minutes(next_check(FEED, NOW, Hints(), retry_after=10, failures=1)) >= 3.75
    assert minutes(next_check(FEED, NOW, Hints(), retry_after=1e9, failures=1)) == 24 * 60


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120), ("Tue, 06 May 2031 12:10:00 GMT", 600), ("Tue, 06 May 2031 11:00:00 GMT", 0),
        ("soon", None), ("", None), ("-5", None), ("Tue, 99 May 2031 12:10:00 GMT", None),
        ("Tuesday, 06-May-31 12:10:00 GMT", 600), ("9" * 400, 999_999_999_999),
    ],
)  # fmt: skip
def test_retry_after_in_seconds_and_as_a_date(value: str, expected: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"cache-control": "public, max-age=300"}, 300),
        ({"cache-control": "Max-Age=300", "age": "100"}, 200),
        ({"cache-control": "max-age=10", "age": "100"}, 0),
        ({"cache-control": 'max-age="60"'}, 60),
        ({"cache-control": "no-cache"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({}, None),
    ],
)
def test_max_age(headers: dict[str, str], expected: float | None) -> None:
    assert max_age(headers) == expected


def test_far_future_does_not_overflow() -> None:
    assert next_check(FEED, NOW, Hints(), failures=10**6) < NOW + timedelta(hours=16)
