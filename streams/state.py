"""A stage's state: a Faust table, written in the order that loses nothing.

A kill may come between any two steps, so the order is: what a record leads to is delivered, then
the changelog, then the local store, then the record is acknowledged. A record read again finds
state that reflects it only if its output is out, and the local store never holds what the changelog
lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import rocksdict

from wirewatch.errors import BrokerError
from wirewatch.streams.blame import too_large
from wirewatch.streams.producer import producer_of
from wirewatch.streams.topics import MAX_RECORD_BYTES

_MEGABYTE = 1024 * 1024
_OPTIONS = {
    "block_cache_size": 8 * _MEGABYTE,
    "write_buffer_size": 4 * _MEGABYTE,
    "max_write_buffer_number": 2,
    "max_open_files": 64,
}
"""RocksDB's memory for each partition of each table: at most 16 MB."""


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
            if key != self._table.data.offset_key:
                yield key.decode(), value

    async def put(self, partition: int, changes: Mapping[str, bytes | None]) -> None:
        """Write ``changes`` (None deletes), changelog first; return when they are durable.

        A kill at any moment leaves all of them or none: they go to Kafka as one batch of records,
        which it takes whole, and to the local store as one write. Raises RecordError if they are
        too large for that, else what a failed send raises; the worker then ends and the record is
        read again.
        """
        if changes:
            last = await self._append(partition, changes)
            self._write(partition, changes, last)

    async def _append(self, partition: int, changes: Mapping[str, bytes | None]) -> int:
        """Put ``changes`` on the changelog; give the offset of the last."""
        producer = await producer_of(self._app)
        batch = producer.create_batch()
        for key, value in changes.items():
            room = batch.append(timestamp=None, key=key.encode(), value=value)
            if room is None or batch.size() > MAX_RECORD_BYTES:  # the first always finds room
                raise too_large(f"{len(changes)} changes of table {self._table.name}")
        batch.close()  # it needs not wait for more
        sent = await producer.send_batch(batch, self.changelog, partition=partition)
        first: int = (await sent).offset
        return first + len(changes) - 1

    def _write(self, partition: int, changes: Mapping[str, bytes | None], offset: int) -> None:
        """Write ``changes`` to the local store, and how far it reflects the changelog."""
        batch = rocksdict.WriteBatch(raw_mode=True)
        for key, value in changes.items():
            if value is None:
                batch.delete(key.encode())
            else:
                batch.put(key.encode(), value)
        batch.put(self._table.data.offset_key, str(offset).encode())
        self._store(partition).write(batch)

    def _store(self, partition: int) -> Any:
        stores = self._table.data._dbs  # noqa: SLF001 - opening one here would steal its lock
        if partition not in stores:
            raise BrokerError(f"table {self._table.name}: partition {partition} is not ours now")
        return stores[partition]
