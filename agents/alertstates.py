"""What was said of each incident: kept as long as the incident, then forgotten in two steps.

An incident's tombstone empties its state and marks it; the mark goes an hour later. A worker that
is killed in between reads some records again, tombstone included: without the mark it would take
what was said before for news, and give alerts ids that nobody ever saw.
"""

from __future__ import annotations

from collections import defaultdict
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
    """The states of a stage's partitions: as the table has them, under changes not yet written.

    Each partition's calls must not overlap.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._swept: dict[int, datetime] = {}
        self._changed: defaultdict[int, dict[str, bytes | None]] = defaultdict(dict)

    def get(self, partition: int, incident: str) -> AlertState | None:
        """What was said of ``incident``; None if nothing."""
        changed = self._changed[partition]
        kept = changed[incident] if incident in changed else self._table.get(partition, incident)
        return _state(kept) if kept else None

    def put(self, partition: int, state: AlertState) -> None:
        """Keep ``state``; it reaches the table at the next ``flush``."""
        self._changed[partition][state.incident] = msgspec.json.encode(state)

    def forget(self, partition: int, incident: str, now: datetime) -> None:
        """Empty what was said of ``incident`` and mark it as forgotten, at the next ``flush``."""
        kept = self.get(partition, incident)
        if kept and not kept.forgotten:
            self.put(partition, replace(kept, rules={}, forgotten=now))

    def sweep(self, partition: int, now: datetime) -> None:
        """Delete marks older than an hour at the next ``flush``, at most once in ten minutes."""
        last = self._swept.get(partition)
        if last is None or abs(now - last) >= SWEEP:
            self._swept[partition] = now
            gone = faded(self._table.items(partition), now)
            self._changed[partition].update(dict.fromkeys(gone[:MOST_SWEPT]))

    async def flush(self, partition: int) -> None:
        """Write what changed, all or nothing; return when it is durable."""
        await self._table.put(partition, self._changed[partition])
        self.drop(partition)

    def drop(self, partition: int) -> None:
        """Forget what was changed since the last ``flush``."""
        self._changed[partition].clear()


def faded(states: Iterable[tuple[str, bytes]], now: datetime) -> list[str]:
    """Keys of the states whose mark is older than an hour, or set by a clock that was ahead."""
    marks = ((key, _state(value).forgotten) for key, value in states)
    return [key for key, mark in marks if mark and abs(now - mark) >= MARKED]


def _state(value: bytes) -> AlertState:
    return msgspec.json.decode(value, type=AlertState)
