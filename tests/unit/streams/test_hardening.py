"""Each patch of Faust: what it does, and that Faust without it does what it is there to prevent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.codec import lz4_encode
from faust.tables import manager
from faust.types import TP, ConsumerMessage

from wirewatch.config.settings import Settings
from wirewatch.streams import hardening
from wirewatch.streams.app import make_app

SPOT = TP("source", 0)


@pytest.fixture(params=[True, False], ids=["hardened", "as it comes"])
def hardened(request: pytest.FixtureRequest) -> Iterator[bool]:
    yield request.param
    hardening.harden()


@pytest.fixture
async def app(tmp_path: Path, hardened: bool) -> Any:
    made = make_app(Settings(broker="kafka://127.0.0.1:1"), "test", tmp_path)
    if not hardened:
        hardening.unharden()
    made.finalize()
    made.consumer_generation_id = 3
    made.topics._acking_topics.add(SPOT.topic)
    return made


def record(offset: int, generation: int = 3) -> ConsumerMessage:
    return ConsumerMessage(
        SPOT.topic, SPOT.partition, offset, 0.0, 0, None, b"k", b"v", None,
        tp=SPOT, generation_id=generation,
    )  # fmt: skip


async def test_a_commit_never_passes_a_record_still_worked_on(app: Any, hardened: bool) -> None:
    consumer = app.consumer
    records = [record(offset) for offset in range(4)]
    consumer._unacked_messages.update(records)
    app.flow_control.resume()
    for done in (records[1], records[2], records[3]):
        consumer.ack(done)
    assert consumer._new_offset(SPOT) == (None if hardened else 4)
    consumer.ack(records[0])
    assert consumer._new_offset(SPOT) == (4 if hardened else 1)


async def test_what_was_skipped_while_the_flow_was_suspended_is_not_committed(
    app: Any, hardened: bool
) -> None:
    app.flow_control.suspend()
    skipped = record(0)
    app.consumer._unacked_messages.add(skipped)
    app.consumer.ack(skipped)
    assert app.consumer._new_offset(SPOT) == (None if hardened else 1)


async def test_a_commit_of_partitions_taken_away_meanwhile_does_not_end_the_worker(
    app: Any, hardened: bool
) -> None:
    thread = app.consumer._new_consumer_thread()
    thread._consumer = AIOKafkaConsumer(group_id="test")  # nothing is assigned to it
    assert await thread._commit({SPOT: 4}) is False
    assert thread.crashed is not hardened
    await thread._consumer.stop()


async def test_an_acknowledgement_under_an_older_assignment_does_not_count(
    app: Any, hardened: bool
) -> None:
    app.flow_control.resume()
    late = record(0, generation=2)
    app.consumer.ack(late)
    assert app.consumer._new_offset(SPOT) == (None if hardened else 1)


async def test_nothing_flows_between_the_end_of_a_recovery_and_the_seek(
    app: Any, hardened: bool
) -> None:
    consumer = app.consumer
    flowing: list[bool] = []

    async def seek() -> None:
        flowing.append(consumer.flow_active or app.flow_control.is_active())
        raise asyncio.CancelledError  # far enough

    consumer.assignment = lambda: {SPOT}
    consumer.perform_seek = seek
    consumer.resume_flow()
    app.flow_control.resume()
    recovery = manager.Recovery(app, app.tables)
    with pytest.raises((asyncio.CancelledError, Exception)):
        await recovery.on_recovery_completed(3)
    assert flowing == [not hardened]


async def test_a_partition_taken_away_in_the_middle_of_a_record_does_not_end_the_worker(
    app: Any, hardened: bool
) -> None:
    at_work = asyncio.Event()

    async def body(_stream: Any) -> None:
        at_work.set()
        await asyncio.Event().wait()

    agent = app.agent(app.topic(SPOT.topic), isolated_partitions=True)(body)
    agent.supervisor = agent._new_supervisor()
    actor = await agent._start_for_partitions({SPOT})
    await at_work.wait()
    await actor.on_isolated_partition_revoked(SPOT)
    assert actor.crashed is (not hardened)
    assert (actor.stream.channel in app.topics) is (not hardened)


@pytest.mark.parametrize("others", [True, False])
async def test_a_full_buffer_is_looked_at_again_soon(
    app: Any, hardened: bool, others: bool
) -> None:
    waits: list[float] = []
    consumer = app.consumer

    async def getmany(active_partitions: Any, timeout: float) -> Any:  # noqa: ASYNC109
        assert active_partitions
        waits.append(timeout)
        return {}

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    held = {SPOT, TP("source", 1)} if others else {SPOT}
    consumer._getmany, consumer.sleep = getmany, sleep
    consumer.assignment = lambda: held
    consumer.resume_flow()
    consumer._set_active_tps(held)
    consumer.on_buffer_full(SPOT)
    consumer.on_buffer_full(TP("source", 2))  # that was ours once
    await consumer._wait_next_records(1.0)
    assert waits == [hardening.FULL_BUFFER_SECONDS if hardened else 1.0]
    consumer.on_buffer_drop(SPOT)
    await consumer._wait_next_records(1.0)
    assert waits[1:] == [1.0]


@pytest.mark.usefixtures("app")
def test_compression_takes_the_quick_way(hardened: bool) -> None:
    text = b"".join(b"%d killed in town %d; " % (n, n * n) for n in range(2000))
    assert (lz4_encode(text) == lz4_encode(text, level=hardening.LZ4_LEVEL)) is hardened


def test_other_versions_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(hardening.VERSIONS, "aiokafka", "0.12.0")
    with pytest.raises(hardening.WirewatchError, match=r"aiokafka .* 0\.12\.0"):
        hardening.harden()
