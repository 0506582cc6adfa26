"""A plain Kafka consumer, outside Faust: for subscribers, tools and the rules' topic."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from wirewatch.config.settings import Settings
from wirewatch.streams.connection import aiokafka_options, unreachable
from wirewatch.streams.topics import MAX_FETCH_BYTES


@asynccontextmanager
async def consumer_of(settings: Settings, *topics: str, **options: Any) -> AsyncIterator[Any]:
    """A started consumer of ``topics`` from their beginning; it commits nothing by itself.

    Raises BrokerError if Kafka does not answer at the start.
    """
    consumer = AIOKafkaConsumer(
        *topics,
        **aiokafka_options(settings),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        **{"max_partition_fetch_bytes": MAX_FETCH_BYTES, **options},
    )
    try:
        await consumer.start()
    except (KafkaError, OSError) as error:
        await consumer.stop()
        raise unreachable(settings, error) from error
    try:
        await asyncio.sleep(0)  # aiokafka's stop fails on a task of its own that never began
        yield consumer
    finally:
        await consumer.stop()


def leave_group_at_stop(consumer: Any) -> None:
    """Make the coming stop of aiokafka's ``consumer`` (if there is one) leave its group.

    A member with a lasting name stays in it until its session times out, so that a restart finds
    its partitions; after a clean stop others should have them at once.
    """
    if consumer is not None and hasattr(consumer._coordinator, "_group_instance_id"):  # noqa: SLF001
        consumer._coordinator._group_instance_id = None  # noqa: SLF001


async def read_to_end(consumer: Any) -> AsyncIterator[Any]:
    """Each record up to the ends of the assigned partitions as they are now."""
    ends = await consumer.end_offsets(consumer.assignment())
    while any([await consumer.position(spot) < end for spot, end in ends.items()]):
        for batch in (await consumer.getmany(timeout_ms=200)).values():
            for record in batch:
                yield record
