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
    """The states of a stage's partitions; each partition's calls must not overlap."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._swept: dict[int, datetime] = {}

    def get(self, partition: int, incident: str) -> AlertState | None:
        """What was said of ``incident``; None if nothing."""
        kept = self._table.get(partition, incident)
        return _state(kept) if kept else None

    async def put(self, partition: int, state: AlertState) -> None:
        """Keep ``state``; return when it is durable."""
        await self._table.put(partition, {state.incident: msgspec.json.encode(state)})

    async def forget(self, partition: int, incident: str, now: datetime) -> None:
        """Empty what was said of ``incident`` and mark it as forgotten."""
        kept = self.get(partition, incident)
        if kept and not kept.forgotten:
            await self.put(partition, replace(kept, rules={}, forgotten=now))

    async def sweep(self, partition: int, now: datetime) -> None:
        """Delete marks older than an hour, if that was not done in the last ten minutes."""
        last = self._swept.get(partition)
        if last is None or abs(now - last) >= SWEEP:
            self._swept[partition] = now
            gone = faded(self._table.items(partition), now)
            await self._table.put(partition, dict.fromkeys(gone))


def faded(states: Iterable[tuple[str, bytes]], now: datetime) -> list[str]:
    """Keys of the states whose mark is older than an hour, or set by a clock that was ahead."""
    marks = ((key, _state(value).forgotten) for key, value in states)
    return [key for key, mark in marks if mark and abs(now - mark) >= MARKED]


def _state(value: bytes) -> AlertState:
    return msgspec.json.decode(value, type=AlertState)
