"""Articles that came in the past, as far as their topic still holds them."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import structlog

from wirewatch.config.settings import Settings
from wirewatch.model import Article
from wirewatch.streams.codecs import DecodeError, decode
from wirewatch.streams.consumers import consumer_of, read_to_end
from wirewatch.streams.topics import ARTICLES, topic_name


def articles_since(settings: Settings, start: datetime) -> list[Article]:
    """Every article that Kafka got since ``start``, in the order in which they were fetched.

    A record that is no article is passed over and logged. Blocks; holds all articles (some six
    kilobytes each). Raises BrokerError if Kafka does not answer.
    """
    return asyncio.run(_articles_since(settings, start))


async def _articles_since(settings: Settings, start: datetime) -> list[Article]:
    found: dict[tuple[str, int], Article] = {}
    async with consumer_of(settings, topic_name(settings, ARTICLES)) as consumer:
        moment = int(start.timestamp() * 1000)
        await _go_to(consumer, moment)
        async for record in read_to_end(consumer):
            if record.timestamp < moment:  # sent again, or by a clock that was behind
                continue
            try:
                article = decode(record.value, Article)
            except DecodeError as error:
                structlog.get_logger().warning(
                    "not an article", partition=record.partition, offset=record.offset,
                    reason=str(error),
                )  # fmt: skip
                continue
            found[article.id, article.revision] = article
    return sorted(found.values(), key=lambda one: (one.fetched_at, one.id, one.revision))


async def _go_to(consumer: Any, moment: int) -> None:
    spots = consumer.assignment()
    found = await consumer.offsets_for_times(dict.fromkeys(spots, moment))
    ends = await consumer.end_offsets(spots)
    for spot in spots:
        consumer.seek(spot, found[spot].offset if found[spot] else ends[spot])
