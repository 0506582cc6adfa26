"""poll: feeds → articles. State: what is remembered of each feed, in a table.

Feeds are fetched beside the stream, as they fall due; which worker polls which feed is said by the
assignment of the topic ``polls``, over which each feed's new state travels into the table. Articles
are delivered before the state that forgets them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec
from aiokafka.partitioner import DefaultPartitioner
from msgspec.structs import replace

from wirewatch.feeds import Feed, FeedState, Fetcher, Limits, PollResult, poll
from wirewatch.feeds.reader import Reader
from wirewatch.model import Article
from wirewatch.streams.blame import blamed_on_record
from wirewatch.streams.codecs import Outgoing, cloudevent_headers, decode
from wirewatch.streams.records import Polled
from wirewatch.streams.stage import Stage
from wirewatch.streams.state import StateTable
from wirewatch.streams.topics import ARTICLES, MAX_RECORD_BYTES, POLLS, topic_name

LOOK_SECONDS = 0.2
"""How often it is looked which feeds are due."""
MOST_TEXT = 100_000
"""Characters left of an article that would not fit into a Kafka record."""
_SPARE_BYTES = 16_384
CLOCK_TOLERANCE = timedelta(hours=1)
"""A state from further in the future was made while a clock was wrong: what comes now is newer."""


def build(stage: Stage, feeds: Iterable[Feed], reader: Reader | None = None) -> None:
    """Put the agent on ``stage``, and the polling of ``feeds`` beside it.

    ``reader`` reads what is fetched; None: a child process does.
    """
    polling = Polling(stage, StateTable(stage.app, "feeds"), tuple(feeds), reader)
    stage.agent(topic_name(stage.settings, POLLS), polling.remember)
    stage.background(polling.run)


class Polling:
    """Polls the feeds of the partitions held, and keeps their states."""

    def __init__(
        self, stage: Stage, table: StateTable, feeds: tuple[Feed, ...], reader: Reader | None
    ) -> None:
        self._stage = stage
        self._reader = reader
        self._table = table
        self._feeds = [feed for feed in feeds if feed.enabled]
        self._articles = topic_name(stage.settings, ARTICLES)
        self._polls = topic_name(stage.settings, POLLS)
        self._latest: dict[str, Polled] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}

    # ------------------------------------------------------------------ the table
    async def remember(self, stream: Any) -> None:
        """The agent: one instance a partition."""
        await self._stage.consume(stream, self._keep)

    async def _keep(self, message: Any) -> None:
        with blamed_on_record():
            polled = decode(message.value, Polled)
        kept = self._kept(message.message.partition, polled.feed)
        now = self._stage.clock.now()
        if kept is None or _newer(polled, kept, now) is polled:  # not a former owner's late word
            await self._table.put(message.message.partition, {polled.feed: message.value})

    def _kept(self, partition: int, feed: str) -> Polled | None:
        value = self._table.get(partition, feed)
        return msgspec.json.decode(value, type=Polled) if value else None

    # ------------------------------------------------------------------ polling
    async def run(self) -> None:
        """Poll what is due, for ever; a poll that cannot be delivered is a fault."""
        settings = self._stage.settings
        limits = Limits(allow_private=settings.allow_private_addresses)
        contact = settings.user_agent_contact or ""
        async with Fetcher(limits, contact=contact, reader=self._reader) as fetcher:
            try:
                while True:
                    self._begin_due(fetcher)
                    await self._pause()
            finally:
                for task in self._under_way.values():
                    task.cancel()

    async def _pause(self) -> None:
        """Wait a moment, or raise the fault of a poll that ended."""
        await asyncio.wait(
            [*self._under_way.values(), asyncio.ensure_future(asyncio.sleep(LOOK_SECONDS))],
            return_when=asyncio.FIRST_COMPLETED,
        )
        for feed, task in list(self._under_way.items()):
            if task.done():
                del self._under_way[feed]
                task.result()

    def _begin_due(self, fetcher: Fetcher) -> None:
        if self._stage.not_ready() or self._stage.draining.is_set():
            return
        assigned = self._stage.app.consumer.assignment()
        held = {tp.partition for tp in assigned if tp.topic == self._polls}
        now = self._stage.clock.now()
        for feed in self._feeds:
            partition = self._partition(feed)
            if partition in held and feed.id not in self._under_way:
                state = self._state(feed, partition)
                if _due(state, now):
                    self._under_way[feed.id] = asyncio.ensure_future(
                        self._poll(feed, state, fetcher, now)
                    )

    def _partition(self, feed: Feed) -> int:
        every = list(range(self._stage.settings.partitions))
        return int(DefaultPartitioner()(feed.id.encode(), every, every))

    def _state(self, feed: Feed, partition: int) -> FeedState:
        """The newer of what the table has and what this worker has sent on its way there."""
        sent, kept = self._latest.get(feed.id), self._kept(partition, feed.id)
        newest = _newer(sent, kept, self._stage.clock.now()) if sent and kept else sent or kept
        return newest.state if newest else FeedState()

    async def _poll(self, feed: Feed, state: FeedState, fetcher: Fetcher, now: datetime) -> None:
        with self._stage.at_work():
            result = await poll(feed, state, fetcher, now)
            await self._deliver(feed, result)
            await self._send_state(feed, result, now)
        self._stage.metrics.polls.labels(result.outcome).inc()
        self._stage.log.info(
            "polled", feed=feed.name, outcome=result.outcome, articles=len(result.articles),
            note=result.note or "",
        )  # fmt: skip

    async def _deliver(self, feed: Feed, result: PollResult) -> None:
        articles = [self._stage.outgoing(fitting(article)) for article in result.articles]
        await self._stage.deliver([(self._articles, article) for article in articles])
        self._stage.metrics.articles.inc(len(articles))
        for article in result.articles:
            self._stage.log.debug("article", feed=feed.name, article=article.id)

    async def _send_state(self, feed: Feed, result: PollResult, now: datetime) -> None:
        polled = Polled(
            feed=feed.id, url=feed.url, at=now, outcome=result.outcome,
            articles=len(result.articles), state=result.state, note=result.note,
        )  # fmt: skip
        headers = cloudevent_headers(
            identity=f"{feed.id}-{int(now.timestamp() * 1000)}", kind="poll",
            source=self._stage.name, subject=feed.id, now=now,
        )  # fmt: skip
        value = msgspec.json.encode(polled)
        record = Outgoing(feed.id.encode(), value, headers)
        await self._stage.deliver([(self._polls, record)])
        self._latest[feed.id] = polled


def _due(state: FeedState, now: datetime) -> bool:
    if state.gone:
        return False
    if state.checked_at and state.checked_at > now + CLOCK_TOLERANCE:
        return True  # by a clock that was wrong, and so is what it says of the next check
    return state.next_check is None or state.next_check <= now


def _newer(one: Polled, other: Polled, now: datetime) -> Polled:
    """The later of two polls of a feed; ``one`` if they are equally late."""
    limit = now + CLOCK_TOLERANCE
    if (one.at > limit) != (other.at > limit):
        return other if one.at > limit else one
    return one if one.at >= other.at else other


def fitting(article: Article) -> Article:
    """``article`` as it fits into a record: cut, with a note, where it would be too large."""
    if len(msgspec.json.encode(article)) <= MAX_RECORD_BYTES - _SPARE_BYTES:
        return article
    return replace(
        article, title=article.title[:1000], text=article.text[:MOST_TEXT], previous=None,
        notes=(*article.notes, "cut: too large for a record"),
    )  # fmt: skip
