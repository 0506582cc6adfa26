"""What is next, what is stuck, what is done: no Kafka, no network, a clock of the test's."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.unit.delivery.build import NOON, alert, target
from wirewatch.delivery.backlog import MOST, Backlog, Parcel
from wirewatch.delivery.outcome import Outcome

HERE = ("alerts.mass-casualty", 0)
TAKEN = Outcome("taken", "HTTP 204")
LATER = Outcome("later", "HTTP 500")
REFUSED = Outcome("refused", "HTTP 422")


class Desk:
    """A backlog and the time, and what has been tried."""

    def __init__(self, more: str = "") -> None:
        self.backlog = Backlog(target(more))
        self.now = 1000.0
        self.clock = NOON
        self.tried: list[str] = []

    def add(self, offset: int, *, incident: str = "", raised: datetime = NOON) -> None:
        one = alert(f"a{offset}", incident=incident or f"i{offset}")
        self.backlog.add(Parcel(HERE, offset, one, None, raised, due=self.now))

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.clock += timedelta(seconds=seconds)

    def attempt(self, outcome: Outcome) -> bool:
        """Try what is next, waiting for it; whether it is tried again."""
        self.wait(self.backlog.wait(self.now))
        parcel = self.backlog.next(self.now)
        assert parcel
        self.tried.append(parcel.alert.id)
        self.backlog.begin(parcel, self.now)
        again = self.backlog.end(parcel, outcome, self.now, self.clock)
        if not again:
            self.backlog.done(parcel)
        return again

    @property
    def done(self) -> int:
        return self.backlog.done_up_to()[HERE]


def test_nothing_is_acknowledged_before_it_is_done() -> None:
    desk = Desk()
    desk.backlog.skip(HERE, 6)
    assert desk.done == 7
    desk.add(7)
    desk.add(8)
    desk.backlog.skip(HERE, 9)
    assert desk.done == 7
    desk.attempt(LATER)
    desk.attempt(TAKEN)
    assert desk.tried == ["a7", "a8"]
    assert desk.done == 7, "the later one is done, the earlier is not"
    desk.attempt(TAKEN)
    assert (desk.done, len(desk.backlog)) == (10, 0)


def test_one_that_is_refused_for_ever_does_not_hold_up_the_others() -> None:
    desk = Desk()
    for offset in (1, 2, 3):
        desk.add(offset)
    assert not desk.attempt(REFUSED)
    desk.attempt(TAKEN)
    desk.attempt(TAKEN)
    assert desk.done == 4


def test_alerts_on_one_incident_keep_their_order() -> None:
    desk = Desk()
    desk.add(1, incident="quake")
    desk.add(2, incident="quake")
    desk.add(3, incident="flood")
    desk.attempt(LATER)
    desk.attempt(TAKEN)
    assert desk.tried == ["a1", "a3"]
    desk.attempt(TAKEN)
    desk.attempt(TAKEN)
    assert desk.tried == ["a1", "a3", "a1", "a2"]


def test_a_dead_target_is_left_alone_ever_longer_and_found_again_within_a_minute() -> None:
    desk = Desk()
    for offset in range(20):
        desk.add(offset)
    begun = desk.now
    while desk.now < begun + 3600:
        assert desk.attempt(LATER)
    assert len(desk.tried) < 75, "a dead target gets about one request a minute"
    back = desk.now
    for _ in range(20):
        desk.attempt(TAKEN)
    assert desk.now - back <= 61 + 20, "all is delivered as soon as it is back, at its rate"
    assert desk.done == 20


def test_a_target_that_asks_for_time_gets_it() -> None:
    desk = Desk()
    desk.add(1)
    desk.add(2)
    desk.attempt(Outcome("later", "HTTP 429", wait=120))
    assert desk.backlog.wait(desk.now) == pytest.approx(120)
    assert desk.backlog.next(desk.now + 119) is None
    assert desk.backlog.next(desk.now + 120) is not None


def test_the_rate_limits_all_attempts() -> None:
    desk = Desk("rate: 2/m")
    for offset in range(3):
        desk.add(offset)
    desk.attempt(TAKEN)
    desk.attempt(TAKEN)
    assert desk.backlog.next(desk.now) is None
    assert desk.backlog.wait(desk.now) == pytest.approx(30)


def test_it_is_given_up_after_a_day() -> None:
    desk = Desk()
    desk.add(1)
    while desk.attempt(LATER):
        assert desk.clock - NOON < timedelta(hours=24)
    assert timedelta(hours=24) <= desk.clock - NOON < timedelta(hours=24, minutes=20)
    assert desk.done == 2


def test_a_worker_that_comes_back_after_days_still_tries() -> None:
    desk = Desk()
    desk.add(1, raised=NOON - timedelta(days=3))
    begun = desk.clock
    assert desk.attempt(LATER)
    while desk.attempt(LATER):
        pass
    assert timedelta(minutes=15) <= desk.clock - begun < timedelta(minutes=35)


@pytest.mark.parametrize("jump", [timedelta(days=400), timedelta(days=-400)])
def test_a_clock_that_jumps_neither_loses_nor_delays_anything(jump: timedelta) -> None:
    desk = Desk()
    desk.add(1)
    desk.attempt(LATER)
    desk.clock += jump
    assert desk.backlog.wait(desk.now) < 7
    assert desk.attempt(LATER), "it is not given up for a jump"
    assert not desk.attempt(TAKEN)
    assert desk.done == 2


def test_hands_are_full_at_some_time() -> None:
    desk = Desk()
    for offset in range(MOST):
        assert desk.backlog.room
        desk.add(offset)
    assert not desk.backlog.room
    desk.attempt(TAKEN)
    assert desk.backlog.room == 1


def test_what_is_read_twice_is_not_taken_in_twice() -> None:
    desk = Desk()
    desk.add(1)
    desk.add(1)
    assert len(desk.backlog) == 1


def test_what_is_under_way_when_all_is_forgotten_acknowledges_nothing() -> None:
    desk = Desk()
    desk.add(1)
    parcel = desk.backlog.next(desk.now)
    assert parcel
    desk.backlog.begin(parcel, desk.now)
    desk.backlog.forget()
    desk.add(1)
    assert not desk.backlog.end(parcel, TAKEN, desk.now, desk.clock)
    desk.backlog.done(parcel)
    assert desk.done == 1


def test_nothing_to_do_is_no_time_to_wait_for() -> None:
    desk = Desk()
    assert desk.backlog.wait(desk.now) == float("inf")
    assert desk.backlog.next(desk.now) is None
