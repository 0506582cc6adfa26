"""Events a second through a real worker of link and alert, on a real Kafka, 50,000 incidents open.

    python benchmarks/bench_link_kafka.py [--open 52000] [--events 10000]

Starts a Kafka and ``wirewatch worker --only link,alert`` with the shipped rules, has it open that
many incidents, then measures events of which half report open incidents and half open new ones
(those of ``make bench-link``). Time is the worker's processor time, all its threads, so a busy
machine hardly matters. At the end everything must be committed, and the topic of incidents must
tell exactly what the library makes of the same events, each telling once.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import attacks
import msgspec
import psutil
from aiokafka import AIOKafkaProducer, TopicPartition

from wirewatch.agents.supervisor import settings_environ
from wirewatch.broker import LocalBroker
from wirewatch.config.settings import Settings
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.model import Event
from wirewatch.rules import load
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.codecs import NO_COUNTRY, encode, header
from wirewatch.streams.connection import aiokafka_options
from wirewatch.streams.consumers import consumer_of, read_to_end
from wirewatch.streams.topics import (
    EVENTS,
    INCIDENTS,
    alert_topic,
    group_name,
    topic_name,
    topic_specs,
)

WANTED = 500
RULES = Path(__file__).parents[1] / "config/rules.yaml"
PATIENCE_SECONDS = 1200.0
LOOK_SECONDS = 0.2
SENDING_AT_ONCE = 1000
MOST_WAITING = 10_000
"""Events that wait on their topic before the worker sees the first."""

Told = dict[int, list[Event]]
"""The events of each partition, in their order."""


class Worker:
    """The worker as a child process, watched from outside."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self._log = log
        command = [sys.executable, "-m", "wirewatch", "worker", "--stop-with-parent"]
        with log.open("wb") as file:
            self._child = psutil.Popen(
                [*command, "--only", "link,alert"], stdout=file, stderr=file,
                env={**psutil.Process().environ(), **settings_environ(settings)},
            )  # fmt: skip
        self.peak = 0

    @property
    def seconds(self) -> float:
        """Processor time of all its threads so far."""
        spent = self._child.cpu_times()
        return float(spent.user + spent.system)

    def look(self) -> None:
        """Note its memory; it must be alive."""
        if self._child.poll() is not None:
            sys.exit(f"the worker ended:\n{self._log.read_text()[-2000:]}")
        self.peak = max(self.peak, self._child.memory_info().rss)

    async def started(self) -> None:
        """Wait until it reads."""
        while "worker started" not in self._log.read_text():
            self.look()
            await asyncio.sleep(LOOK_SECONDS)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let it do nothing meanwhile; it must not be for as long as a session."""
        self._child.suspend()
        try:
            yield
        finally:
            self._child.resume()

    def stop(self) -> None:
        """SIGTERM; kill what does not end by it."""
        with suppress(psutil.NoSuchProcess):
            self._child.terminate()
        try:
            self._child.wait(35)
        except subprocess.TimeoutExpired:
            self._child.kill()


@contextmanager
def running(settings: Settings) -> Iterator[Worker]:
    worker = Worker(settings, settings.data_dir.with_suffix(".log"))
    try:
        yield worker
    finally:
        worker.stop()


@dataclass(frozen=True)
class Spent:
    """What some events took."""

    events: int
    processor: float
    wall: float

    def __str__(self) -> str:
        return (f"{self.events / self.processor:,.0f} events/s of the worker's processor time, "
                f"{self.events / self.wall:,.0f} events/s by the clock")  # fmt: skip


async def take(settings: Settings, worker: Worker, values: Iterable[bytes], told: Told) -> Spent:
    """Give the worker ``values`` and wait until it has committed what comes of them."""
    events = [msgspec.json.decode(value, type=Event) for value in values]
    with worker.paused():
        await produce(settings, events[:MOST_WAITING], told)
    processor, begun = worker.seconds, time.monotonic()
    await produce(settings, events[MOST_WAITING:], told)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while waiting := await uncommitted(settings):
            worker.look()
            await asyncio.sleep(LOOK_SECONDS if waiting < WANTED else 10 * LOOK_SECONDS)
    return Spent(len(events), worker.seconds - processor, time.monotonic() - begun)


async def produce(settings: Settings, events: list[Event], told: Told) -> None:
    """Put ``events`` on their topic as the extract stage does; note them under their partition."""
    topic = topic_name(settings, EVENTS)
    async with AIOKafkaProducer(**aiokafka_options(settings), linger_ms=5) as producer:
        for first in range(0, len(events), SENDING_AT_ONCE):
            some = events[first : first + SENDING_AT_ONCE]
            sent = []
            for event in some:
                out = encode(event, "extract", event.article.fetched_at)
                assert out.key == (event.country or NO_COUNTRY).encode()
                sent.append(await producer.send(topic, out.value, key=out.key, headers=out.headers))
            for event, place in zip(some, await asyncio.gather(*sent), strict=True):
                told.setdefault(place.partition, []).append(event)


async def uncommitted(settings: Settings) -> int:
    """How many records link and alert have not committed: link first, it makes what alert reads."""
    return await _lag(settings, "link", EVENTS) or await _lag(settings, "alert", INCIDENTS)


async def _lag(settings: Settings, stage: str, topic: str) -> int:
    name = topic_name(settings, topic)
    async with consumer_of(settings, group_id=group_name(settings, stage)) as consumer:
        spots = [TopicPartition(name, number) for number in range(settings.partitions)]
        consumer.assign(spots)
        ends = await consumer.end_offsets(spots)
        return sum([ends[one] - (await consumer.committed(one) or 0) for one in spots])


async def published(settings: Settings) -> Counter[str]:
    """How often each telling of an incident stands on its topic, by id and revision."""
    async with consumer_of(settings, topic_name(settings, INCIDENTS)) as consumer:
        return Counter([header(one.headers, "ce_id") async for one in read_to_end(consumer)])


def tellings(told: Told) -> Counter[str]:
    """What the library tells of the same events: each partition has a linker of its own."""
    found: Counter[str] = Counter()
    for events in told.values():
        linker = Linker(MemoryStore())
        for event in events:
            changed = linker.link(event, attacks.NOW)
            found.update(f"{one.id}-{one.revision}" for one in changed)
    return found


async def alerted(settings: Settings, rules: list[str]) -> int:
    """How many records stand on the alert topics."""
    spots = [TopicPartition(alert_topic(settings, rule), 0) for rule in rules]
    async with consumer_of(settings) as consumer:
        return sum((await consumer.end_offsets(spots)).values())


async def measure(settings: Settings, open_: int, events: int) -> bool:
    """Print the figures; whether they are as promised."""
    rules = [rule.name for rule in load(RULES).rules]
    await ensure_topics(settings, topic_specs(settings, rules))
    rng, told = random.Random(7), Told()
    with running(settings) as worker:
        await worker.started()
        print(f"opening: {await take(settings, worker, attacks.opening(rng, open_), told)}")
        spent = await take(settings, worker, attacks.later(rng, open_, events), told)
        print(f"link and alert: {spent} (promised {WANTED})")
    found, wanted = await published(settings), tellings(told)
    lost, doubled = wanted - found, found - wanted
    print(f"peak memory {worker.peak / 1024**2:,.0f} MB; {await alerted(settings, rules):,} alerts")
    print(f"all committed; {found.total():,} tellings of "
          f"{len({one.rpartition('-')[0] for one in found}):,} incidents, the library's: "
          f"{lost.total()} lost, {doubled.total()} repeated or invented")  # fmt: skip
    return not lost and not doubled and spent.events / spent.processor >= WANTED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=52_000)
    parser.add_argument("--events", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, LocalBroker(Path(name) / "kafka") as broker:
        settings = Settings(
            broker=broker.url, data_dir=Path(name) / "data", rules_file=RULES, http_port=0
        )
        sys.exit(not asyncio.run(measure(settings, given.open, given.events)))


if __name__ == "__main__":
    main()
