"""The present content of compacted topics: incidents, and the cases that the linker keeps."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from wirewatch.config.settings import Settings
from wirewatch.errors import BrokerError
from wirewatch.incidents import Case
from wirewatch.model import Incident
from wirewatch.streams.connection import aiokafka_options, unreachable
from wirewatch.streams.topics import INCIDENTS, MAX_FETCH_BYTES, changelog_topic, topic_name

T = TypeVar("T")


async def incidents(settings: Settings) -> tuple[Incident, ...]:
    """All incidents kept, each as last told, newest report first.

    Raises BrokerError if Kafka does not answer or a record is none of ours.
    """
    records = await latest(settings, topic_name(settings, INCIDENTS))
    found = [_decode(value, Incident) for value in records.values()]
    return tuple(sorted(found, key=lambda one: (one.last_seen, one.id), reverse=True))


async def case(settings: Settings, incident: str) -> Case | None:
    """What the linker keeps of an incident, its events included; None when it keeps none."""
    records = await latest(settings, changelog_topic(settings, "link", "incidents"))
    value = records.get(incident.encode())
    return _decode(value, Case) if value is not None else None


async def latest(settings: Settings, topic: str) -> dict[bytes, bytes]:
    """The newest value of each key of ``topic``, read to its present end; deleted keys left out."""
    consumer = AIOKafkaConsumer(
        topic,
        **aiokafka_options(settings),
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_partition_fetch_bytes=MAX_FETCH_BYTES,
    )
    found: dict[bytes, bytes] = {}
    try:
        await consumer.start()
        ends = await consumer.end_offsets(consumer.assignment())
        while any([await consumer.position(spot) < end for spot, end in ends.items()]):
            for batch in (await consumer.getmany(timeout_ms=500)).values():
                for record in batch:
                    found.pop(record.key, None)
                    if record.value is not None:
                        found[record.key] = record.value
    except (KafkaError, OSError) as error:
        raise unreachable(settings, error) from error
    finally:
        await consumer.stop()
    return found


def _decode(value: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(value, type=kind)
    except msgspec.DecodeError as error:
        raise BrokerError(f"a record is no {kind.__name__.lower()}: {error}") from error
