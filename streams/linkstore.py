"""The linker's store on a table: writes are held back until what they lead to is delivered."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from wirewatch.incidents import Case
from wirewatch.streams.state import StateTable


class CaseStore:
    """Cases of one partition: as the table has them, under the changes not yet written."""

    def __init__(self, table: StateTable, partition: int) -> None:
        self._table = table
        self._partition = partition
        self._changed: dict[str, Case | None] = {}
        self._values: dict[str, bytes | None] = {}
        self.unwritten = 0
        """Bytes put since the last ``flush``, a case that was put twice counted twice."""

    def get(self, key: str, /) -> Case | None:
        """The case of this id, or None."""
        if key in self._changed:
            return self._changed[key]
        value = self._table.get(self._partition, key) if key else None
        return _case(value) if value is not None else None

    def put(self, case: Case, /) -> None:
        """Keep ``case``; it reaches the table at the next ``flush``."""
        value = msgspec.json.encode(case)
        self._changed[case.id], self._values[case.id] = case, value
        self.unwritten += len(value)

    def delete(self, key: str, /) -> None:
        """Forget the case of this id, at the next ``flush``."""
        self._changed[key] = self._values[key] = None

    def items(self) -> Iterator[Case]:
        """All cases."""
        for key, value in self._table.items(self._partition):
            if key not in self._changed:
                yield _case(value)
        yield from (case for case in self._changed.values() if case is not None)

    async def flush(self) -> None:
        """Write the changes, all or none; return when they are durable."""
        await self._table.put(self._partition, self._values)
        self._changed.clear()
        self._values.clear()
        self.unwritten = 0


def _case(value: bytes) -> Case:
    return msgspec.json.decode(value, type=Case)
