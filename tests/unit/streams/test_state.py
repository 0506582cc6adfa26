"""A table's state after a kill at any moment, on a real RocksDB and real batches of records."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import rocksdict
from aiokafka.producer.message_accumulator import BatchBuilder
from aiokafka.record.memory_records import MemoryRecords

from wirewatch.streams.blame import RecordError
from wirewatch.streams.state import StateTable
from wirewatch.streams.topics import MAX_RECORD_BYTES

BEFORE = {"a": b"event", "c": b"stays"}
MOVE = {"a": None, "b": b"event"}
AFTER = {"b": b"event", "c": b"stays"}
OFFSET = b"offset"


class KilledError(Exception):
    """Where kill -9 would have struck."""


class Changelog:
    """aiokafka's producer and the topic behind it: each batch is taken whole, in order."""

    def __init__(self) -> None:
        self.records: list[tuple[bytes, bytes | None]] = []
        self.dies = ""
        """When the process is killed: "before" Kafka has the batch, "after" that, or not at all."""

    def create_batch(self) -> BatchBuilder:
        return BatchBuilder(MAX_RECORD_BYTES, 0)

    async def send_batch(self, batch: BatchBuilder, topic: str, *, partition: int) -> Any:
        assert (topic, partition, batch.closed()) == ("changelog", 0, True)
        if self.dies == "before":
            raise KilledError
        first = len(self.records)
        records = MemoryRecords(bytes(batch._build())).next_batch()
        self.records += [(one.key, one.value) for one in records]
        if self.dies == "after":
            raise KilledError
        future = asyncio.get_running_loop().create_future()
        future.set_result(SimpleNamespace(offset=first))
        return future


def table(store: rocksdict.Rdict, changelog: Changelog) -> StateTable:
    async def producer() -> Any:
        return SimpleNamespace(_producer=changelog)

    topic = SimpleNamespace(get_topic_name=lambda: "changelog")
    data = SimpleNamespace(_dbs={0: store}, offset_key=OFFSET)
    faust = SimpleNamespace(name="t", data=data, changelog_topic=topic)
    app: Any = SimpleNamespace(
        Table=lambda *_, **__: faust,
        conf=SimpleNamespace(topic_partitions=1),
        maybe_start_producer=producer,
    )
    return StateTable(app, "t")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[rocksdict.Rdict]:
    opened = rocksdict.Rdict(str(tmp_path / "store"), rocksdict.Options(raw_mode=True))
    yield opened
    opened.close()


def recovered(changelog: Changelog) -> dict[str, bytes]:
    """What another worker reads back from the changelog."""
    found: dict[str, bytes] = {}
    for key, value in changelog.records:
        if value is None:
            found.pop(key.decode())
        else:
            found[key.decode()] = value
    return found


@pytest.mark.parametrize(
    ("dies", "on_disk", "on_kafka"),
    [("before", BEFORE, BEFORE), ("after", BEFORE, AFTER), ("", AFTER, AFTER)],
)
async def test_a_kill_leaves_all_of_what_is_written_together_or_nothing(
    store: rocksdict.Rdict, dies: str, on_disk: dict[str, bytes], on_kafka: dict[str, bytes]
) -> None:
    changelog = Changelog()
    state = table(store, changelog)
    await state.put(0, BEFORE)
    changelog.dies = dies
    try:
        await state.put(0, MOVE)
    except KilledError:
        assert dies
    assert dict(state.items(0)) == on_disk
    assert recovered(changelog) == on_kafka
    reflected = int(store[OFFSET]) + 1
    assert reflected == (4 if on_disk == AFTER else 2)


@pytest.mark.parametrize("sizes", [[MAX_RECORD_BYTES], [MAX_RECORD_BYTES // 2] * 2])
async def test_what_kafka_does_not_take_at_once_is_the_records_fault(
    store: rocksdict.Rdict, sizes: list[int]
) -> None:
    changelog = Changelog()
    state = table(store, changelog)
    with pytest.raises(RecordError, match="too large"):
        await state.put(0, {str(number): bytes(size) for number, size in enumerate(sizes)})
    assert not changelog.records
    assert not dict(state.items(0))
