"""Records that cannot be read or worked on: kept as they came, with the reason, and replayed."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog

import wirewatch
from wirewatch.clock import Clock
from wirewatch.config.settings import Settings
from wirewatch.errors import WirewatchError
from wirewatch.safety import one_line
from wirewatch.streams.codecs import Headers, header
from wirewatch.streams.metrics import Metrics
from wirewatch.streams.topics import DEADLETTERS, topic_name

RECENT = 200
"""How many records the share of dead letters is taken over."""
MOST_DEAD = 0.5
"""Above this share of recent records the worker stops: not the input is broken, but we are."""
LEAST_DEAD = 20
"""With fewer dead letters than this among the recent records it goes on in any case."""

_PREFIX = "ww_"
"""Of the headers added to a dead letter; the record's own headers stay beside them."""


class TooManyDeadLettersError(WirewatchError):
    """Most records fail: a bad deploy must not drain a topic into the dead letters."""


class DeadLetterLimit:
    """Watches the share of dead letters among the recent records."""

    def __init__(
        self, recent: int = RECENT, most: float = MOST_DEAD, least: int = LEAST_DEAD
    ) -> None:
        self._recent: deque[bool] = deque(maxlen=recent)
        self._most = most
        self._least = least

    def well(self, records: int = 1) -> None:
        """So many records were done."""
        self._recent.extend([False] * records)

    def dead(self) -> None:
        """A record was given up; raises TooManyDeadLettersError above the limit."""
        self._recent.append(True)
        count = sum(self._recent)
        if count >= self._least and count > self._most * len(self._recent):
            raise TooManyDeadLettersError(
                f"{count} of the last {len(self._recent)} records became dead letters: stopping, "
                "look at wirewatch deadletters"
            )


class DeadLetters:
    """Where a stage puts the records it gives up."""

    def __init__(
        self, app: Any, settings: Settings, stage: str, metrics: Metrics, clock: Clock
    ) -> None:
        name = topic_name(settings, DEADLETTERS)
        self._topic = app.topic(
            name, key_serializer="raw", value_serializer="raw", key_type=bytes, value_type=bytes
        )
        self._stage = stage
        self._metrics = metrics
        self._clock = clock
        self._limit = DeadLetterLimit()
        self._log = structlog.get_logger(stage=stage)

    def well(self, records: int = 1) -> None:
        """So many records were done well."""
        self._limit.well(records)

    async def publish(self, message: Any, error: Exception, attempts: int) -> None:
        """Deliver the record's own bytes with the reason; return when Kafka has them.

        Raises what a failed send raises, and TooManyDeadLettersError.
        """
        source = message.message
        reason = one_line(str(error))
        cause = str(getattr(error, "kind", type(error).__name__))
        headers = dead_letter_headers(
            stage=self._stage, topic=source.topic, partition=source.partition,
            offset=source.offset, error=cause, reason=reason, attempts=attempts,
            at=self._clock.now().isoformat(), original=_pairs(source.headers),
        )  # fmt: skip
        sent = await self._topic.send(key=source.key, value=source.value, headers=headers)
        await asyncio.gather(sent)
        self._metrics.dead_letters.labels(self._stage, cause).inc()
        self._log.error(
            "record given up", topic=source.topic, partition=source.partition,
            offset=source.offset, error=cause, reason=reason, attempts=attempts,
        )  # fmt: skip
        self._limit.dead()


def _pairs(headers: Any) -> Headers:
    if not headers:
        return []
    return list(headers.items() if hasattr(headers, "items") else headers)


def dead_letter_headers(original: Iterable[tuple[str, bytes]], **facts: object) -> Headers:
    """The record's own headers, then what happened to it."""
    added = {**facts, "version": wirewatch.__version__}
    kept = [pair for pair in original if not pair[0].startswith(_PREFIX)]
    return kept + [(_PREFIX + name, str(value).encode()) for name, value in added.items()]


@dataclass(frozen=True)
class DeadLetter:
    """A dead letter as read back from its topic; ``number`` is its offset there."""

    number: int
    stage: str
    topic: str
    partition: int
    offset: int
    error: str
    reason: str
    attempts: int
    at: str
    key: bytes | None
    value: bytes | None
    headers: Headers
    target: str = ""
    """Of stage deliver: the target that did not take it."""

    @property
    def original_headers(self) -> Headers:
        """The headers that the record had before it was given up."""
        return [pair for pair in self.headers if not pair[0].startswith(_PREFIX)]


def read_dead_letter(record: Any) -> DeadLetter:
    """A consumer's record of the dead-letter topic, with the headers taken apart."""
    headers = _pairs(record.headers)

    def text(name: str) -> str:
        return header(headers, _PREFIX + name)

    return DeadLetter(
        number=record.offset, stage=text("stage"), topic=text("topic"),
        partition=int(text("partition") or -1), offset=int(text("offset") or -1),
        error=text("error"), reason=text("reason"), attempts=int(text("attempts") or 0),
        at=text("at"), key=record.key, value=record.value, headers=headers,
        target=text("target"),
    )  # fmt: skip
