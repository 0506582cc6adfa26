"""extract: articles → events. Stateless; the reading is done in processes of its own."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

from wirewatch.model import Event
from wirewatch.streams.codecs import NO_COUNTRY, Headers, Outgoing, cloudevent_headers
from wirewatch.streams.pool import ReaderPool
from wirewatch.streams.reader import Loader, Reading, shipped_reader
from wirewatch.streams.stage import Stage
from wirewatch.streams.topics import ARTICLES, EVENTS, topic_name

LEAST_AHEAD = 8
"""Articles of one partition given to the readers at once, at least."""


def build(stage: Stage, loader: Loader = shipped_reader) -> None:
    """Put the agent on ``stage``."""
    pool = ReaderPool(stage.settings.extract_processes, loader, stage.metrics)
    agent = Extraction(stage, pool)
    stage.agent(topic_name(stage.settings, ARTICLES), agent.extract)
    stage.at_start(pool.warm)
    stage.at_stop(agent.close)


def partition_keys(events: Sequence[Event]) -> list[str]:
    """The key of each event of one article: its country, else that of most of the others.

    An event without a place so meets the reports of what the article tells.
    """
    known = Counter(event.country for event in events if event.country)
    common = known.most_common(1)[0][0] if known else NO_COUNTRY
    return [event.country or common for event in events]


class Extraction:
    """Reads several articles of a partition side by side, sends their events in order."""

    def __init__(self, stage: Stage, pool: ReaderPool) -> None:
        self._stage = stage
        self._pool = pool
        self._events = topic_name(stage.settings, EVENTS)
        self._ahead = max(LEAST_AHEAD, 2 * pool.processes)

    async def close(self) -> None:
        """End the readers."""
        self._pool.close()

    async def extract(self, stream: Any) -> None:
        """The agent: one instance a partition."""
        stream = stream.noack()
        queue: asyncio.Queue[_Reading | None] = asyncio.Queue(self._ahead)
        under_way: set[_Reading] = set()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._finish(stream, queue, under_way))
                async for message in stream.events():
                    await self._stage.pause_if_draining()
                    reading = _Reading(message, self._pool, self._stage)
                    under_way.add(reading)
                    await queue.put(reading)
                await queue.put(None)
        finally:  # the partition was taken away, or a fault ends us
            for reading in under_way:
                reading.abandon()

    async def _finish(
        self, stream: Any, queue: asyncio.Queue[_Reading | None], under_way: set[_Reading]
    ) -> None:
        while reading := await queue.get():
            await self._stage.attempt(reading.message, self._handler(reading))
            await stream.ack(reading.message)
            under_way.discard(reading)
            reading.done()

    def _handler(self, reading: _Reading) -> Any:
        async def handle(_message: Any) -> None:
            result = await reading.result()
            keys = partition_keys([event for event, _ in result.events])
            records = [
                (self._events, Outgoing(key.encode(), value, self._headers(event)))
                for (event, value), key in zip(result.events, keys, strict=True)
            ]
            await self._stage.deliver(records)
            for event, _ in result.events:
                self._stage.metrics.events.labels(event.type).inc()

        return handle

    def _headers(self, event: Event) -> Headers:
        return cloudevent_headers(
            identity=event.id, kind="event", source=self._stage.name,
            subject=event.country or NO_COUNTRY, now=self._stage.clock.now(),
        )  # fmt: skip


class _Reading:
    """An article under way: its first reading has begun, later tries begin when asked for."""

    def __init__(self, message: Any, pool: ReaderPool, stage: Stage) -> None:
        self.message = message
        self._pool = pool
        self._stage = stage
        self._begun = stage.begin()
        self._first: asyncio.Future[Reading] | None = asyncio.ensure_future(self._begin())

    async def result(self) -> Reading:
        """What the reader found; raises what the pool raises."""
        first, self._first = self._first, None
        return await (first or self._begin())

    def done(self) -> None:
        """Its events are sent."""
        self._stage.finish(self._begun)

    def abandon(self) -> None:
        """Let go of it: somebody else will read it."""
        if self._first:
            self._first.cancel()
        self._stage.let_go()

    async def _begin(self) -> Reading:
        return await self._pool.read(self.message.value)
