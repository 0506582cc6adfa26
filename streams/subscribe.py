"""Reading alert topics: for subscribers in Python and for ``wirewatch alerts``."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from aiokafka import TopicPartition

from wirewatch.config.settings import Settings
from wirewatch.model import Alert
from wirewatch.streams.codecs import DecodeError, decode
from wirewatch.streams.consumers import consumer_of
from wirewatch.streams.topics import ALERTS, alert_topic, topic_name

NEW_TOPICS_SECONDS = 5.0
"""How often it is looked whether rules have come that have alert topics of their own."""
_EARLIEST = datetime.fromtimestamp(0, UTC)
FRESH: dict[str, Any] = {"metadata_max_age_ms": int(NEW_TOPICS_SECONDS * 1000)}


async def subscribe(
    broker: str | Settings,
    *rules: str,
    group: str | None = None,
    since: datetime | timedelta | None = None,
) -> AsyncIterator[Alert]:
    """Alerts of ``rules`` (none: of all, also of rules that come later), as they come, for ever.

    ``broker`` is ``kafka://host:port``, or settings where TLS, a password or a prefix is needed.
    Without ``group``: alerts from now on, or from ``since`` (a time, or so long ago). With
    ``group``: several readers share the alerts, and one that comes back goes on after the last
    alert it had worked on (it was worked on when the next one was asked for; one may come twice,
    with its id); a new group begins with the oldest alert kept, or at ``since``.

    Raises BrokerError if Kafka does not answer at the start.
    """
    settings = broker if isinstance(broker, Settings) else _at(broker)
    start = _start_time(since)
    source = _shared(settings, rules, group, start) if group else _alone(settings, rules, start)
    async for record in source:
        try:
            yield decode(record.value, Alert)
        except DecodeError as error:
            structlog.get_logger().warning(
                "not an alert", topic=record.topic, offset=record.offset, reason=str(error)
            )


def _at(broker: str) -> Settings:
    return Settings.model_validate({"broker": broker})


def _start_time(since: datetime | timedelta | None) -> datetime | None:
    """The time meant, not before Kafka's own earliest."""
    if isinstance(since, timedelta):
        now = datetime.now(UTC)
        return now - min(since, now - _EARLIEST)
    return max(since.astimezone(UTC), _EARLIEST) if since else None


def alert_topics(settings: Settings, rules: Iterable[str] = ()) -> re.Pattern[str]:
    """What matches the alert topics of ``rules``; of all, without any."""
    topics = [re.escape(alert_topic(settings, rule)) for rule in rules]
    every = re.escape(topic_name(settings, ALERTS)) + "[a-z][a-z0-9-]*"
    return re.compile(f"({'|'.join(topics) or every})$")


def rules_without_topic(
    settings: Settings, rules: Iterable[str], topics: Iterable[str]
) -> tuple[str, ...]:
    """Those of ``rules`` that have no alert topic among ``topics``: misspelt, or yet to come."""
    there = set(topics)
    return tuple(rule for rule in rules if alert_topic(settings, rule) not in there)


async def _shared(
    settings: Settings, rules: tuple[str, ...], group: str, start: datetime | None
) -> AsyncIterator[Any]:
    options = {**FRESH, "group_id": settings.topic_prefix + group}
    async with consumer_of(settings, **options) as consumer:
        consumer.subscribe(pattern=alert_topics(settings, rules).pattern)
        begun: set[TopicPartition] = set()
        async for record in consumer:
            spot = TopicPartition(record.topic, record.partition)
            if start and spot not in begun:
                begun.add(spot)
                if await _is_before(consumer, spot, record, start):
                    continue
            yield record
            await consumer.commit({spot: record.offset + 1})


async def _is_before(consumer: Any, spot: TopicPartition, record: Any, start: datetime) -> bool:
    """Whether a new group stands before its start; it is then moved there."""
    if await consumer.committed(spot) is not None or record.timestamp >= _milliseconds(start):
        return False
    consumer.seek(spot, await _offset_at(consumer, spot, start))
    return True


async def _alone(
    settings: Settings, rules: tuple[str, ...], start: datetime | None
) -> AsyncIterator[Any]:
    wanted = alert_topics(settings, rules)
    async with consumer_of(settings, **FRESH) as consumer:
        positions: dict[TopicPartition, int] = {}
        looked = -NEW_TOPICS_SECONDS
        first = True
        while True:
            now = asyncio.get_running_loop().time()
            if now - looked >= NEW_TOPICS_SECONDS:
                await _take_in(consumer, wanted, positions, start, at_end=first and start is None)
                looked, first = now, False
            if not positions:  # getmany waits for ever without an assignment
                await asyncio.sleep(0.5)
                continue
            for spot, batch in (await consumer.getmany(timeout_ms=1000)).items():
                for record in batch:
                    positions[spot] = record.offset + 1
                    yield record


async def _take_in(
    consumer: Any,
    wanted: re.Pattern[str],
    positions: dict[TopicPartition, int],
    start: datetime | None,
    *,
    at_end: bool,
) -> None:
    """Add the alert topics that have come since the last look."""
    topics = [topic for topic in await consumer.topics() if wanted.match(topic)]
    spots = [TopicPartition(topic, 0) for topic in topics]
    fresh = [spot for spot in spots if spot not in positions]
    if not fresh:
        return
    consumer.assign([*positions, *fresh])
    ends = await consumer.end_offsets(fresh)
    begins = await consumer.beginning_offsets(fresh)
    for spot in fresh:
        if start:
            positions[spot] = await _offset_at(consumer, spot, start)
        else:
            positions[spot] = ends[spot] if at_end else begins[spot]
    for spot, position in positions.items():  # aiokafka forgets all when an assignment grows
        consumer.seek(spot, position)


async def _offset_at(consumer: Any, spot: TopicPartition, start: datetime) -> int:
    found = (await consumer.offsets_for_times({spot: _milliseconds(start)}))[spot]
    if found is not None:
        return int(found.offset)
    return int((await consumer.end_offsets([spot]))[spot])


def _milliseconds(time: datetime) -> int:
    return int(time.timestamp() * 1000)
