"""What was said of each incident: kept as long as the incident, then forgotten in two steps.

An incident's tombstone empties its state and marks it; the mark goes an hour later. A worker that
is killed in between reads some records again, tombstone included: without the mark it would take
what was said before for news, and give alerts ids that nobody ever saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Protocol

import msgspec
from msgspec.structs import replace

from wirewatch.rules import AlertState

MARKED = timedelta(hours=1)
"""How long a forgotten incident stays marked: far longer than reads are repeated after a kill."""
SWEEP = timedelta(minutes=10)
"""How often a partition's marks are looked at."""
MOST_SWEPT = 10_000
"""Marks that go at a time: what goes to Kafka as one must not be too large for it."""


class Table(Protocol):
    """What is needed of a state table."""

    def get(self, partition: int, key: str) -> bytes | None:
        """The value kept under ``key``, or None."""
        ...

    def items(self, partition: int) -> Iterator[tuple[str, bytes]]:
        """All keys and values of a partition."""
        ...

    async def put(self, partition: int, changes: dict[str, bytes | None]) -> None:
        """Write durably; None deletes."""
        ...


class AlertStates:
    """The states of a partition: as the table has them, under changes not yet written."""

    def __init__(self, table: Table, partition: int) -> None:
        self._table = table
        self._partition = partition
        self._swept: datetime | None = None
        self._changed: dict[str, bytes | None] = {}

    def get(self, incident: str) -> AlertState | None:
        """What was said of ``incident``; None if nothing."""
        if incident in self._changed:
            kept = self._changed[incident]
        else:
            kept = self._table.get(self._partition, incident)
        return _state(kept) if kept else None

    def put(self, state: AlertState) -> None:
        """Keep ``state``; it reaches the table at the next ``flush``."""
        self._changed[state.incident] = msgspec.json.encode(state)

    def forget(self, incident: str, now: datetime) -> None:
        """Empty what was said of ``incident`` and mark it as forgotten, at the next ``flush``."""
        kept = self.get(incident)
        if kept and not kept.forgotten:
            self.put(replace(kept, rules={}, forgotten=now))

    def sweep(self, now: datetime) -> None:
        """Delete marks older than an hour at the next ``flush``, at most once in ten minutes."""
        if self._swept is None or abs(now - self._swept) >= SWEEP:
            self._swept = now
            gone = faded(self._table.items(self._partition), now)
            self._changed.update(dict.fromkeys(gone[:MOST_SWEPT]))

    async def flush(self) -> None:
        """Write what changed, all or nothing; return when it is durable."""
        await self._table.put(self._partition, self._changed)
        self.drop()

    def drop(self) -> None:
        """Forget what was changed since the last ``flush``."""
        self._changed.clear()


def faded(states: Iterable[tuple[str, bytes]], now: datetime) -> list[str]:
    """Keys of the states whose mark is older than an hour, or set by a clock that was ahead."""
    marks = ((key, _state(value).forgotten) for key, value in states)
    return [key for key, mark in marks if mark and abs(now - mark) >= MARKED]


def _state(value: bytes) -> AlertState:
    return msgspec.json.decode(value, type=AlertState)
