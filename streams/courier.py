"""A courier: reads all alert topics for one target, in a group of its own, and hands them over.

An offset is committed only when all alerts before it are taken or with the dead letters. A target
that is dead stands in the way of nobody else: each has its own consumer, backlog and courier.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from math import inf
from typing import Any

import structlog
from aiokafka import ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError

from wirewatch.config.settings import Settings
from wirewatch.delivery.backlog import Backlog, Parcel
from wirewatch.delivery.make import Sender
from wirewatch.delivery.outcome import Outcome
from wirewatch.delivery.target import Target
from wirewatch.model import Alert
from wirewatch.streams.codecs import DecodeError, decode, header
from wirewatch.streams.consumers import consumer_of, leave_group_at_stop
from wirewatch.streams.subscribe import FRESH, alert_topics
from wirewatch.streams.topics import TARGET_HEADER, group_name
from wirewatch.streams.undelivered import Undelivered
from wirewatch.streams.worker import Surroundings

LOOK_SECONDS = 1.0
"""How long a read of the topics waits at most."""
_FETCH_BYTES = 1_048_576
"""Of one partition at a time: many targets times many topics share a worker's memory."""
_NEVER_IDLE = 7 * 86_400_000
"""Milliseconds. A courier whose hands are full reads nothing for as long as the target is dead."""
_ERRORS = {"later": "TooOldError", "refused": "RefusedError"}
"""What a dead letter calls the two ways to give up."""


def target_group(settings: Settings, target: str) -> str:
    """Consumer group of a target."""
    return group_name(settings, f"deliver-{target}")


async def begin_at_now(settings: Settings, group: str) -> None:
    """Let a new ``group`` begin with the alerts that come from now on, not with old ones.

    Topics that come later are read from their beginning. A group that has committed anything is
    left as it is. Raises BrokerError if Kafka does not answer.
    """
    async with consumer_of(settings, group_id=group) as consumer:
        wanted = alert_topics(settings)
        spots = [TopicPartition(name, 0) for name in await consumer.topics() if wanted.match(name)]
        if not spots:
            return
        consumer.assign(spots)
        if any([await consumer.committed(spot) is not None for spot in spots]):
            return
        with suppress(KafkaError):  # another worker was quicker, and is in the group already
            await consumer.commit(await consumer.end_offsets(spots))


class Courier(ConsumerRebalanceListener):  # type: ignore[misc]
    """Hands the alerts of one target over, until told to stop."""

    def __init__(
        self, target: Target, sender: Sender, lost: Undelivered, around: Surroundings
    ) -> None:
        self.target = target
        self._sender = sender
        self._settings = around.settings
        self._instance = around.instance
        self._lost = lost
        self._metrics = around.metrics
        self._clock = around.clock
        self._backlog = Backlog(target)
        self._stirred = asyncio.Event()
        self._committing = asyncio.Lock()
        self._committed: dict[TopicPartition, int] = {}
        self._log = structlog.get_logger(stage="deliver", target=target.name)
        self.reading = False
        """Whether it has partitions, or knows that there are none for it."""

    async def run(self, stop: asyncio.Event) -> None:
        """Read and hand over until ``stop``; what is under way then is finished.

        Raises BrokerError if Kafka does not answer at the start, KafkaError when it goes away.
        """
        self._forget()
        group = target_group(self._settings, self.target.name)
        await begin_at_now(self._settings, group)
        async with consumer_of(
            self._settings, group_id=group,
            group_instance_id=f"{self._instance}-{self.target.name}",
            max_partition_fetch_bytes=_FETCH_BYTES,
            session_timeout_ms=int(self._settings.session_timeout_seconds * 1000),
            max_poll_interval_ms=_NEVER_IDLE, **FRESH,
        ) as consumer:  # fmt: skip
            consumer.subscribe(pattern=alert_topics(self._settings).pattern, listener=self)
            work = {asyncio.ensure_future(self._read(consumer)),
                    asyncio.ensure_future(self._give(consumer, stop))}  # fmt: skip
            try:
                done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                self.reading = False
                leave_group_at_stop(consumer)
                for task in work:
                    task.cancel()
                await asyncio.gather(*work, return_exceptions=True)

    def _forget(self) -> None:
        self._backlog.forget()
        self._committed.clear()

    # ------------------------------------------------------------------ Kafka's side
    async def on_partitions_revoked(self, _revoked: Any) -> None:
        """Partitions are shared out anew: what is in hand is read again, by whoever gets it."""
        self.reading = False
        self._forget()

    async def on_partitions_assigned(self, _assigned: Any) -> None:
        """It is known which partitions are ours."""
        self.reading = True

    async def _read(self, consumer: Any) -> None:
        while True:
            room = self._backlog.room
            if room:
                wait = int(LOOK_SECONDS * 1000)
                for batch in (await consumer.getmany(timeout_ms=wait, max_records=room)).values():
                    for record in batch:
                        await self._take_in(record)
                self._stirred.set()
            else:
                await asyncio.sleep(LOOK_SECONDS)
            await self._commit(consumer)
            await self._tell_waiting(consumer)

    async def _take_in(self, record: Any) -> None:
        place = (record.topic, record.partition)
        only_for = header(record.headers, TARGET_HEADER)
        try:
            alert = decode(record.value, Alert)
        except DecodeError as error:
            await self._lost.put(record, self.target.name, "DecodeError", str(error), 1)
            self._backlog.skip(place, record.offset)
            return
        if only_for not in {"", self.target.name} or not self.target.wants(alert):
            self._backlog.skip(place, record.offset)
            return
        raised = datetime.fromtimestamp(max(0, record.timestamp) / 1000, UTC)
        now = asyncio.get_running_loop().time()
        self._backlog.add(Parcel(place, record.offset, alert, record, raised, due=now))

    async def _commit(self, consumer: Any) -> None:
        async with self._committing:  # the two sides may come at once, and the later must not lose
            await self._commit_done(consumer)

    async def _commit_done(self, consumer: Any) -> None:
        held = consumer.assignment()
        done = {
            spot: offset
            for (topic, partition), offset in self._backlog.done_up_to().items()
            if (spot := TopicPartition(topic, partition)) in held
            and self._committed.get(spot) != offset
        }
        if not done:
            return
        try:
            await consumer.commit(done)
        except KafkaError as error:  # at worst the target gets something twice, with its id
            self._log.warning("not committed", error=repr(error))
        else:
            self._committed.update(done)

    async def _tell_waiting(self, consumer: Any) -> None:
        unread = 0
        for spot in consumer.assignment():
            end = consumer.highwater(spot)  # None before the first fetch
            with suppress(IllegalStateError):  # no longer ours
                unread += max(0, end - await consumer.position(spot)) if end else 0
        waiting = self._metrics.delivery_waiting.labels(self.target.name)
        waiting.set(len(self._backlog) + unread)

    # ------------------------------------------------------------------ the target's side
    async def _give(self, consumer: Any, stop: asyncio.Event) -> None:
        clock = asyncio.get_running_loop().time
        while not stop.is_set():
            parcel = self._backlog.next(clock())
            if parcel is None:
                await self._pause(self._backlog.wait(clock()), stop)
                continue
            self._backlog.begin(parcel, clock())
            outcome = await self._attempt(parcel)
            if self._backlog.end(parcel, outcome, clock(), self._clock.now()):
                continue
            if outcome.result == "taken":
                age = (self._clock.now() - parcel.raised).total_seconds()
                self._metrics.delivery_seconds.labels(self.target.name).observe(max(0.0, age))
            else:
                await self._lost.put(
                    parcel.source, self.target.name, _ERRORS[outcome.result], outcome.reason,
                    parcel.attempts,
                )  # fmt: skip
            self._backlog.done(parcel)
            await self._commit(consumer)

    async def _pause(self, seconds: float, stop: asyncio.Event) -> None:
        """Wait until something is due, something comes, or it is time to stop."""
        self._stirred.clear()
        waits = [asyncio.ensure_future(event.wait()) for event in (self._stirred, stop)]
        await asyncio.wait(
            waits, timeout=None if seconds == inf else seconds,
            return_when=asyncio.FIRST_COMPLETED,
        )  # fmt: skip
        for wait in waits:
            wait.cancel()

    async def _attempt(self, parcel: Parcel) -> Outcome:
        alert = parcel.alert
        try:
            outcome = await self._sender.send(alert, parcel.source.value)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the others
            self._log.exception("delivery failed", alert=alert.id)
            outcome = Outcome("later", type(error).__name__)
        self._metrics.deliveries.labels(self.target.name, outcome.result).inc()
        tell = self._log.info if outcome.result == "taken" else self._log.warning
        tell(
            "delivery", result=outcome.result, alert=alert.id, rule=alert.rule, kind=alert.kind,
            attempt=parcel.attempts, reason=outcome.reason,
        )  # fmt: skip
        return outcome
