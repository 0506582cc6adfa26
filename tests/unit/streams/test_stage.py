"""What becomes of a record that fails, without Kafka: sends are recorded by a topic of ours."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.errors import MessageSizeTooLargeError
from faust.exceptions import ProducerSendError

from wirewatch.config.settings import Settings
from wirewatch.streams import stage as stage_module
from wirewatch.streams.app import make_app
from wirewatch.streams.blame import RecordError, blamed_on_record
from wirewatch.streams.codecs import DecodeError
from wirewatch.streams.stage import ATTEMPTS, Stage, StageFault


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
    """A topic that refuses what is too large, as Faust and aiokafka do."""

    async def send(self, **_record: Any) -> Any:
        raise ProducerSendError("Error while sending") from MessageSizeTooLargeError("5 MB")


async def test_output_too_large_for_kafka_is_the_records_fault(stage: Stage) -> None:
    stage._topics["incidents"] = Full()

    async def handle(_message: Any) -> None:
        await stage.send_bytes("incidents", b"k", b"v", [])

    await stage.attempt(message(), handle)
    headers = dict(stage.dead_letters._topic.sent[0]["headers"])
    assert headers["ww_error"] == b"MessageSizeTooLargeError"
