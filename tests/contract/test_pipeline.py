"""From a feed over HTTP to alerts on Kafka, with workers that are killed on the way."""

from __future__ import annotations

import asyncio
import json
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import aiohttp
import msgspec
from kafka_helpers import Process, produce, read_all, until
from newsroom import Newsroom

from wirewatch.config.settings import Settings
from wirewatch.model import Alert, Article, Event
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.replay import dead_letters, replay
from wirewatch.streams.topics import (
    ARTICLES,
    EVENTS,
    INCIDENTS,
    alert_topic,
    topic_name,
    topic_specs,
)

PIPELINE = str(Path(__file__).with_name("pipeline.py"))
RULE = "mass-casualty"
RULES = f"""
rules:
  - name: {RULE}
    description: At least ten people killed.
    types: [attack]
    toll: {{killed: {{low: 10}}}}
"""
CODES = (
    "KE PE NO JP FJ TD BO AR AT AU BD BE BG BR BW CA CH CL CM CO CR CU CZ DE DK DZ EC EE EG ES ET "
    "FI FR GA GH GR GT HN HR HU ID IE IN IQ IR IS IT JM JO KH KR KW LA LB LK LT LV LY MA MG"
)
COUNTRIES = CODES.split()
"""Sixty, so that each story is an incident of its own."""
CITIES = [f"City{chr(65 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]


def write_files(folder: Path, room: Newsroom) -> dict[str, str]:
    feeds, rules = folder / "feeds.yaml", folder / "rules.yaml"
    feeds.write_text(
        f"feeds:\n- url: {room.url}\n  name: Test\n  interval: 1s\n  max_interval: 1s\n"
    )
    rules.write_text(RULES)
    return {"WIREWATCH_FEEDS_FILE": str(feeds), "WIREWATCH_RULES_FILE": str(rules)}


def tell(room: Newsroom, first: int, count: int) -> None:
    for n in range(first, first + count):
        country = COUNTRIES[n % len(COUNTRIES)]
        room.tell(f"story-{n}", f"{10 + n} killed in {CITIES[n]}, {country}", f"Report {n}.")


async def records(settings: Settings, topic: str, kind: type) -> list:
    found = await read_all(settings, topic)
    return [msgspec.json.decode(record.value, type=kind) for record in found]


async def test_kills_on_the_way_lose_no_article_event_or_alert(
    settings: Settings, spawn: Callable[..., Process], tmp_path: Path
) -> None:
    total = 60
    await ensure_topics(settings, topic_specs(settings, [RULE]))
    async with Newsroom() as room:
        files = write_files(tmp_path, room)
        pair = [spawn(PIPELINE, **files), spawn(PIPELINE, **files)]
        pair[0].start()
        tell(room, 0, 20)
        articles = topic_name(settings, ARTICLES)

        async def some_articles() -> bool:
            return bool(await read_all(settings, articles))

        await until(some_articles, 240, "the first article")
        pair[0].kill()  # in the middle of the feed
        tell(room, 20, 20)
        for worker in pair:
            worker.start()
        await asyncio.sleep(6)
        tell(room, 40, 20)
        await asyncio.sleep(1.5)
        pair[1].kill()
        pair[1].start()

        async def all_alerted() -> bool:
            alerts = await records(settings, alert_topic(settings, RULE), Alert)
            return len({alert.incident.id for alert in alerts}) >= total

        await until(all_alerted, 240, f"{total} alerts")
        await asyncio.sleep(8)  # the one started last listens to signals only once it has loaded
        for worker in pair:
            worker.send(signal.SIGTERM)
        assert [await asyncio.to_thread(worker.wait, 31) for worker in pair] == [0, 0]
    await check_nothing_lost_or_invented(settings, total)


async def check_nothing_lost_or_invented(settings: Settings, total: int) -> None:
    articles = await records(settings, topic_name(settings, ARTICLES), Article)
    assert len({article.title for article in articles}) == total
    assert len({(article.id, article.revision) for article in articles}) == total
    events = await records(settings, topic_name(settings, EVENTS), Event)
    assert len({event.id for event in events}) == total
    alerts = await records(settings, alert_topic(settings, RULE), Alert)
    assert len({alert.id for alert in alerts}) == total
    assert {alert.kind for alert in alerts} == {"alert"}
    assert len({alert.incident.place.name for alert in alerts}) == total
    repeats = Counter(alert.id for alert in alerts)
    assert max(repeats.values()) <= 4, "repeats are harmless, a loop is not"
    assert not await dead_letters(settings)


async def test_bad_records_become_dead_letters_and_the_rest_goes_on(
    settings: Settings, spawn: Callable[..., Process], tmp_path: Path
) -> None:
    await ensure_topics(settings, topic_specs(settings, [RULE]))
    async with Newsroom() as room:
        files = write_files(tmp_path, room)
        worker = spawn(PIPELINE, WIREWATCH_LOG_FORMAT="json", **files)
        for topic in (ARTICLES, EVENTS, INCIDENTS):
            await produce(settings, topic_name(settings, topic), [(b"k", b"{not json")])
        tell(room, 0, 1)
        room.tell("bad", "unreadable story", "It breaks the reader.")
        worker.start()

        async def settled() -> bool:
            alerts = await read_all(settings, alert_topic(settings, RULE))
            return len(alerts) == 1 and len(await dead_letters(settings)) == 4

        await until(settled, 240, "one alert and four dead letters")
        letters = {letter.stage: letter for letter in await dead_letters(settings)}
        assert letters["link"].error == "DecodeError"
        assert letters["alert"].value == b"{not json"
        extracted = [one for one in await dead_letters(settings) if one.stage == "extract"]
        assert {one.error for one in extracted} == {"DecodeError", "ValueError"}
        broken = next(one for one in extracted if one.error == "ValueError")
        assert broken.attempts == 3
        assert b"unreadable story" in broken.value
        assert await replay(settings, [broken]) == 1

        async def again() -> bool:
            return len(await dead_letters(settings)) == 5

        await until(again, 240, "the replayed record, given up once more")
        await check_health(worker)
        worker.send(signal.SIGTERM)
        assert await asyncio.to_thread(worker.wait, 31) == 0


async def check_health(worker: Process) -> None:
    started = next(
        entry for line in worker.log.read_text().splitlines() if line.startswith("{")
        if (entry := json.loads(line))["event"] == "worker started"
    )  # fmt: skip
    async with aiohttp.ClientSession(f"http://{started['http']}") as session:
        for page in ("/healthz", "/readyz"):
            async with session.get(page) as response:
                assert response.status == 200
        async with session.get("/metrics") as response:
            metrics = await response.text()
    for line in (
        'wirewatch_dead_letters_total{error="DecodeError",stage="link"} 1.0',
        'wirewatch_alerts_total{kind="alert",rule="mass-casualty"} 1.0',
        'wirewatch_polls_total{result="articles"}',
        "wirewatch_extraction_queue 0.0",
        'wirewatch_stage_seconds_count{stage="extract"}',
        "wirewatch_articles_total 2.0",
    ):
        assert line in metrics


async def test_changed_rules_take_effect_without_a_restart_and_broken_ones_do_not(
    settings: Settings, spawn: Callable[..., Process], tmp_path: Path
) -> None:
    await ensure_topics(settings, topic_specs(settings, [RULE]))
    async with Newsroom() as room:
        files = write_files(tmp_path, room)
        worker = spawn(PIPELINE, **files)
        worker.start()
        tell(room, 0, 1)

        async def alerted() -> bool:
            return len(await read_all(settings, alert_topic(settings, RULE))) == 1

        await until(alerted, 240, "an alert under the first rules")
        rules = Path(files["WIREWATCH_RULES_FILE"])
        rules.write_text("rules: [oops")  # noqa: ASYNC240
        await asyncio.sleep(2.5)
        rules.write_text(RULES.replace(RULE, "grave-news"))  # noqa: ASYNC240

        async def in_force() -> bool:
            return "rules in force" in worker.log.read_text()

        await until(in_force, 5, "the new rules, within five seconds")
        assert "rules file is broken" in worker.log.read_text()
        tell(room, 1, 1)

        async def newly_alerted() -> bool:
            return bool(await read_all(settings, alert_topic(settings, "grave-news")))

        await until(newly_alerted, 240, "an alert on the new rule's topic")
        worker.send(signal.SIGTERM)
        assert await asyncio.to_thread(worker.wait, 31) == 0
