"""What becomes of a record that fails, without Kafka: sends are recorded by a topic of ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.errors import MessageSizeTooLargeError

from wirewatch.config.settings import Settings
from wirewatch.streams import stage as stage_module
from wirewatch.streams.app import make_app
from wirewatch.streams.blame import RecordError, blamed_on_record
from wirewatch.streams.codecs import DecodeError, Outgoing
from wirewatch.streams.stage import ATTEMPTS, MOST_AT_ONCE, Stage, StageFault


class Letters:
    """Stands in for the dead-letter topic."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    async def send(self, **record: Any) -> Any:
        self.sent.append(record)
        return asyncio.sleep(0)


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(stage_module, "RETRY_SECONDS", 0)
    settings = Settings(broker="kafka://127.0.0.1:1")
    made = Stage("link", make_app(settings, "link", tmp_path), settings)
    made.dead_letters._topic = Letters()
    return made


def message() -> Any:
    source = SimpleNamespace(
        topic="events", partition=1, offset=5, key=b"k", value=b"\xffraw", headers={"ce_id": b"1"}
    )
    return SimpleNamespace(message=source, value=source.value)


async def test_a_passing_fault_is_tried_again(stage: Stage) -> None:
    tries = []

    async def handle(_message: Any) -> None:
        tries.append(1)
        if len(tries) < ATTEMPTS:
            raise RecordError("not yet")

    await stage.attempt(message(), handle)
    assert len(tries) == ATTEMPTS
    assert not stage.dead_letters._topic.sent


async def test_a_lasting_fault_of_the_record_becomes_a_dead_letter(stage: Stage) -> None:
    async def handle(_message: Any) -> None:
        with blamed_on_record():
            raise KeyError("place")

    await stage.attempt(message(), handle)
    (letter,) = stage.dead_letters._topic.sent
    headers = dict(letter["headers"])
    assert (letter["key"], letter["value"]) == (b"k", b"\xffraw")
    assert headers["ce_id"] == b"1"
    assert headers["ww_error"] == b"KeyError"
    assert headers["ww_attempts"] == str(ATTEMPTS).encode()
    assert (headers["ww_topic"], headers["ww_partition"], headers["ww_offset"]) == (
        b"events", b"1", b"5"
    )  # fmt: skip


async def test_what_cannot_be_decoded_is_not_tried_again(stage: Stage) -> None:
    async def handle(_message: Any) -> None:
        raise DecodeError("not an Event")

    await stage.attempt(message(), handle)
    assert dict(stage.dead_letters._topic.sent[0]["headers"])["ww_attempts"] == b"1"


async def test_a_fault_that_is_not_the_records_is_raised(stage: Stage) -> None:
    async def handle(_message: Any) -> None:
        raise ConnectionError("Kafka is away")

    with pytest.raises(ConnectionError):
        await stage.attempt(message(), handle)
    assert not stage.dead_letters._topic.sent


async def test_draining_waits_for_records_under_way(stage: Stage) -> None:
    async def commit() -> None:
        committed.append(1)

    committed: list[int] = []
    stage.app.consumer.commit = commit
    with stage.at_work():
        drained = asyncio.ensure_future(stage.drained())
        await asyncio.sleep(0)
        assert not drained.done()
    await drained
    assert committed


async def test_a_fault_in_background_work_is_the_stages(stage: Stage) -> None:
    async def broken() -> None:
        raise OSError("disk full")

    stage._tasks = [asyncio.ensure_future(broken())]
    with pytest.raises(StageFault, match="stage link: OSError: disk full"):
        await stage.fault()


class Full:
    """A producer that refuses what is too large, as aiokafka's does."""

    async def send(self, *_: Any, **__: Any) -> Any:
        raise MessageSizeTooLargeError("5 MB")


async def test_output_too_large_for_kafka_is_the_records_fault(stage: Stage) -> None:
    async def producer() -> Any:
        return SimpleNamespace(_producer=Full())

    stage.app.maybe_start_producer = producer

    async def handle(_message: Any) -> None:
        await stage.deliver([("incidents", Outgoing(b"k", b"v", []))])

    await stage.attempt(message(), handle)
    headers = dict(stage.dead_letters._topic.sent[0]["headers"])
    assert headers["ww_error"] == b"MessageSizeTooLargeError"


class Stream:
    """Faust's stream over a queue, as far as batches go."""

    def __init__(self, values: list[bytes], generation: int = 0) -> None:
        self.waiting = [message_of(value, generation) for value in values]
        self.channel = SimpleNamespace(queue=SimpleNamespace(empty=lambda: not self.waiting))
        self.acked: list[bytes] = []

    def noack(self) -> Stream:
        return self

    async def events(self) -> AsyncIterator[Any]:
        while self.waiting:
            yield self.waiting.pop(0)

    async def ack(self, message: Any) -> None:
        self.acked.append(message.value)


def message_of(value: bytes, generation: int = 0) -> Any:
    made = message()
    made.value = made.message.value = value
    made.message.generation_id = generation
    return made


async def test_records_that_wait_are_handled_together_and_acknowledged_after_that(
    stage: Stage,
) -> None:
    stream = Stream([b"%d" % number for number in range(MOST_AT_ONCE + 2)])
    batches: list[list[bytes]] = []

    async def handle(messages: list[Any]) -> None:
        assert len(stream.acked) == sum(map(len, batches))
        assert stage.in_flight == len(messages)
        batches.append([one.value for one in messages])

    await stage.consume_batches(stream, handle)
    assert [len(batch) for batch in batches] == [MOST_AT_ONCE, 2]
    assert stream.acked == [value for batch in batches for value in batch]
    assert stage.in_flight == 0


async def test_of_a_batch_only_the_record_at_fault_becomes_a_dead_letter(stage: Stage) -> None:
    stream = Stream([b"good", b"bad", b"also good"])
    done: list[bytes] = []

    async def handle(messages: list[Any]) -> None:
        values = [one.value for one in messages]
        if b"bad" in values:
            raise RecordError("bad")
        done.extend(values)

    await stage.consume_batches(stream, handle)
    assert done == [b"good", b"also good"]
    assert [letter["value"] for letter in stage.dead_letters._topic.sent] == [b"bad"]
    assert stream.acked == [b"good", b"bad", b"also good"]


async def test_no_record_of_a_batch_is_acknowledged_after_a_fault_that_is_not_its_own(
    stage: Stage,
) -> None:
    stream = Stream([b"1", b"2"])

    async def handle(_messages: list[Any]) -> None:
        raise ConnectionError("Kafka is away")

    with pytest.raises(ConnectionError):
        await stage.consume_batches(stream, handle)
    assert not stream.acked
    assert stage.in_flight == 0


async def test_what_came_under_an_older_assignment_is_left_to_come_again(stage: Stage) -> None:
    stream = Stream([b"old", b"older"], generation=-1)
    stream.waiting.append(message_of(b"new"))
    batches: list[list[bytes]] = []

    async def handle(messages: list[Any]) -> None:
        batches.append([one.value for one in messages])

    await stage.consume_batches(stream, handle)
    assert batches == [[b"new"]]
    assert stream.acked == [b"new"]
