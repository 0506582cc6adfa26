"""Stand-ins for the parts of Faust and aiokafka that a table and an agent write through."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import rocksdict
from aiokafka.errors import MessageSizeTooLargeError
from aiokafka.producer.message_accumulator import BatchBuilder
from aiokafka.record.memory_records import MemoryRecords

from wirewatch.streams.state import StateTable
from wirewatch.streams.topics import MAX_RECORD_BYTES

OFFSET = b"offset"


class KilledError(Exception):
    """Where kill -9 would have struck."""


class Producer:
    """aiokafka's producer: what it was given, record by record; a batch is taken whole."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes, bytes | None]] = []
        """Topic, key and value."""
        self.refuses = b""
        """What is in records that are too large for it."""
        self.dies = ""
        """When the process is killed: "before" Kafka has the batch, "after" that, or not at all."""

    def create_batch(self) -> BatchBuilder:
        return BatchBuilder(MAX_RECORD_BYTES, 0)

    async def send(self, topic: str, value: bytes | None, *, key: bytes, headers: Any) -> Any:
        assert isinstance(headers, list)
        if self.refuses and value and self.refuses in value:
            raise MessageSizeTooLargeError("5 MB")
        self.sent.append((topic, key, value))
        return _done(len(self.sent))

    def of(self, topic: str) -> list[tuple[bytes, bytes | None]]:
        """Keys and values of the records of ``topic``."""
        return [(key, value) for name, key, value in self.sent if name == topic]

    async def send_batch(self, batch: BatchBuilder, topic: str, *, partition: int) -> Any:
        assert (topic, partition, batch.closed()) == ("changelog", 0, True)
        if self.dies == "before":
            raise KilledError
        first = len(self.of(topic))
        records = MemoryRecords(bytes(batch._build())).next_batch()
        self.sent += [(topic, one.key, one.value) for one in records]
        if self.dies == "after":
            raise KilledError
        return _done(first)


def _done(offset: int) -> Any:
    future = asyncio.get_running_loop().create_future()
    future.set_result(SimpleNamespace(offset=offset))
    return future


def producer_maker(producer: Producer) -> Any:
    """What Faust's app has as ``maybe_start_producer``."""

    async def make() -> Any:
        return SimpleNamespace(_producer=producer)

    return make


def table(store: rocksdict.Rdict, producer: Producer) -> StateTable:
    """A table with one partition in ``store``, and "changelog" as its topic."""
    topic = SimpleNamespace(get_topic_name=lambda: "changelog")
    data = SimpleNamespace(_dbs={0: store}, offset_key=OFFSET)
    faust = SimpleNamespace(name="t", data=data, changelog_topic=topic)
    app: Any = SimpleNamespace(
        Table=lambda *_, **__: faust,
        conf=SimpleNamespace(topic_partitions=1),
        maybe_start_producer=producer_maker(producer),
    )
    return StateTable(app, "t")
