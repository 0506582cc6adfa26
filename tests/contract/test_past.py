"""Rules tried on the articles that Kafka holds."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiokafka import AIOKafkaProducer
from kafka_helpers import Process
from test_pipeline import RULE, RULES

from wirewatch.config.settings import Settings
from wirewatch.model import Article
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.codecs import encode
from wirewatch.streams.connection import aiokafka_options
from wirewatch.streams.topics import ARTICLES, topic_name, topic_specs

NOW = datetime.now(UTC)


def article(name: str, hours_ago: float, killed: int, city: str) -> Article:
    moment = NOW - timedelta(hours=hours_ago)
    text = f"A bomb killed {killed} people at a market in {city}, police said."
    return Article(
        id=name, revision=1, feed="f", publisher=f"{name}.example", url=None, text=text,
        title=f"Bomb kills {killed} in {city}", fetched_at=moment, published=moment,
    )  # fmt: skip


async def fill(settings: Settings, *articles: Article) -> None:
    """Put the articles on their topic as of when they were fetched, and a record that is none."""
    await ensure_topics(settings, topic_specs(settings))
    topic = topic_name(settings, ARTICLES)
    async with AIOKafkaProducer(**aiokafka_options(settings)) as producer:
        await producer.send_and_wait(topic, b"{no json", key=b"x")
        for one in articles:
            out = encode(one, "poll", NOW)
            moment = int(one.fetched_at.timestamp() * 1000)
            await producer.send_and_wait(
                topic, out.value, key=out.key, headers=out.headers, timestamp_ms=moment
            )


async def test_rules_are_tried_and_compared_on_what_came_since(
    settings: Settings, spawn: Callable[..., Process], tmp_path: Path
) -> None:
    await fill(
        settings,
        article("late", 1, 30, "Kabul"),
        article("former", 60, 50, "Nairobi"),
        article("early", 20, 12, "Baghdad"),
    )
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(RULES)
    new.write_text(RULES.replace("low: 10", "low: 20"))
    past = ("--topic", "articles", "--since", "2d", "--processes", "1", "--json")
    tried = await run(spawn, "try", str(old), *past)
    assert [one["incident"]["place"]["name"] for one in tried["alerts"]] == ["Baghdad", "Kabul"]
    assert {one["rule"] for one in tried["alerts"]} == {RULE}
    assert (tried["articles"], tried["unread"]) == (2, 0)
    compared = await run(spawn, "diff", str(old), str(new), *past)
    assert [one["reason"] for one in compared["removed"]] == ["killed is 12 (threshold 10)"]
    assert [one["reason"] for one in compared["added"]] == []


async def run(spawn: Callable[..., Process], *arguments: str) -> dict:
    process = spawn("-m", "wirewatch", "rules", *arguments)
    process.start()
    assert await asyncio.to_thread(process.wait, 240) == 0, process.log.read_text()
    documents = [line for line in process.log.read_text().splitlines() if '"articles":' in line]
    return json.loads(documents[-1])
