"""Kafka goes away and comes back: nothing is lost, and nobody has to lend a hand."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
from kafka_helpers import Process, produce, read_all

from wirewatch.broker import LocalBroker
from wirewatch.config.settings import Settings
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.topics import ARTICLES, EVENTS, topic_specs

TALLY = str(Path(__file__).with_name("tally.py"))


async def test_a_broker_that_is_killed_and_started_again_loses_nothing(
    tmp_path: Path, spawn: Callable[..., Process]
) -> None:
    total = 600
    pairs = [(b"key-%d" % (n % 10), b"%d" % n) for n in range(total)]
    with LocalBroker(tmp_path / "own-kafka") as broker:
        settings = Settings(broker=broker.url, partitions=2)
        await ensure_topics(settings, topic_specs(settings))
        worker = spawn(
            TALLY, SLOW="0.01", WIREWATCH_BROKER=broker.url, WIREWATCH_TOPIC_PREFIX="",
            WIREWATCH_PARTITIONS="2",
        )  # fmt: skip
        worker.start()
        await produce(settings, ARTICLES, pairs[: total // 2])
        await asyncio.sleep(4)
        psutil.Process(broker.pid).kill()
        await asyncio.sleep(2)
        broker.stop()
        await asyncio.to_thread(broker.start)
        await produce(settings, ARTICLES, pairs[total // 2 :])
        for _ in range(240):
            if worker.returncode is not None:  # its supervisor's part
                worker.start()
            done = {record.value for record in await read_all(settings, EVENTS)}
            if len(done) == total:
                break
            await asyncio.sleep(1)
        assert done == {value for _, value in pairs}
        assert worker.log.read_text().count("\n") < 500, "an outage must not flood the log"
        worker.send(signal.SIGTERM)
        assert await asyncio.to_thread(worker.wait, 31) == 0
