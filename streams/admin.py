"""Making and describing topics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from wirewatch.config.settings import Settings
from wirewatch.errors import BrokerError
from wirewatch.streams.connection import aiokafka_options, unreachable
from wirewatch.streams.consumers import consumer_of
from wirewatch.streams.topics import TopicSpec


@dataclass(frozen=True)
class TopicState:
    """A topic as Kafka has it; ``partitions`` 0: it does not exist; ``records`` as by offsets."""

    spec: TopicSpec
    partitions: int
    records: int

    @property
    def right(self) -> bool:
        """Whether it is there with the partitions that the settings ask for."""
        return self.partitions == self.spec.partitions


_LOOKS = 100
"""How often to look for a new topic, a tenth of a second apart."""


async def ensure_topics(settings: Settings, specs: Iterable[TopicSpec]) -> tuple[str, ...]:
    """Make the topics that are missing; give their names.

    Raises BrokerError if Kafka does not answer, refuses, or has one of them with another number of
    partitions, with what to do about it.
    """
    wanted = tuple(specs)
    async with _admin(settings) as admin:
        have = await _partition_counts(admin, wanted)
        _refuse_wrong_counts(wanted, have)
        missing = [spec for spec in wanted if not have[spec.name]]
        if missing:
            await _create(admin, missing)
            await _until_seen(admin, missing)
    return tuple(spec.name for spec in missing)


async def _until_seen(admin: Any, made: list[TopicSpec]) -> None:
    """Wait until Kafka names new topics: it says they are made a moment before it knows them."""
    for _ in range(_LOOKS):
        have = await _partition_counts(admin, tuple(made))
        if all(have[spec.name] for spec in made):
            return
        await asyncio.sleep(0.1)


async def describe_topics(settings: Settings, specs: Iterable[TopicSpec]) -> tuple[TopicState, ...]:
    """Each topic as it stands on Kafka; raises BrokerError if Kafka does not answer."""
    wanted = tuple(specs)
    async with _admin(settings) as admin:
        have = await _partition_counts(admin, wanted)
    there = [spec.name for spec in wanted if have[spec.name]]
    records = await _record_counts(settings, {name: have[name] for name in there})
    return tuple(TopicState(spec, have[spec.name], records.get(spec.name, 0)) for spec in wanted)


async def existing_topics(settings: Settings) -> tuple[str, ...]:
    """Names of all topics on Kafka, sorted; raises BrokerError if it does not answer."""
    async with _admin(settings) as admin:
        return tuple(sorted(await admin.list_topics()))


@asynccontextmanager
async def _admin(settings: Settings) -> AsyncIterator[Any]:
    admin = AIOKafkaAdminClient(**aiokafka_options(settings), request_timeout_ms=20_000)
    try:
        try:
            await admin.start()
        except (KafkaError, OSError) as error:
            raise unreachable(settings, error) from error
        yield admin
    finally:
        await admin.close()


async def _partition_counts(admin: Any, specs: tuple[TopicSpec, ...]) -> dict[str, int]:
    found = await admin.describe_topics([spec.name for spec in specs])
    counts = {topic["topic"]: len(topic["partitions"]) for topic in found}
    return {spec.name: counts.get(spec.name, 0) for spec in specs}


def _refuse_wrong_counts(specs: tuple[TopicSpec, ...], have: dict[str, int]) -> None:
    for spec in specs:
        count = have[spec.name]
        if count and count != spec.partitions:
            raise BrokerError(
                f"topic {spec.name} has {count} partitions, {spec.partitions} are configured: "
                f"set WIREWATCH_PARTITIONS={count}, or stop all workers and delete the topics "
                "(tables and their sources must agree), or use another WIREWATCH_TOPIC_PREFIX"
            )


async def _create(admin: Any, specs: list[TopicSpec]) -> None:
    new = [
        NewTopic(spec.name, spec.partitions, spec.replication, topic_configs=spec.config)
        for spec in specs
    ]
    response = await admin.create_topics(new)
    for name, code, *rest in response.topic_errors:
        # Another worker that starts at the same moment makes them too.
        if code not in {0, TopicAlreadyExistsError.errno}:
            detail = rest[0] if rest and rest[0] else for_code(code).__name__
            raise BrokerError(f"Kafka refuses to make topic {name}: {detail}")


async def _record_counts(settings: Settings, partitions: dict[str, int]) -> dict[str, int]:
    totals = dict.fromkeys(partitions, 0)
    spots = [TopicPartition(name, n) for name, count in partitions.items() for n in range(count)]
    async with consumer_of(settings) as consumer:
        ends = await consumer.end_offsets(spots)
        begins = await consumer.beginning_offsets(spots)
    for spot in spots:
        totals[spot.topic] += ends[spot] - begins[spot]
    return totals
