"""Alerts that a target did not take: with the dead letters, naming the target."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any, Self

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from wirewatch.clock import Clock
from wirewatch.config.settings import Settings
from wirewatch.safety import one_line
from wirewatch.streams.connection import aiokafka_options, unreachable
from wirewatch.streams.deadletters import dead_letter_headers
from wirewatch.streams.metrics import Metrics
from wirewatch.streams.topics import DEADLETTERS, MAX_RECORD_BYTES, topic_name

STAGE = "deliver"


class Undelivered:
    """Puts alerts with the dead letters; an async context manager.

    However many there are, the worker goes on: a target that is dead for a day is no bad release.
    """

    def __init__(self, settings: Settings, metrics: Metrics, clock: Clock) -> None:
        self._settings = settings
        self._metrics = metrics
        self._clock = clock
        self._producer: Any = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Connect; raises BrokerError if Kafka does not answer."""
        self._producer = AIOKafkaProducer(
            **aiokafka_options(self._settings), max_request_size=MAX_RECORD_BYTES, acks="all"
        )
        self._stack.push_async_callback(self._producer.stop)
        try:
            await self._producer.start()
        except (KafkaError, OSError) as error:
            await self._stack.aclose()
            raise unreachable(self._settings, error) from error
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def put(self, record: Any, target: str, error: str, reason: str, attempts: int) -> None:
        """Deliver ``record``'s own bytes with the reason; return when Kafka has them.

        Raises KafkaError if it does not take them.
        """
        headers = dead_letter_headers(
            stage=STAGE, topic=record.topic, partition=record.partition, offset=record.offset,
            error=error, reason=one_line(reason), attempts=attempts, target=target,
            at=self._clock.now().isoformat(), original=list(record.headers or ()),
        )  # fmt: skip
        await self._producer.send_and_wait(
            topic_name(self._settings, DEADLETTERS), record.value, key=record.key, headers=headers
        )
        self._metrics.dead_letters.labels(STAGE, error).inc()
        self._metrics.undelivered.labels(target).inc()
        structlog.get_logger().error(
            "alert given up", stage=STAGE, target=target, topic=record.topic,
            offset=record.offset, error=error, reason=one_line(reason), attempts=attempts,
        )  # fmt: skip
