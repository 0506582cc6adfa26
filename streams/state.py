"""A stage's state: a Faust table, written in the order that loses nothing.

A kill may come between any two steps, so the order is: what a record leads to is delivered, then
the changelog, then the local store, then the record is acknowledged. A record read again finds
state that reflects it only if its output is out, and the local store never holds what the changelog
lacks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import rocksdict

from wirewatch.errors import BrokerError
from wirewatch.streams.blame import size_blamed_on_record

_MEGABYTE = 1024 * 1024
_OPTIONS = {
    "block_cache_size": 8 * _MEGABYTE,
    "write_buffer_size": 4 * _MEGABYTE,
    "max_write_buffer_number": 2,
    "max_open_files": 64,
}
"""RocksDB's memory for each partition of each table: at most 16 MB."""


_TOGETHER = "\0together"
"""Key of changes that belong together, while they are written one by one."""


class StateTable:
    """Bytes by key, each partition apart, kept in RocksDB and on a compacted changelog topic."""

    def __init__(self, app: Any, name: str) -> None:
        self._app = app
        self._table = app.Table(
            name,
            key_type=bytes,
            value_type=bytes,
            partitions=app.conf.topic_partitions,
            options=dict(_OPTIONS),
        )

    @property
    def changelog(self) -> str:
        """Name of the changelog topic."""
        name: str = self._table.changelog_topic.get_topic_name()
        return name

    def get(self, partition: int, key: str) -> bytes | None:
        """Value of ``key`` as stored in ``partition``; None if there is none."""
        value: bytes | None = self._store(partition).get(key.encode())
        return value

    def items(self, partition: int) -> Iterator[tuple[str, bytes]]:
        """All keys and values of ``partition``, in the order of the keys' bytes."""
        for key, value in self._store(partition).items():
            if key not in {self._table.data.offset_key, _TOGETHER.encode()}:
                yield key.decode(), value

    async def put(self, partition: int, changes: Mapping[str, bytes | None]) -> None:
        """Write ``changes`` (None deletes), changelog first; return when they are durable.

        Raises what a failed send raises; the worker then ends and the record is read again.
        """
        if not changes:
            return
        with size_blamed_on_record():
            sent = [
                await self._table.changelog_topic.send(
                    key=key.encode(), value=value, partition=partition
                )
                for key, value in changes.items()
            ]
        delivered = await asyncio.gather(*sent)
        self._write(partition, changes)
        last = max(delivered, key=lambda place: place.offset)
        self._table.data.set_persisted_offset(last.topic_partition, last.offset)

    async def put_together(self, partition: int, changes: Mapping[str, bytes | None]) -> None:
        """As ``put``, and a kill in the middle leaves none of them or, after ``settle``, all.

        The changelog takes one record after the other: what is about to be written goes first,
        whole, and is taken back by the last.
        """
        if len(changes) > 1:
            await self.put(partition, {_TOGETHER: msgspec.msgpack.encode(changes)})
            changes = {**changes, _TOGETHER: None}
        await self.put(partition, changes)

    async def settle(self, partition: int) -> None:
        """Finish what a kill interrupted in ``put_together``; before anything is read."""
        whole = self.get(partition, _TOGETHER)
        if whole is not None:
            changes = msgspec.msgpack.decode(whole, type=dict[str, bytes | None])
            await self.put(partition, {**changes, _TOGETHER: None})

    def _write(self, partition: int, changes: Mapping[str, bytes | None]) -> None:
        batch = rocksdict.WriteBatch(raw_mode=True)
        for key, value in changes.items():
            if value is None:
                batch.delete(key.encode())
            else:
                batch.put(key.encode(), value)
        self._store(partition).write(batch)

    def _store(self, partition: int) -> Any:
        stores = self._table.data._dbs  # noqa: SLF001 - opening one here would steal its lock
        if partition not in stores:
            raise BrokerError(f"table {self._table.name}: partition {partition} is not ours now")
        return stores[partition]
