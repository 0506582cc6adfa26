"""kill -9 of the link or the alert worker at random moments of the demo's day, on a real Kafka.

``make soak`` does it 20 times, a test run three times (KILLS sets it). Each kill falls into a day
of its own, three weeks after the one before, so that old incidents end on the way; what must come
of it is what the same events give in one undisturbed process. Prints one line: see it with -s.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from aiokafka import AIOKafkaProducer, TopicPartition
from kafka_helpers import Process, read_all

from wirewatch import extraction
from wirewatch.config.settings import Settings
from wirewatch.demo.articles import articles
from wirewatch.demo.day import load_day
from wirewatch.demo.files import write_rules
from wirewatch.evaluation.replay import Replay
from wirewatch.model import Alert, Event, Incident
from wirewatch.rules import RuleSet
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.codecs import NO_COUNTRY, encode
from wirewatch.streams.connection import aiokafka_options
from wirewatch.streams.consumers import consumer_of
from wirewatch.streams.replay import dead_letters
from wirewatch.streams.topics import (
    EVENTS,
    INCIDENTS,
    alert_topic,
    group_name,
    topic_name,
    topic_specs,
)

KILLS = int(os.environ.get("KILLS", "3"))
SEED = int(os.environ.get("KILLS_SEED", "20"))
FIRST_DAY = date(2024, 3, 5)
APART = timedelta(weeks=3)
PAUSE_SECONDS = 0.06
"""Between two events, at most."""
IN_A_BURST = 0.5
"""How often a day's events come at once, and the kill while batches of them are worked on."""
BURST_SECONDS = 0.3
"""From the last event of a burst to the kill, at most."""
WHILE_AT_WORK = 0.7
"""How often the victim has certainly started; else it may be starting or reading its table back."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 30 * KILLS)]


@dataclass
class Outcome:
    """What subscribers see at the end: each incident as last told, each alert once, in order."""

    incidents: dict[str, Incident] = field(default_factory=dict)
    alerts: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """Id and kind of each alert, by incident and rule, as they first came."""
    records: int = 0
    """Records that told it, repeats included."""
    tellings: set[tuple[str, int]] = field(default_factory=set)
    """Id and revision of each telling of an incident."""

    def tell(self, incident: Incident) -> None:
        """Take a telling up; one that is older than what is known is a repeat."""
        self.records += 1
        self.tellings.add((incident.id, incident.revision))
        known = self.incidents.get(incident.id)
        if known is None or known.revision <= incident.revision:
            self.incidents[incident.id] = incident

    def alert(self, alert: Alert) -> None:
        """Take an alert up; its id again is a repeat."""
        self.records += 1
        said = self.alerts[f"{alert.rule} {alert.incident.id}"]
        if (alert.id, alert.kind) not in said:
            said.append((alert.id, alert.kind))

    @property
    def tolls(self) -> dict[str, object]:
        """Final tolls by incident, where there are any."""
        return {name: one.tolls for name, one in self.incidents.items() if one.tolls}

    @property
    def different(self) -> int:
        """How many records told something that no other did."""
        return len(self.tellings) + len(self.alert_ids)

    @property
    def alert_ids(self) -> set[str]:
        """Ids of all alerts."""
        return {identity for said in self.alerts.values() for identity, _ in said}


def days(count: int) -> Iterator[list[Event]]:
    """The events of that many demo days, as the shipped reader reads them."""
    nlp = extraction.load()
    for number in range(count):
        day = load_day(FIRST_DAY + number * APART)
        yield [event for one in articles(day) for event in extraction.read(one, nlp)]


def undisturbed(rules: RuleSet, partitions: Iterable[list[Event]]) -> Outcome:
    """What the events give in one process: each partition has a linker of its own."""
    wanted = Outcome()
    for events in partitions:
        replay = Replay(rules)
        for alerts in replay.take(events):
            for alert in alerts:
                wanted.alert(alert)
        for incident in replay.incidents.values():
            wanted.tell(incident)
    return wanted


async def published(settings: Settings, rules: RuleSet) -> Outcome:
    """What stands on the topics now."""
    found = Outcome()
    for record in await read_all(settings, topic_name(settings, INCIDENTS)):
        if record.value is not None:  # else the incident was forgotten a month after its end
            found.tell(msgspec.json.decode(record.value, type=Incident))
    for rule in rules.rules:
        for record in await read_all(settings, alert_topic(settings, rule.name)):
            found.alert(msgspec.json.decode(record.value, type=Alert))
    return found


async def send(
    producer: AIOKafkaProducer, settings: Settings, event: Event, sent: dict[int, list[Event]]
) -> None:
    """Put ``event`` on its topic as the extract stage does; note it under its partition."""
    out = encode(event, "extract", event.article.fetched_at)
    assert out.key == (event.country or NO_COUNTRY).encode()
    place = await producer.send_and_wait(
        topic_name(settings, EVENTS), out.value, key=out.key, headers=out.headers
    )
    sent[place.partition].append(event)


class Victim:
    """A worker of one stage that is killed and started again."""

    def __init__(self, worker: Process) -> None:
        self._worker = worker
        self._before = 0
        """How often its log said that it had started when it was last started."""
        worker.start()

    def _starts(self) -> int:
        return self._worker.log.read_text().count("worker started")

    def kill(self) -> None:
        """kill -9, and start it again at once."""
        self._worker.kill()
        self._before = self._starts()
        self._worker.start()

    async def ready(self) -> None:
        """Wait until it has started since it was last killed."""
        async with asyncio.timeout(240):
            while self._starts() == self._before:
                assert self._worker.returncode is None, self._worker.log.read_text()[-2000:]
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """SIGTERM; it must end cleanly."""
        await self.ready()
        self._worker.send(signal.SIGTERM)
        assert await asyncio.to_thread(self._worker.wait, 31) == 0


async def test_kills_change_no_toll_and_no_alert(
    settings: Settings, spawn: Callable[..., Process], tmp_path: Path
) -> None:
    dice = random.Random(SEED)
    file = tmp_path / "rules.yaml"
    rules = write_rules(file)
    await ensure_topics(settings, topic_specs(settings, [rule.name for rule in rules.rules]))
    victims = [
        Victim(spawn("-m", "wirewatch", "worker", "--only", stage, WIREWATCH_RULES_FILE=str(file)))
        for stage in ("link", "alert")
    ]
    day_by_day = await asyncio.to_thread(lambda: list(days(KILLS)))
    sent: dict[int, list[Event]] = defaultdict(list)
    async with AIOKafkaProducer(**aiokafka_options(settings), linger_ms=0) as producer:
        for events in day_by_day:
            victim = dice.choice(victims)
            if dice.random() < WHILE_AT_WORK:
                await victim.ready()
            deadly = dice.randrange(len(events))
            pause = 0.0 if dice.random() < IN_A_BURST else PAUSE_SECONDS
            for number, event in enumerate(events):
                await send(producer, settings, event, sent)
                await asyncio.sleep(dice.uniform(0, pause))
                if number == deadly and pause:
                    victim.kill()
            if not pause:
                await asyncio.sleep(dice.uniform(0, BURST_SECONDS))
                victim.kill()
            await committed(settings)
    wanted = undisturbed(rules, sent.values())
    found = await settled(settings, rules, wanted)
    for victim in victims:
        await victim.stop()
    report(wanted, found)
    assert found.alert_ids == wanted.alert_ids
    assert found.tolls == wanted.tolls
    assert found.incidents == wanted.incidents
    assert found.alerts == wanted.alerts
    assert len(wanted.alerts) >= 9 * KILLS, "each day has its alerts"
    assert not await dead_letters(settings)


async def committed(settings: Settings) -> None:
    """Wait until both stages have committed all that they were given.

    A killed worker reads again what it had not committed, the work of seconds; weeks must not pass
    in these, or it would read again what is forgotten after a month.
    """
    for stage, topic in (("link", EVENTS), ("alert", INCIDENTS)):
        async with consumer_of(settings, group_id=group_name(settings, stage)) as consumer:
            name = topic_name(settings, topic)
            spots = [TopicPartition(name, number) for number in range(settings.partitions)]
            consumer.assign(spots)
            ends = await consumer.end_offsets(spots)
            async with asyncio.timeout(240):
                for one in spots:  # Kafka tells nobody of a commit
                    while (await consumer.committed(one) or 0) < ends[one]:  # noqa: ASYNC110
                        await asyncio.sleep(0.1)


def report(wanted: Outcome, found: Outcome) -> None:
    """Print what came of it, in one line."""
    tolls = wanted.tolls
    print(  # noqa: T201  the figure that make soak is run for
        f"{KILLS} kills in {KILLS} days: {len(found.incidents)} incidents, "
        f"{len(tolls)} with a toll, "
        f"{sum(found.tolls.get(name) != toll for name, toll in tolls.items())} of them wrong; "
        f"{len(wanted.alert_ids)} alerts, {len(wanted.alert_ids - found.alert_ids)} missing, "
        f"{len(found.alert_ids - wanted.alert_ids)} invented; of {found.records} records "
        f"{found.records - found.different} were repeats"
    )


async def settled(settings: Settings, rules: RuleSet, wanted: Outcome) -> Outcome:
    """What stands on the topics once all that is wanted has come and nothing more does, or late."""
    before, found = Outcome(), await published(settings, rules)
    for _ in range(60):
        if wanted.alert_ids <= found.alert_ids and found.records == before.records:
            break
        await asyncio.sleep(2)
        before, found = found, await published(settings, rules)
    return found
