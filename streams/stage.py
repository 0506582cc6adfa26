"""What every agent shares: retry what may pass, dead-letter what is bad, acknowledge last."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import structlog

from wirewatch.clock import Clock, SystemClock
from wirewatch.config.settings import Settings
from wirewatch.errors import WirewatchError
from wirewatch.model import Record
from wirewatch.safety import one_line
from wirewatch.streams.blame import RecordError, size_blamed_on_record
from wirewatch.streams.codecs import DecodeError, Headers, Outgoing, encode
from wirewatch.streams.consumers import leave_group_at_stop
from wirewatch.streams.deadletters import DeadLetters
from wirewatch.streams.lag import Place, Progress, measure
from wirewatch.streams.metrics import Metrics
from wirewatch.streams.producer import producer_of

ATTEMPTS = 3
"""How often a record is tried before it becomes a dead letter."""
RETRY_SECONDS = 0.2
"""Pause before the second try; twice as long before the third."""

MOST_AT_ONCE = 64
"""Records in a batch: more gain little, and all are read again after a kill."""

Handler = Callable[[Any], Awaitable[None]]
BatchHandler = Callable[[list[Any]], Awaitable[None]]
"""Takes several records in their order, as if each were alone; or raises, for all of them."""


class StageFault(WirewatchError):  # noqa: N818 - what the log and the operator call it
    """A stage cannot go on; the worker must end and be started again."""


def _describe(cause: BaseException | None) -> str:
    """The innermost cause, in one line."""
    while isinstance(cause, BaseExceptionGroup):
        cause = cause.exceptions[0]
    ours = isinstance(cause, WirewatchError)
    return one_line(str(cause) if ours else f"{type(cause).__name__}: {cause}")


@dataclass
class Stage:
    """One stage of a worker: its Faust app and what its agent needs."""

    name: str
    app: Any
    settings: Settings
    metrics: Metrics = field(default_factory=Metrics)
    clock: Clock = field(default_factory=SystemClock)

    def __post_init__(self) -> None:
        self.log = structlog.get_logger(stage=self.name)
        self.dead_letters = DeadLetters(
            self.app, self.settings, self.name, self.metrics, self.clock
        )
        self.draining = asyncio.Event()
        self.in_flight = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.sources: list[str] = []
        self._background: list[Callable[[], Awaitable[None]]] = []
        self._at_start: list[Callable[[], Awaitable[None]]] = []
        self._at_stop: list[Callable[[], Awaitable[None]]] = []
        self._tasks: list[asyncio.Task[None]] = []

    # ------------------------------------------------------------------ building
    def agent(self, topic: str, body: Callable[[Any], Awaitable[None]]) -> None:
        """Let ``body`` read the stream of ``topic``, each partition by an instance of its own."""
        self.sources.append(topic)
        source = self.app.topic(
            topic, key_serializer="raw", value_serializer="raw", key_type=bytes, value_type=bytes
        )
        self.app.agent(source, name=self.name, isolated_partitions=True)(body)

    def background(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run ``work`` beside the agent; its fault is the worker's."""
        self._background.append(work)

    def at_start(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run ``work`` while the app starts; its fault is the worker's."""
        self._at_start.append(work)

    def at_stop(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run ``work`` once the app has stopped."""
        self._at_stop.append(work)

    # ------------------------------------------------------------------ running
    async def start(self) -> None:
        """Start the app and the background work."""
        self.app.finalize()
        await asyncio.gather(self.app.start(), *(work() for work in self._at_start))
        self._tasks = [asyncio.ensure_future(work()) for work in self._background]

    async def fault(self) -> None:
        """Wait until the app or background work faults; raise that. Never returns."""
        crash = asyncio.ensure_future(self.app._crashed.wait())  # noqa: SLF001
        done, _ = await asyncio.wait({crash, *self._tasks}, return_when=asyncio.FIRST_COMPLETED)
        cause = self.app.crash_reason
        for task in set(done) - {crash}:
            cause = task.exception() or RuntimeError("background work ended")
        raise StageFault(f"stage {self.name}: {_describe(cause)}") from cause

    def not_ready(self) -> tuple[str, ...]:
        """What the stage waits for before it reads; empty while it does."""
        recovery = self.app.tables.recovery
        if self.app.rebalancing or not recovery.completed.is_set():
            return ("waiting for partitions",)
        return ("reading its tables back",) if self.app.in_recovery else ()

    async def progress(self) -> Mapping[Place, Progress]:
        """How far each partition held of its sources is; raises what aiokafka raises."""
        return await measure(self.app, frozenset(self.sources))

    async def drained(self) -> None:
        """Wait until no record is under way, then commit what was done."""
        await self._idle.wait()
        await self.app.consumer.commit()

    async def stop(self) -> None:
        """Stop background work and app."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        leave_group_at_stop(self.app.consumer._thread._consumer)  # noqa: SLF001
        await self.app.stop()
        for work in self._at_stop:
            await work()

    # ------------------------------------------------------------------ sending

    def outgoing(self, record: Record, extra: Headers | None = None) -> Outgoing:
        """``record`` as this stage sends it now."""
        out = encode(record, self.name, self.clock.now())
        return replace(out, headers=out.headers + extra) if extra else out

    async def deliver(self, records: Iterable[tuple[str, Outgoing]]) -> None:
        """Send each record to its topic, in this order; return when Kafka has them all.

        Raises RecordError if one is too large for Kafka, else what a failed send raises.
        """
        producer = await producer_of(self.app)
        with size_blamed_on_record():
            sent = [
                await producer.send(topic, out.value, key=out.key, headers=out.headers)
                for topic, out in records
            ]
        await asyncio.gather(*sent)

    # ------------------------------------------------------------------ reading
    async def consume(self, stream: Any, handle: Handler) -> None:
        """Give each record of ``stream`` to ``handle``, one at a time, acknowledge it when done."""
        stream = stream.noack()
        async for message in stream.events():
            await self.pause_if_draining()
            with self.at_work():
                await self.attempt(message, handle)
                await stream.ack(message)

    async def consume_batches(self, stream: Any, handle: BatchHandler) -> None:
        """Give ``handle`` the records of ``stream`` that wait together; acknowledge them when done.

        A batch with a record at fault is given again, its records one by one.
        """
        stream = stream.noack()
        async for batch in self._batches(stream):
            await self.pause_if_draining()
            with self.at_work(len(batch)):
                await self._attempt_batch(batch, handle)
                for message in batch:
                    await stream.ack(message)

    async def _batches(self, stream: Any) -> AsyncIterator[list[Any]]:
        """What waits in ``stream``, at least one record, at most MOST_AT_ONCE."""
        batch: list[Any] = []
        async for message in stream.events():
            batch.append(message)
            if len(batch) >= MOST_AT_ONCE or stream.channel.queue.empty():
                # What came under an older assignment comes again after the newer one's seek.
                present = self.app.consumer_generation_id
                if ours := [one for one in batch if one.message.generation_id == present]:
                    yield ours
                batch = []

    async def _attempt_batch(self, batch: list[Any], handle: BatchHandler) -> None:
        async def alone(message: Any) -> None:
            await handle([message])

        if len(batch) > 1:
            try:
                await handle(batch)
            except (RecordError, DecodeError):
                pass  # whose fault it is shows when each is alone
            else:
                self.dead_letters.well(len(batch))
                return
        for message in batch:
            await self.attempt(message, alone)

    async def pause_if_draining(self) -> None:
        """Take no more work once the worker is about to stop: wait to be cancelled."""
        if self.draining.is_set():
            await asyncio.Event().wait()

    @contextmanager
    def at_work(self, records: int = 1) -> Iterator[None]:
        """Count and time so many records."""
        begun = self.begin(records)
        try:
            yield
        except BaseException:
            self.let_go(records)
            raise
        self.finish(begun, records)

    def begin(self, records: int = 1) -> float:
        """So many records are under way from now on; give the result to ``finish``."""
        self.in_flight += records
        self._idle.clear()
        return time.perf_counter()

    def finish(self, begun: float, records: int = 1) -> None:
        """So many records were done."""
        seconds = time.perf_counter() - begun
        self.metrics.records_in.labels(self.name).inc(records)
        for _ in range(records):
            self.metrics.stage_seconds.labels(self.name).observe(seconds)
        self.let_go(records)

    def let_go(self, records: int = 1) -> None:
        """So many records are no longer under way, done or not."""
        self.in_flight -= records
        if not self.in_flight:
            self._idle.set()

    async def attempt(self, message: Any, handle: Handler) -> None:
        """Handle ``message``; after repeated faults of its own it becomes a dead letter.

        Faults that are not the record's (Kafka, a table, a broken reader) are raised.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                await handle(message)
            except (RecordError, DecodeError) as error:
                if attempt == ATTEMPTS or isinstance(error, DecodeError):
                    await self.dead_letters.publish(message, error, attempt)
                    return
                await asyncio.sleep(RETRY_SECONDS * attempt)
            else:
                self.dead_letters.well()
                return
