"""Rate limit and waits, on a clock of the test's."""

from __future__ import annotations

import pytest

from wirewatch.delivery.pace import LONGEST_WAIT, Bucket, next_wait, pause
from wirewatch.delivery.target import Rate


def test_a_burst_goes_at_once_then_one_at_a_time() -> None:
    bucket = Bucket(Rate(3, 60))
    for _ in range(3):
        assert bucket.wait(100.0) == 0
        bucket.take(100.0)
    assert bucket.wait(100.0) == pytest.approx(20)
    assert bucket.wait(110.0) == pytest.approx(10)
    assert bucket.wait(120.0) == pytest.approx(0)
    bucket.take(120.0)
    assert bucket.wait(120.0) == pytest.approx(20)


def test_it_never_lets_more_through_than_the_rate() -> None:
    bucket = Bucket(Rate(5, 1))
    sent, now = 0, 0.0
    while now < 10:
        wait = bucket.wait(now)
        if wait <= 1e-9:
            bucket.take(now)
            sent += 1
        else:
            now += wait
    assert 50 <= sent <= 56


def test_long_silence_saves_no_more_than_one_burst() -> None:
    bucket = Bucket(Rate(2, 1))
    bucket.take(0.0)
    for _ in range(2):
        assert bucket.wait(9999.0) == 0
        bucket.take(9999.0)
    assert bucket.wait(9999.0) > 0


def test_waits_double_to_a_quarter_of_an_hour() -> None:
    waits = [next_wait("a1", attempts) for attempts in range(1, 40)]
    assert 4 <= waits[0] <= 6
    assert waits[1] == pytest.approx(2 * waits[0])
    assert waits == sorted(waits)
    assert 0.8 * LONGEST_WAIT <= waits[-1] <= 1.2 * LONGEST_WAIT
    assert len({next_wait(f"a{n}", 1) for n in range(50)}) == 50, (
        "they do not all come back at once"
    )


def test_a_day_holds_a_hundred_attempts_not_a_million() -> None:
    passed, attempts = 0.0, 0
    while passed < 86_400:
        attempts += 1
        passed += next_wait("a1", attempts)
    assert 80 <= attempts <= 140


def test_a_target_is_left_alone_for_a_minute_at_most() -> None:
    assert [pause(n) for n in (1, 2, 3, 6, 7, 1000)] == [1, 2, 4, 32, 60, 60]
