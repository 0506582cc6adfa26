"""The demo from beginning to end: Kafka, outlets, worker, alerts; nothing is left over."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wirewatch.broker import LocalBroker
from wirewatch.config.settings import Settings
from wirewatch.demo.day import Day, Published, load_day
from wirewatch.demo.files import write_feeds, write_rules
from wirewatch.demo.outcome import complete
from wirewatch.demo.server import FeedServer
from wirewatch.demo.service import AnyRecord, check_alive, follow, free_port, worker
from wirewatch.model import Alert, Article, Event, Incident
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.topics import topic_specs

KAFKA_SECONDS = 180.0
"""How long Kafka may take to start: three seconds, but minutes on a machine under load."""
STEP_SECONDS = 0.8
"""Least time between two moments of the day, so that people can follow."""
FETCH_SECONDS = 60.0
"""How long the worker may take to fetch what is new: a second, but more under load."""
PATIENCE_SECONDS = 30.0
"""How long after the last article the expected alerts are waited for."""
SETTLE_SECONDS = 2.0
"""How long nothing more may come before the day counts as over."""


@dataclass(slots=True)
class Seen:
    """What came on the topics: each record once, by its id."""

    articles: dict[tuple[str, int], Article] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    alerts: dict[str, Alert] = field(default_factory=dict)
    shown: set[tuple[str | None, str]] = field(default_factory=set)
    """Address and title of every article and edit that was fetched."""
    last: float = 0.0
    """When the last one came, by time.monotonic()."""

    def add(self, record: AnyRecord) -> bool:
        """Take a record up; whether it is an alert not seen before."""
        self.last = time.monotonic()
        match record:
            case Article():
                self.articles[record.id, record.revision] = record
                self.shown.add((record.url, record.title))
            case Event():
                self.events[record.id] = record
            case Incident():
                self.incidents[record.id] = record
            case Alert():
                new = record.id not in self.alerts
                self.alerts[record.id] = record
                return new
        return False


@dataclass(frozen=True, slots=True)
class Listener:
    """What the demo tells, while it runs, to whoever shows it."""

    step: Callable[[str], None]
    published: Callable[[datetime, Published], None]
    alert: Callable[[Alert], None]


def yesterday() -> Day:
    """The demo's day on yesterday's date: nothing lies in the future, nothing is too old."""
    return load_day((datetime.now(UTC) - timedelta(days=1)).date())


async def run(day: Day, base: Settings, listener: Listener) -> Seen:
    """Run the whole day; about a minute. ``base`` says where Kafka's jars come from.

    Raises WirewatchError (one line) when Kafka or the worker does not start or dies. On leaving,
    also by an exception or a cancellation, every process it started has ended and its files are
    gone.
    """
    with tempfile.TemporaryDirectory(prefix="wirewatch-demo-") as name:
        folder = Path(name)
        listener.step("starting Apache Kafka on this machine")
        async with _broker(folder / "kafka", base) as url:
            with FeedServer(day) as server:
                return await _watch(day, _settings(folder, url), server, listener)


@asynccontextmanager
async def _broker(folder: Path, base: Settings) -> AsyncIterator[str]:
    broker = LocalBroker(
        folder, jars=base.kafka_jars, mirror=base.kafka_mirror, start_seconds=KAFKA_SECONDS
    )
    try:
        await asyncio.to_thread(broker.start)
        yield broker.url
    finally:
        broker.stop()


def _settings(folder: Path, broker: str) -> Settings:
    return Settings(
        broker=broker,
        partitions=2,
        data_dir=folder / "worker",
        feeds_file=folder / "feeds.yaml",
        rules_file=folder / "rules.yaml",
        extract_processes=1,
        allow_private_addresses=True,
        http_port=free_port(),
        log_format="json",
        log_level="warning",
    )


async def _watch(day: Day, settings: Settings, server: FeedServer, listener: Listener) -> Seen:
    assert settings.feeds_file is not None
    assert settings.rules_file is not None
    write_feeds(settings.feeds_file, server)
    rules = [rule.name for rule in write_rules(settings.rules_file).rules]
    await ensure_topics(settings, topic_specs(settings, rules))
    log = settings.feeds_file.with_name("worker.log")
    seen = Seen()
    listener.step("starting the worker: poll, extract, link, alert")
    async with worker(settings, log) as process:
        listening = asyncio.create_task(_listen(settings, rules, seen, listener))
        try:
            for moment in day.moments():
                server.show(moment)
                for article in day.changes(moment):
                    listener.published(moment, article)
                    await _until_fetched(article, seen)
                check_alive(process, log)
                await asyncio.sleep(STEP_SECONDS)
            await _settle(day, seen)
            check_alive(process, log)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
    return seen


async def _listen(settings: Settings, rules: list[str], seen: Seen, listener: Listener) -> None:
    async for record in follow(settings, rules):
        if seen.add(record) and isinstance(record, Alert):
            listener.alert(record)


async def _until_fetched(article: Published, seen: Seen) -> None:
    """Wait for the article on its topic: the day's order holds however slow the machine is."""
    until = time.monotonic() + FETCH_SECONDS
    while time.monotonic() < until:
        if (article.url, article.title) in seen.shown:
            return
        await asyncio.sleep(0.05)


async def _settle(day: Day, seen: Seen) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        quiet = time.monotonic() - seen.last > SETTLE_SECONDS
        if quiet and complete(day, seen.alerts.values()):
            return
        await asyncio.sleep(0.2)
