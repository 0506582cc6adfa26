"""link: events → incidents. State: the incidents of each partition, in a table.

An incident that the linker forgets gets a tombstone on its topic: the alerts' state follows it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from wirewatch.incidents import Linker
from wirewatch.model import Event, Incident
from wirewatch.streams.blame import blamed_on_record
from wirewatch.streams.codecs import Outgoing, decode, header
from wirewatch.streams.linkstore import CaseStore
from wirewatch.streams.stage import Stage
from wirewatch.streams.state import StateTable
from wirewatch.streams.topics import EVENTS, INCIDENTS, MAX_RECORD_BYTES, topic_name
from wirewatch.streams.turns import Turns

EXTRACTED = "ww_extracted"
"""Header of an incident: when the event that changed it was read."""
MOST_UNWRITTEN = MAX_RECORD_BYTES // 8
"""Bytes of changed cases after which they are written: more is bad for memory and latency, and a
last event that changes many large cases must still find room in what Kafka takes at once."""


def build(stage: Stage) -> None:
    """Put the agent on ``stage``."""
    table = StateTable(stage.app, "incidents")
    stage.agent(topic_name(stage.settings, EVENTS), Linking(stage, table).link)


class Linking:
    """Feeds each partition's linker, delivers what it changed, then keeps its state."""

    def __init__(self, stage: Stage, table: StateTable) -> None:
        self._stage = stage
        self._table = table
        self._incidents = topic_name(stage.settings, INCIDENTS)

    async def link(self, stream: Any) -> None:
        """The agent: one instance a partition."""
        partition = _Partition(self._stage, self._table)

        async def handle(messages: list[Any]) -> None:
            events = [decode(message.value, Event) for message in messages]
            try:
                await self._take(partition, events, messages)
            except BaseException:
                partition.forget()  # its index may know what its table does not
                raise

        await self._stage.consume_batches(stream, handle)

    async def _take(self, partition: _Partition, events: list[Event], messages: list[Any]) -> None:
        """Link ``events`` in their order; what they led to is delivered, then kept, in bulk."""
        told: list[Outgoing] = []
        turns = Turns()
        for event, message in zip(events, messages, strict=True):
            if partition.unwritten > MOST_UNWRITTEN:
                await self._settle(partition, told)
            changed, forgotten = await partition.link(event, message.message)
            told += self._records(changed, forgotten, message)
            await turns.next()
        await self._settle(partition, told)

    async def _settle(self, partition: _Partition, told: list[Outgoing]) -> None:
        """Deliver what is ``told``, and empty it; then keep what the partition changed."""
        await self._stage.deliver([(self._incidents, one) for one in told])
        self._stage.metrics.incidents.inc(sum(one.value is not None for one in told))
        told.clear()
        await partition.keep()

    def _records(
        self, changed: tuple[Incident, ...], forgotten: tuple[str, ...], message: Any
    ) -> Iterator[Outgoing]:
        read = [(EXTRACTED, header(message.headers, "ce_time").encode())]
        for incident in changed:
            yield self._stage.outgoing(incident, read)
        for gone in forgotten:
            yield Outgoing(gone.encode(), None, [])


class _Partition:
    """A partition's linker, made anew when the partition was assigned anew."""

    def __init__(self, stage: Stage, table: StateTable) -> None:
        self._stage = stage
        self._table = table
        self._generation = -1
        self._store: CaseStore | None = None
        self._linker: Linker | None = None

    async def link(
        self, event: Event, message: Any
    ) -> tuple[tuple[Incident, ...], tuple[str, ...]]:
        """Take ``event`` in; give what changed and which incidents are forgotten.

        Nothing is written yet.
        """
        linker = await self._ready(message)
        with blamed_on_record():
            changed = linker.link(event, self._stage.clock.now())
        return changed, linker.forgotten

    def forget(self) -> None:
        """Make the linker anew from its table before the next event."""
        self._linker = None

    @property
    def unwritten(self) -> int:
        """Bytes that wait to be kept."""
        return self._store.unwritten if self._store else 0

    async def keep(self) -> None:
        """Write down what was changed since the last time, all or nothing."""
        if self._store:
            await self._store.flush()

    async def _ready(self, message: Any) -> Linker:
        if self._linker is None or message.generation_id != self._generation:
            self._store = CaseStore(self._table, message.partition)
            # A thread: with many incidents the index takes seconds, and health must answer.
            open_for = timedelta(days=self._stage.settings.incident_open_days)
            self._linker = await asyncio.to_thread(Linker, self._store, open_for=open_for)
            self._generation = message.generation_id
        return self._linker
