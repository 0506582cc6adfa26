"""The worker as an operator sees it: it ends on a fault, and says why in one line."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

from kafka_helpers import Process, produce, wait_until

from wirewatch.config.settings import Settings
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.topics import ARTICLES, topic_name, topic_specs

TALLY = str(Path(__file__).with_name("tally.py"))


async def test_a_partition_that_stands_still_ends_the_worker(
    settings: Settings, spawn: Callable[..., Process]
) -> None:
    await ensure_topics(settings, topic_specs(settings))
    await produce(settings, topic_name(settings, ARTICLES), [(b"k", b"1")])
    worker = spawn(TALLY, SLOW="3600", WIREWATCH_STALL_SECONDS="4")
    worker.start()
    assert await asyncio.to_thread(worker.wait, 120) == 1
    assert "has records waiting and has not moved for 4 s" in worker.log.read_text()


async def test_wrong_partitions_end_it_at_the_start(
    settings: Settings, spawn: Callable[..., Process]
) -> None:
    await ensure_topics(settings, topic_specs(settings))
    worker = spawn("-m", "wirewatch", "worker", "--only", "link", WIREWATCH_PARTITIONS="7")
    worker.start()
    assert await asyncio.to_thread(worker.wait, 120) == 1
    last = worker.log.read_text().splitlines()[-1]
    assert last.startswith("wirewatch: topic ")
    assert "WIREWATCH_PARTITIONS=4" in last


async def test_a_signal_ends_it_cleanly(settings: Settings, spawn: Callable[..., Process]) -> None:
    worker = spawn("-m", "wirewatch", "worker", "--only", "link,alert")
    worker.start()
    await asyncio.to_thread(
        wait_until, lambda: "worker started" in worker.log.read_text(), 240, "the start"
    )
    worker.send(signal.SIGTERM)
    assert await asyncio.to_thread(worker.wait, 31) == 0
    assert "Traceback" not in worker.log.read_text()
