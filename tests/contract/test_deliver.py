"""Delivery on the real Kafka: a dead target is nobody else's, and a kill loses nothing."""

from __future__ import annotations

import asyncio
import signal
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
from aiokafka import TopicPartition
from kafka_helpers import Process, produce, read_all, wait_until
from receiver import Receiver
from truce import publish

from wirewatch.broker import LocalBroker
from wirewatch.config.settings import Settings
from wirewatch.streams.consumers import consumer_of
from wirewatch.streams.courier import target_group
from wirewatch.streams.deadletters import read_dead_letter
from wirewatch.streams.replay import replay
from wirewatch.streams.topics import DEADLETTERS, alert_topic, topic_name


def targets(path: Path, timeout: str = "5s", **addresses: str) -> str:
    """A file of webhooks: each name with its address."""
    listed = "".join(
        f"  - name: {name}\n    webhook: {address}\n    secret: {{variable: TEST_SECRET}}\n"
        f"    allow_private: true\n    timeout: {timeout}\n"
        for name, address in addresses.items()
    )
    path.write_text(f"targets:\n{listed}")
    return str(path)


def deliverer(spawn: Callable[..., Process], file: str, **more: str) -> Process:
    return spawn(
        "-m", "wirewatch", "worker", "--only", "deliver",
        WIREWATCH_DELIVER_FILE=file, TEST_SECRET="tulip-0042-tulip-0042", **more,
    )  # fmt: skip


async def reached(condition: Callable[[], bool], seconds: float, what: str) -> None:
    await asyncio.to_thread(wait_until, condition, seconds, what)


async def until_ready(worker: Process) -> None:
    await reached(lambda: _ready(worker), 240, "a ready worker")


def _ready(worker: Process) -> bool:
    try:
        return bool(page(worker, "/readyz"))
    except OSError:
        return False


def page(worker: Process, path: str) -> str:
    """A page of the worker's; empty before it listens. Raises OSError if it answers an error."""
    for line in worker.log.read_text().splitlines():
        if '"worker started"' in line:
            address = line.partition('"http": "')[2].partition('"')[0]
            with urllib.request.urlopen(f"http://{address}{path}", timeout=2) as answer:
                return answer.read().decode()
    return ""


async def test_a_dead_target_delays_no_other(
    settings: Settings, spawn: Callable[..., Process], tmp_path: Path
) -> None:
    await publish(settings, "old")
    async with Receiver() as receiver:
        file = targets(
            tmp_path / "deliver.yaml",
            dead=receiver.address("/hang"),
            well=receiver.address("/well"),
        )
        worker = deliverer(spawn, file)
        worker.start()
        await until_ready(worker)
        await publish(settings, "a1", "a2", "a3")
        begun = time.monotonic()
        await reached(lambda: len(receiver.alerts) >= 3, 60, "three alerts")
        first = time.monotonic() - begun
        await reached(lambda: receiver.hung > 0, 60, "a hanging request")
        await publish(settings, "b1", rule="disaster")  # a topic that was not there before
        await reached(lambda: "b1" in receiver.alerts, 60, "an alert of a new topic")
        begun = time.monotonic()
        await publish(settings, "c1")
        await reached(lambda: "c1" in receiver.alerts, 60, "an alert beside a hanging one")
        assert sorted(receiver.alerts) == ["a1", "a2", "a3", "b1", "c1"]
        assert receiver.ids == receiver.alerts
        assert max(first, time.monotonic() - begun) < 5, "a hanging request takes 5 s"
        assert "tulip" not in worker.log.read_text()
        figures = await asyncio.to_thread(page, worker, "/metrics")
        assert 'wirewatch_deliveries_total{result="taken",target="well"} 5.0' in figures
        waiting = 'wirewatch_delivery_waiting{target="dead"} 5.0'
        await reached(lambda: waiting in page(worker, "/metrics"), 20, "five that wait")
        assert await asyncio.to_thread(page, worker, "/healthz"), "a dead target is no illness"
        worker.send(signal.SIGTERM)
        assert await asyncio.to_thread(worker.wait, 31) == 0
        assert "Traceback" not in worker.log.read_text()


async def test_the_shipped_file_is_idle_and_well(
    settings: Settings, spawn: Callable[..., Process]
) -> None:
    worker = spawn("-m", "wirewatch", "worker", "--only", "deliver")
    worker.start()
    await until_ready(worker)
    worker.send(signal.SIGTERM)
    assert await asyncio.to_thread(worker.wait, 31) == 0


async def test_a_kill_between_post_and_commit_loses_nothing(
    settings: Settings, spawn: Callable[..., Process], tmp_path: Path
) -> None:
    await publish(settings, "old")
    async with Receiver() as receiver:
        file = targets(tmp_path / "d.yaml", well=receiver.address("/well"))
        worker = deliverer(spawn, file, WIREWATCH_SESSION_TIMEOUT_SECONDS="300")
        worker.start()
        await until_ready(worker)
        await publish(settings, "a1")
        await reached(lambda: receiver.alerts == ["a1"], 60, "the first alert")
        receiver.hold = asyncio.Event()
        await publish(settings, "a2", "a3")
        await reached(lambda: receiver.alerts == ["a1", "a2"], 60, "the second alert")
        worker.kill()
        receiver.hold = None
        worker.start()
        await reached(lambda: "a3" in receiver.alerts, 120, "the rest, before the session ends")
        assert receiver.ids == receiver.alerts
        seen = receiver.alerts
        assert set(seen) == {"a1", "a2", "a3"}, "none missing, none invented"
        assert seen[-2:] == ["a2", "a3"], "what was under way came again, with its id"
        await until_committed(settings, "well", 4)
        worker.end()


async def until_committed(settings: Settings, target: str, offset: int) -> None:
    spot = TopicPartition(alert_topic(settings, "ceasefire"), 0)
    async with consumer_of(settings, group_id=target_group(settings, target)) as consumer:
        consumer.assign([spot])
        for _ in range(100):
            if await consumer.committed(spot) == offset:
                return
            await asyncio.sleep(0.1)
    raise AssertionError(f"{offset} was not committed")


async def test_what_is_given_up_is_a_dead_letter_and_replayed_to_its_target_only(
    settings: Settings, spawn: Callable[..., Process], tmp_path: Path
) -> None:
    await publish(settings, "old")
    async with Receiver() as receiver:
        file = targets(
            tmp_path / "d.yaml", "1s\n    give_up_after: 1s",
            lost=receiver.address("/hang"), well=receiver.address("/well"),
        )  # fmt: skip
        worker = deliverer(spawn, file)
        worker.start()
        await until_ready(worker)
        await produce(settings, alert_topic(settings, "ceasefire"), [(b"k", b"garbage")])
        await publish(settings, "a1")
        letters = []
        for _ in range(240):
            letters = [
                read_dead_letter(one)
                for one in await read_all(settings, topic_name(settings, DEADLETTERS))
            ]
            if len(letters) == 3:
                break
            await asyncio.sleep(0.5)
        garbage = [one for one in letters if one.error == "DecodeError"]
        assert {one.target for one in garbage} == {"lost", "well"}
        (old,) = [one for one in letters if one.error == "TooOldError"]
        assert (old.stage, old.target, old.reason) == ("deliver", "lost", "no answer within 1 s")
        hung = receiver.hung
        await replay(settings, [old])
        await reached(lambda: receiver.hung > hung, 60, "another try after the replay")
        await publish(settings, "a2")
        await reached(lambda: "a2" in receiver.alerts, 60, "the alert after the replayed one")
        assert receiver.alerts == ["a1", "a2"]
        worker.end()


async def test_two_workers_share_a_target_and_one_is_killed(
    settings: Settings, spawn: Callable[..., Process], tmp_path: Path
) -> None:
    await publish(settings, "old")
    await publish(settings, "old", rule="disaster")
    async with Receiver() as receiver:
        file = targets(tmp_path / "d.yaml", "5s\n    rate: 1000/s", well=receiver.address("/well"))
        workers = [deliverer(spawn, file, WIREWATCH_WORKER_NAME=name) for name in ("one", "two")]
        for worker in workers:
            worker.start()
        for worker in workers:
            await until_ready(worker)
        wanted = set()
        for number in range(10):
            for rule in ("ceasefire", "disaster"):
                names = [f"{rule}-{number}-{part}" for part in range(10)]
                wanted |= set(names)
                await publish(settings, *names, rule=rule)
            if number == 5:
                workers[0].kill()
        await reached(lambda: wanted <= set(receiver.alerts), 120, "all alerts")
        assert set(receiver.alerts) == wanted
        assert receiver.ids == receiver.alerts
        assert workers[1].returncode is None


async def test_a_kafka_that_goes_and_comes_back_is_waited_for(
    spawn: Callable[..., Process], tmp_path: Path
) -> None:
    with LocalBroker(tmp_path / "own-kafka") as broker:
        settings = Settings(broker=broker.url)
        await publish(settings, "old")
        async with Receiver() as receiver:
            worker = deliverer(
                spawn, targets(tmp_path / "d.yaml", well=receiver.address("/well")),
                WIREWATCH_BROKER=broker.url, WIREWATCH_TOPIC_PREFIX="", WIREWATCH_PARTITIONS="8",
            )  # fmt: skip
            worker.start()
            await until_ready(worker)
            await publish(settings, "a1")
            await reached(lambda: receiver.alerts == ["a1"], 60, "the first alert")
            psutil.Process(broker.pid).kill()
            await asyncio.sleep(5)
            broker.stop()
            await asyncio.to_thread(broker.start)
            await publish(settings, "a2")
            await reached(lambda: "a2" in receiver.alerts, 120, "an alert after the outage")
            assert worker.returncode is None
            assert worker.log.read_text().count("\n") < 500, "an outage must not flood the log"
            worker.end()
