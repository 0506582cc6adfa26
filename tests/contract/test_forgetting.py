"""What is kept of an incident goes with it: its record, and what was said of it."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from kafka_helpers import Process, produce, read_all, until
from test_pipeline import PIPELINE, RULE, RULES

from wirewatch.config.settings import Settings
from wirewatch.model import Alert, ArticleRef, Claim, DateSpan, Event, Evidence, Place
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.latest import incidents, latest
from wirewatch.streams.topics import EVENTS, alert_topic, changelog_topic, topic_name, topic_specs

NOW = datetime.now(UTC)


def told(name: str, days_ago: int, killed: int) -> tuple[bytes, bytes]:
    """An event of Kenya as a record of the events' topic."""
    moment = NOW - timedelta(days=days_ago)
    day = moment.date().isoformat()
    evidence = Evidence(start=0, end=4, quote="text")
    event = Event(
        id=name, type="attack", when="current", status="happened", evidence=evidence,
        article=ArticleRef(
            id=f"article {name}", revision=1, url=None, publisher="test.example", title=name,
            published=moment, fetched_at=moment,
        ),
        place=Place(text=name, name=name, country="KE", precision="city"),
        date=DateSpan(start=day, end=day, precision="day"),
        claims=(Claim(id=f"c {name}", kind="killed", value=killed, low=killed, high=killed,
                      modifier="exact", evidence=evidence),),
    )  # fmt: skip
    return b"KE", msgspec.json.encode(event)


async def test_an_old_incident_and_what_was_said_of_it_are_forgotten(
    settings: Settings, spawn: Callable[..., Process], tmp_path: Path
) -> None:
    await ensure_topics(settings, topic_specs(settings, [RULE]))
    rules, feeds = tmp_path / "rules.yaml", tmp_path / "feeds.yaml"
    rules.write_text(RULES)
    feeds.write_text("feeds: []\n")
    files = {"WIREWATCH_RULES_FILE": str(rules), "WIREWATCH_FEEDS_FILE": str(feeds)}
    worker = spawn(PIPELINE, "link", "alert", TEST_MARKED_SECONDS="2", **files)
    events = topic_name(settings, EVENTS)
    states = changelog_topic(settings, "alert", "alerts")
    await produce(settings, events, [told("Oldham", 60, 30), told("Newham", 1, 20)])
    worker.start()

    async def one_is_left() -> bool:
        kept = [one.headline for one in await incidents(settings)]
        said = await read_all(settings, alert_topic(settings, RULE))
        return kept == ["Newham"] and len(said) == 2

    await until(one_is_left, 240, "two alerts, one incident left")

    async def said_of_one() -> bool:
        # Marks are looked at when the next incident of their partition comes.
        now = int(asyncio.get_running_loop().time() * 10)
        more = [told(f"Town{now}-{number}", 0, 1) for number in range(8)]
        await produce(settings, events, more)
        return len(await latest(settings, states)) == 1

    await until(said_of_one, 60, "what was said of the old one is deleted")
    alerts = [
        msgspec.json.decode(one.value, type=Alert)
        for one in await read_all(settings, alert_topic(settings, RULE))
    ]
    assert [(one.kind, one.incident.headline) for one in alerts] == [
        ("alert", "Oldham"), ("alert", "Newham"),
    ]  # fmt: skip
    worker.send(signal.SIGTERM)
    assert await asyncio.to_thread(worker.wait, 31) == 0
    listed = await command(spawn, "incidents", "--country", "KE", "--json")
    newham = next(one for one in listed if one["headline"] == "Newham")
    assert "Oldham" not in {one["headline"] for one in listed}
    shown = await command(spawn, "incidents", "show", newham["id"][:12], "--why", "--json")
    assert shown["incident"]["tolls"]["killed"]["best"] == 20
    assert shown["why"] == []  # a single report goes with no other


async def command(spawn: Callable[..., Process], *arguments: str) -> Any:
    process = spawn("-m", "wirewatch", *arguments)
    process.start()
    assert await asyncio.to_thread(process.wait, 120) == 0, process.log.read_text()
    return json.loads(process.log.read_text().splitlines()[-1])
