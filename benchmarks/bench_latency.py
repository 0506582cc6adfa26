"""From an article fetched to its alert in a subscriber's hands, idle: ``make bench-latency``.

Starts a Kafka, a worker with every stage and the shipped reader, and a feed on loopback; tells one
story after another, each in another city, and measures from ``fetched_at`` to the moment at which
a subscriber has the alert. What link and alert add is the part of it from the moment at which the
event was given to Kafka. Says how busy the machine was: on one that is not idle it measures that.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import msgspec
from aiohttp import web
from aiokafka import AIOKafkaConsumer

from wirewatch.agents.supervisor import Supervisor
from wirewatch.broker import LocalBroker
from wirewatch.config.settings import Settings
from wirewatch.model import Alert
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.connection import aiokafka_options
from wirewatch.streams.topics import alert_spec, alert_topic

GOAL_SECONDS = 1.0
ADDED_GOAL_SECONDS = 0.1
"""Of which link and alert."""
RULE = "mass-casualty"
CITIES = (
    "Nairobi", "Lima", "Oslo", "Osaka", "Suva", "Bogota", "Dakar", "Hanoi", "Quito", "Accra",
    "Tunis", "Riga", "Sofia", "Dhaka", "Manila", "Amman", "Minsk", "Tirana", "Harare", "Lusaka",
    "Kigali", "Maputo", "Luanda", "Asmara", "Bamako", "Niamey", "Havana", "Managua", "Caracas",
    "Asuncion",
)  # fmt: skip


class Feed:
    """One feed; the newest story comes first."""

    def __init__(self) -> None:
        self.items: list[str] = []

    def tell(self, city: str) -> None:
        """Put a story of today about ``city`` on top."""
        now = format_datetime(datetime.now(UTC))
        text = (
            f"A bomb exploded at a crowded market in {city} on {datetime.now(UTC):%A}, killing at "
            "least 14 people and wounding 30 others, police said. Nobody claimed responsibility "
            "for the attack. Hospitals asked for blood as rescue workers searched the stalls."
        )
        self.items.insert(0, (
            f"<item><guid>{city}</guid><title>Bomb kills at least 14 in {city}</title>"
            f"<pubDate>{now}</pubDate><description>{text}</description></item>"
        ))  # fmt: skip

    async def serve(self, _request: web.Request) -> web.Response:
        """The feed as RSS."""
        body = f"<rss version='2.0'><channel><title>B</title>{''.join(self.items)}</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml")


@dataclass(frozen=True)
class Took:
    """Seconds to an alert's record: from the article fetched, and from its event read."""

    whole: float
    added: float


async def measure(settings: Settings, feed: Feed, rounds: int) -> list[Took]:
    """How long each story took that was alerted."""
    await ensure_topics(settings, [alert_spec(settings, RULE)])
    supervisor = Supervisor(settings, settings.data_dir / "worker.log")
    running = asyncio.ensure_future(supervisor.run())
    topic = alert_topic(settings, RULE)
    consumer = AIOKafkaConsumer(topic, **aiokafka_options(settings), auto_offset_reset="earliest")
    await consumer.start()
    seconds = []
    try:
        for number, city in enumerate(CITIES[: rounds + 1]):
            feed.tell(city)
            async with asyncio.timeout(120 if number == 0 else 20):
                record = await consumer.getone()
            arrived = time.time()
            times = msgspec.json.decode(record.value, type=Alert).times
            assert times.fetched
            assert times.extracted
            took = Took(arrived - times.fetched.timestamp(), arrived - times.extracted.timestamp())
            print(f"{city:12} {took.whole * 1000:7.0f} ms, of which link and alert "
                  f"{took.added * 1000:5.0f} ms{'  (warm-up)' if not number else ''}")  # fmt: skip
            if number:
                seconds.append(took)
            await asyncio.sleep(0.7)
    finally:
        await consumer.stop()
        await supervisor.stop()
        running.cancel()
    return seconds


async def main(rounds: int) -> int:
    feed = Feed()
    app = web.Application()
    app.router.add_get("/feed.xml", feed.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    with tempfile.TemporaryDirectory() as name, LocalBroker(Path(name) / "kafka") as broker:
        folder = Path(name)
        feeds = folder / "feeds.yaml"
        url = f"http://127.0.0.1:{port}/feed.xml"
        feeds.write_text(f"feeds:\n- url: {url}\n  name: B\n  interval: 1s\n  max_interval: 1s\n")
        settings = Settings(
            broker=broker.url, data_dir=folder / "data", feeds_file=feeds, http_port=0,
            allow_private_addresses=True,
        )  # fmt: skip
        seconds = await measure(settings, feed, rounds)
    await runner.cleanup()
    print(f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    whole = report("article fetched → alert", [t.whole for t in seconds], GOAL_SECONDS)
    added = report("event read → alert", [t.added for t in seconds], ADDED_GOAL_SECONDS)
    return 0 if whole and added else 1


def report(what: str, seconds: list[float], goal: float) -> bool:
    """Print how long it took; whether the goal was reached."""
    p95 = statistics.quantiles(seconds, n=20)[-1]
    print(
        f"{what}: median {statistics.median(seconds) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, "
        f"greatest {max(seconds) * 1000:.0f} ms of {len(seconds)} "
        f"(goal: p95 < {goal * 1000:.0f} ms)"
    )
    return p95 < goal


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=29, help="stories to measure, at most 29")
    sys.exit(asyncio.run(main(parser.parse_args().rounds)))
