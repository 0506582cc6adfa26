"""Nothing is lost: one worker of two is killed or stopped again and again while records come in."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from kafka_helpers import Process, produce, read_all, wait_until

from wirewatch.config.settings import Settings
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.topics import ARTICLES, EVENTS, changelog_topic, topic_name, topic_specs

TALLY = str(Path(__file__).with_name("tally.py"))
KEYS = 20


def pairs(first: int, count: int) -> list[tuple[bytes, bytes]]:
    return [(b"key-%d" % (n % KEYS), b"%d" % n) for n in range(first, first + count)]


async def test_no_record_is_lost_when_workers_die(
    settings: Settings, spawn: Callable[..., Process]
) -> None:
    total = 2000
    dice = random.Random(7)
    await ensure_topics(settings, topic_specs(settings))
    workers = [spawn(TALLY, SLOW="0.001"), spawn(TALLY, SLOW="0.001")]
    for worker in workers:
        worker.start()
    source = topic_name(settings, ARTICLES)
    for step in range(5):
        await produce(settings, source, pairs(step * total // 5, total // 5))
        await asyncio.sleep(dice.uniform(1.5, 4))
        victim = dice.choice(workers)
        victim.send(signal.SIGKILL if step % 2 else signal.SIGTERM)
        await asyncio.to_thread(victim.wait)
        victim.start()
    wanted = {n for _, n in pairs(0, total)}
    missing = wanted
    for _ in range(240):
        missing = wanted - {
            record.value for record in await read_all(settings, topic_name(settings, EVENTS))
        }
        if not missing:
            break
        await asyncio.sleep(1)
    assert not missing
    for worker in workers:  # before, it takes no signals: Python is still reading its modules
        await asyncio.to_thread(
            wait_until, lambda w=worker: w.has_logged("worker started"), 60, "a started worker"
        )
        worker.send(signal.SIGTERM)
    for worker in workers:
        assert await asyncio.to_thread(worker.wait) == 0
    assert await tallies(settings) == wanted


async def tallies(settings: Settings) -> set[bytes]:
    """What the table holds, from its changelog: the last value of each key."""
    last: dict[tuple[int, bytes], bytes] = {}
    for record in await read_all(settings, changelog_topic(settings, "poll", "feeds")):
        last[(record.partition, record.key)] = record.value
    numbers: dict[bytes, set[bytes]] = defaultdict(set)
    for (_, key), value in last.items():
        numbers[key].update(value.split())
    return set().union(*numbers.values())
