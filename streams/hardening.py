"""Where faust-streaming 0.15.3 would lose records, stand still or end for no reason, mended.

Each patch stands here alone, with what goes wrong without it; the tests in
tests/unit/streams/test_hardening.py fail without it. The versions are asserted: another one must be
read first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import version
from typing import Any

from aiokafka import TopicPartition
from aiokafka.codec import lz4_encode
from aiokafka.errors import IllegalStateError
from faust.agents.actor import Actor
from faust.agents.agent import Agent
from faust.tables import manager
from faust.tables.recovery import Recovery
from faust.transport.consumer import Consumer
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread

from wirewatch.errors import WirewatchError

VERSIONS = {"faust-streaming": "0.15.3", "aiokafka": "0.14.0", "mode-streaming": "0.7.1"}
"""What the patches were written against."""
FULL_BUFFER_SECONDS = 0.02
"""How often it is looked whether a full buffer is worked off."""

LZ4_LEVEL = 1
"""aiokafka compresses at level 9: a tenth less bytes for five times the processor time."""


def harden() -> None:
    """Put all patches in; may be called again. Raises WirewatchError on other versions."""
    for package, wanted in VERSIONS.items():
        if version(package) != wanted:
            raise WirewatchError(
                f"{package} {version(package)} is installed, wirewatch's guarantees were proved "
                f"with {wanted}: install that"
            )
    _replace(manager, "Recovery", FlowStoppingRecovery)
    _replace(Consumer, "_new_offset", _new_offset)
    _replace(Consumer, "ack", _ack)
    _replace(Consumer, "perform_seek", _perform_seek)
    _replace(Consumer, "_wait_next_records", _wait_next_records)
    _replace(AIOKafkaConsumerThread, "_commit", _commit)
    _replace(lz4_encode, "__defaults__", (LZ4_LEVEL,))
    _replace(Agent, "_execute_actor", _execute_actor)
    _replace(Actor, "on_isolated_partition_revoked", _on_isolated_partition_revoked)


def unharden() -> None:
    """Take all patches out again, for the tests that show what they are for."""
    for (owner, name), original in _ORIGINALS.items():
        setattr(owner, name, original)


_ORIGINALS: dict[tuple[Any, str], Any] = {}


def _replace(owner: Any, name: str, new: Any) -> None:
    _ORIGINALS.setdefault((owner, name), getattr(owner, name))
    setattr(owner, name, new)


class FlowStoppingRecovery(Recovery):
    """Lets no record through between the end of a table's recovery and the seek that follows.

    faust-streaming issue 596: source partitions resume before the seek to the committed offsets,
    and what was read in between is thrown away with the buffers.
    """

    async def on_recovery_completed(self, generation_id: int = 0) -> None:
        """Stop the flow, then go on as Faust does, which resumes it after the seek."""
        self.app.consumer.stop_flow()
        self.app.flow_control.suspend()
        await super().on_recovery_completed(generation_id)


FlowStoppingRecovery.logger = Recovery.logger  # mode gives each subclass one of its own


def _new_offset(consumer: Any, tp: Any) -> int | None:
    """Offset to commit, never past a record still being worked on.

    faust-streaming issue 606: records that are done are committed though an earlier one of the same
    partition is not; a crash then loses that one.
    """
    acked: list[int] = consumer._acked[tp]  # noqa: SLF001
    present = consumer.app.consumer_generation_id
    unfinished = [
        message.offset
        for message in list(consumer._unacked_messages)  # noqa: SLF001
        if message.tp == tp and not message.acked and message.generation_id == present
    ]
    if not unfinished:
        return _original_new_offset(consumer, tp)
    first = min(unfinished)
    held = [offset for offset in acked if offset >= first]
    acked[:] = [offset for offset in acked if offset < first]
    try:
        return _original_new_offset(consumer, tp)
    finally:
        acked.extend(held)


def _original_new_offset(consumer: Any, tp: Any) -> int | None:
    original: Callable[..., int | None] = _ORIGINALS[(Consumer, "_new_offset")]
    return original(consumer, tp)


def _ack(consumer: Any, message: Any) -> bool:
    """Take an acknowledgement only for what was really worked on under the present assignment.

    Faust skips a record that is under way while the flow is suspended (a rebalance, the end of a
    recovery, a clean stop) or that is of an older assignment, and acknowledges what it skipped. The
    record comes again after the seek, unless the skip was committed first: then it is lost.
    """
    app = consumer.app
    if not app.flow_control.is_active() or message.generation_id != app.consumer_generation_id:
        consumer._unacked_messages.discard(message)  # noqa: SLF001
        return False
    original: Callable[..., bool] = _ORIGINALS[(Consumer, "ack")]
    return original(consumer, message)


async def _perform_seek(consumer: Any) -> None:
    """Go back to the first record where nothing was committed yet.

    Faust throws away what it has fetched when a recovery ends or a rebalance comes, and seeks back
    to the committed offsets; aiokafka does not seek where there is none. The first records of a
    group were lost so, on a slow start. Changelogs are read to their end before.
    """
    original: Callable[..., Any] = _ORIGINALS[(Consumer, "perform_seek")]
    await original(consumer)
    changelogs = consumer.app.tables.changelog_topics
    new = [
        TopicPartition(tp.topic, tp.partition)
        for tp in consumer.assignment()
        if tp.topic not in changelogs and not consumer._read_offset[tp]  # noqa: SLF001
    ]
    if new:
        with suppress(IllegalStateError):  # taken away meanwhile: whoever gets it starts anew
            await consumer._thread.seek_to_beginning(*new)  # noqa: SLF001


async def _wait_next_records(consumer: Any, timeout: float) -> Any:  # noqa: ASYNC109 - Faust's
    """Look soon again while a partition's buffer is full: it may be worked off in a moment.

    Faust waits a second for other partitions, or sleeps for one if there are none, though what the
    full one needs next has long been fetched.
    """
    active = consumer._get_active_partitions()  # noqa: SLF001
    if (consumer._buffered_partitions - active) & consumer.assignment():  # noqa: SLF001
        timeout = min(timeout, FULL_BUFFER_SECONDS)
        if not active:
            await consumer.sleep(timeout)
            return {}, set()
    original: Callable[..., Any] = _ORIGINALS[(Consumer, "_wait_next_records")]
    return await original(consumer, timeout)


async def _execute_actor(agent: Any, coro: Any, aref: Any) -> None:
    """Let an actor go in peace whose partition was taken away in the middle of a record.

    Faust cancels it, takes the cancellation for a crash, and under a crashing supervisor the whole
    worker ends at a rebalance. The record is not acknowledged; its new owner reads it.
    """

    async def body() -> None:
        try:
            await coro
        except asyncio.CancelledError:
            if not aref.should_stop:
                raise

    original: Callable[..., Any] = _ORIGINALS[(Agent, "_execute_actor")]
    await original(agent, body(), aref)


async def _on_isolated_partition_revoked(actor: Any, tp: Any) -> None:
    """Unsubscribe an actor whose partition was taken away, whatever it was doing.

    Faust does so when the actor's iteration ends, and an actor in the middle of a record, or not
    yet begun, is only collected some time later: the next step of the rebalance then finds a
    subscription outside the assignment, and its assertion ends the worker.
    """
    original: Callable[..., Any] = _ORIGINALS[(Actor, "on_isolated_partition_revoked")]
    await original(actor, tp)
    actor.stream.app.topics.discard(actor.stream.channel)


async def _commit(thread: Any, offsets: Mapping[Any, int]) -> bool:
    """Commit nothing where nothing is left to commit.

    Faust leaves out the partitions that a rebalance took away between the choice of the offsets and
    the commit; when that is all of them, aiokafka refuses the empty rest and the worker ends. Their
    new owner reads those records again.
    """
    if not thread.assignment().intersection(offsets):
        return False
    original: Callable[..., Any] = _ORIGINALS[(AIOKafkaConsumerThread, "_commit")]
    done: bool = await original(thread, offsets)
    return done
