"""How long the alert agent remembers what it said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from wirewatch.agents.alertstates import MARKED, SWEEP, AlertStates, faded
from wirewatch.model import Severity
from wirewatch.rules import AlertState
from wirewatch.rules.decide import Spoken
from wirewatch.rules.said import Said

NOW = datetime(2031, 3, 4, tzinfo=UTC)


class Rows:
    """A table of one process."""

    def __init__(self) -> None:
        self.rows: dict[tuple[int, str], bytes] = {}

    def get(self, partition: int, key: str) -> bytes | None:
        return self.rows.get((partition, key))

    def items(self, partition: int) -> Iterator[tuple[str, bytes]]:
        return iter([(key, row) for (where, key), row in self.rows.items() if where == partition])

    async def put(self, partition: int, changes: Mapping[str, bytes | None]) -> None:
        for key, value in changes.items():
            if value is None:
                self.rows.pop((partition, key))
            else:
                self.rows[partition, key] = value


def state(incident: str, *, forgotten: datetime | None = None) -> AlertState:
    severity: Severity = "severe"
    said = Said(step=10, status="happened", confirmed=None, place="Kabul", fine=3)
    spoken = Spoken(alert="a1", open=True, said=said, severity=severity, at=NOW)
    return AlertState(
        incident=incident, revision=3, version="v", rules={"mass": spoken}, forgotten=forgotten
    )


async def test_a_forgotten_incident_is_emptied_marked_and_an_hour_later_gone() -> None:
    rows = Rows()
    states = AlertStates(rows, 0)
    states.put(state("i"))
    states.put(state("j"))
    states.forget("i", NOW)
    marked = states.get("i")
    assert marked
    assert marked.rules == {}
    assert marked.forgotten == NOW
    await states.flush()
    states.sweep(NOW + MARKED - timedelta(seconds=1))
    assert states.get("i")
    states.sweep(NOW + MARKED + SWEEP)
    assert states.get("i") is None
    assert states.get("j") == state("j")


async def test_of_an_incident_that_nothing_was_said_of_nothing_is_kept() -> None:
    rows = Rows()
    states = AlertStates(rows, 0)
    states.forget("i", NOW)
    await states.flush()
    assert rows.rows == {}


async def test_a_tombstone_that_is_read_again_does_not_keep_the_mark_alive() -> None:
    states = AlertStates(Rows(), 0)
    states.put(state("i"))
    states.forget("i", NOW)
    states.forget("i", NOW + timedelta(minutes=30))
    await states.flush()
    states.sweep(NOW + MARKED)
    assert states.get("i") is None


async def test_nothing_is_written_before_the_flush_and_what_is_dropped_never() -> None:
    rows = Rows()
    states = AlertStates(rows, 0)
    states.put(state("i"))
    assert states.get("i") == state("i")
    assert rows.rows == {}
    states.drop()
    assert states.get("i") is None
    states.put(state("j"))
    await states.flush()
    assert list(rows.rows) == [(0, "j")]


async def test_partitions_are_swept_apart() -> None:
    rows = Rows()
    for partition in (0, 1):
        states = AlertStates(rows, partition)
        states.put(state("i", forgotten=NOW - MARKED))
        await states.flush()
        states.sweep(NOW)
        await states.flush()
        assert all(where != partition for where, _ in rows.rows)


@pytest.mark.parametrize(
    ("age", "gone"),
    [(timedelta(minutes=59), False), (MARKED, True), (timedelta(days=-2), True)],
)
def test_a_mark_of_a_clock_that_was_ahead_goes_too(age: timedelta, gone: bool) -> None:
    row = msgspec.json.encode(state("i", forgotten=NOW - age))
    assert bool(faded([("i", row), ("j", msgspec.json.encode(state("j")))], NOW)) is gone
