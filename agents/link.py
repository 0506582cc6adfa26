"""link: events → incidents. State: the incidents of each partition, in a table.

An incident that the linker forgets gets a tombstone on its topic: the alerts' state follows it.
"""

from __future__ import annotations

import asyncio
from typing import Any

from wirewatch.incidents import Linker
from wirewatch.model import Event, Incident
from wirewatch.streams.blame import blamed_on_record
from wirewatch.streams.codecs import decode, header
from wirewatch.streams.linkstore import CaseStore
from wirewatch.streams.stage import Stage
from wirewatch.streams.state import StateTable
from wirewatch.streams.topics import EVENTS, INCIDENTS, topic_name

EXTRACTED = "ww_extracted"
"""Header of an incident: when the event that changed it was read."""


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

        async def handle(message: Any) -> None:
            event = decode(message.value, Event)
            try:
                changed, forgotten = await partition.link(event, message.message)
                await self._deliver(changed, forgotten, message)
                await partition.keep()
            except BaseException:
                partition.forget()  # its index may know what its table does not
                raise

        await self._stage.consume(stream, handle)

    async def _deliver(
        self, changed: tuple[Incident, ...], forgotten: tuple[str, ...], message: Any
    ) -> None:
        read = [(EXTRACTED, header(message.headers, "ce_time").encode())]
        sent = [
            await self._stage.begin_send(self._incidents, incident, read) for incident in changed
        ]
        sent += [
            await self._stage.send_bytes(self._incidents, incident.encode(), None, [])
            for incident in forgotten
        ]
        await asyncio.gather(*sent)
        self._stage.metrics.incidents.inc(len(changed))


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

    async def keep(self) -> None:
        """Write down what the last ``link`` changed."""
        if self._store:
            await self._store.flush()

    async def _ready(self, message: Any) -> Linker:
        if self._linker is None or message.generation_id != self._generation:
            await self._table.settle(message.partition)
            self._store = CaseStore(self._table, message.partition)
            # A thread: with many incidents the index takes seconds, and health must answer.
            self._linker = await asyncio.to_thread(Linker, self._store)
            self._generation = message.generation_id
        return self._linker
