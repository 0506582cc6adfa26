"""The article that the project was created from: from a feed to alerts on a real Kafka."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from kafka_helpers import Process, read_all
from newsroom import Newsroom

from wirewatch.broker import LocalBroker
from wirewatch.config.settings import Settings
from wirewatch.model import Alert, Event
from wirewatch.rules import load
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.topics import EVENTS, alert_topic, topic_name, topic_specs

ROOT = Path(__file__).parents[2]
FILE = ROOT / "../shared/data/seed/iran-taliban-talks.txt"
DAY = datetime(2018, 12, 26, tzinfo=UTC)
RULES = tuple(rule.name for rule in load(ROOT / "config" / "rules.yaml").rules)
WITHIN = 60
"""Seconds from the worker's start to the last of the alerts."""
pytestmark = [pytest.mark.corpora, pytest.mark.kafka, pytest.mark.timeout(300)]


async def alerts(settings: Settings) -> list[Alert]:
    read = [await read_all(settings, alert_topic(settings, rule)) for rule in RULES]
    return [msgspec.json.decode(one.value, type=Alert) for records in read for one in records]


def worker(settings: Settings, log: Path) -> Process:
    values = settings.model_dump(mode="json", exclude_unset=True)
    variables = {f"WIREWATCH_{key.upper()}": str(value) for key, value in values.items()}
    return Process([sys.executable, "-m", "wirewatch", "worker"], log, {**os.environ, **variables})


async def test_it_gives_its_alerts_and_no_other(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.yaml"
    with LocalBroker(tmp_path / "kafka") as kafka:
        settings = Settings(
            broker=kafka.url, data_dir=tmp_path / "data", partitions=2, http_port=0,
            extract_processes=1, allow_private_addresses=True, feeds_file=feeds,
        )  # fmt: skip
        await ensure_topics(settings, topic_specs(settings, list(RULES)))
        async with Newsroom() as room:
            room.tell("seed", "", FILE.read_text(encoding="utf-8"), DAY)
            feeds.write_text(
                f"feeds:\n- url: {room.url}\n  name: Seed\n  interval: 1s\n  first_sight: 36500d\n"
            )
            process = worker(settings, tmp_path / "worker.log")
            process.start()
            try:
                found = await settled(settings)
                read = await read_all(settings, topic_name(settings, EVENTS))
            finally:
                process.end()
    events = [msgspec.json.decode(record.value, type=Event) for record in read]
    by_rule = {rule: [a for a in found if a.rule == rule] for rule in RULES}
    (attack,) = by_rule.pop("mass-casualty")
    assert attack.incident.place is not None
    assert (attack.incident.place.name, attack.incident.tolls["killed"].low) == ("Kabul", 43)
    assert attack.incident.date is not None
    assert attack.incident.date.start == "2018-12-24"
    (withdrawal,) = by_rule.pop("troop-withdrawal")
    assert (withdrawal.incident.status, withdrawal.incident.confirmed) == ("announced", False)
    assert withdrawal.incident.tolls["troops"].best == 7000
    talks = [a.incident.place and a.incident.place.country for a in by_rule.pop("peace-talks")]
    assert set(talks) == {None, "AE"}  # the article says that it knows no place of Iran's talks
    assert not any(by_rule.values())
    quotes = {e.evidence.quote for e in events if e.type == "talks" and e.when == "current"}
    assert any("Iran will continue talks with the Taliban" in quote for quote in quotes)
    assert any("between the United States and Taliban" in quote for quote in quotes)
    assert any("meeting with" in quote and "Mohib in Kabul" in quote for quote in quotes)


async def settled(settings: Settings) -> list[Alert]:
    """The alerts once two seconds brought no new one."""
    deadline = asyncio.get_running_loop().time() + WITHIN
    before: list[Alert] = []
    while asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(2)
        now = await alerts(settings)
        if now and len(now) == len(before):
            return now
        before = now
    return before
