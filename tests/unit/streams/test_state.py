"""A table's state after a kill at any moment, on a real RocksDB and real batches of records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rocksdict

from tests.unit.streams.fakes import OFFSET, KilledError, Producer, table
from wirewatch.streams.blame import RecordError
from wirewatch.streams.topics import MAX_RECORD_BYTES

BEFORE = {"a": b"event", "c": b"stays"}
MOVE = {"a": None, "b": b"event"}
AFTER = {"b": b"event", "c": b"stays"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[rocksdict.Rdict]:
    opened = rocksdict.Rdict(str(tmp_path / "store"), rocksdict.Options(raw_mode=True))
    yield opened
    opened.close()


def recovered(producer: Producer) -> dict[str, bytes]:
    """What another worker reads back from the changelog."""
    found: dict[str, bytes] = {}
    for key, value in producer.of("changelog"):
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
    producer = Producer()
    state = table(store, producer)
    await state.put(0, BEFORE)
    producer.dies = dies
    try:
        await state.put(0, MOVE)
    except KilledError:
        assert dies
    assert dict(state.items(0)) == on_disk
    assert recovered(producer) == on_kafka
    reflected = int(store[OFFSET]) + 1
    assert reflected == (4 if on_disk == AFTER else 2)


@pytest.mark.parametrize("sizes", [[MAX_RECORD_BYTES], [MAX_RECORD_BYTES // 2] * 2])
async def test_what_kafka_does_not_take_at_once_is_the_records_fault(
    store: rocksdict.Rdict, sizes: list[int]
) -> None:
    producer = Producer()
    state = table(store, producer)
    with pytest.raises(RecordError, match="too large"):
        await state.put(0, {str(number): bytes(size) for number, size in enumerate(sizes)})
    assert not producer.of("changelog")
    assert not dict(state.items(0))
