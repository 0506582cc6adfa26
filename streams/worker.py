"""The long-lived service: the apps of some stages, started, watched and stopped together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from wirewatch.clock import Clock, SystemClock
from wirewatch.config.settings import Settings
from wirewatch.errors import WirewatchError
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.app import make_app
from wirewatch.streams.lag import Place, Progress, StallDetector, lag_by_topic
from wirewatch.streams.metrics import Metrics
from wirewatch.streams.slots import Slot, claim_slot
from wirewatch.streams.stage import Stage
from wirewatch.streams.topics import topic_specs
from wirewatch.streams.web import WebServer

DRAIN_SECONDS = 12.0
"""How long records under way may take to finish once the worker is told to stop."""
STOP_SECONDS = 10.0
"""How long the apps may take to leave their groups after that."""
WATCH_SECONDS = 5.0
"""How often lag is measured."""

Builder = Callable[[Stage], None]
"""Puts a stage's agent (and background work) on its app."""


class Service(Protocol):
    """What a worker runs: a stage, or something beside the stages."""

    name: str
    draining: asyncio.Event
    """Set when the worker is about to stop: take no more work."""

    async def start(self) -> None:
        """Start; raises WirewatchError if it cannot."""
        ...

    async def fault(self) -> None:
        """Wait for a fault that must end the worker; raise it."""
        ...

    def not_ready(self) -> tuple[str, ...]:
        """What it waits for before it works; empty while it does."""
        ...

    async def progress(self) -> Mapping[Place, Progress]:
        """Of the partitions that must not stand still, how far each is."""
        ...

    async def drained(self) -> None:
        """Wait until nothing is under way and what was done is committed."""
        ...

    async def stop(self) -> None:
        """Stop."""
        ...


@dataclass(frozen=True)
class Surroundings:
    """What a worker lends to its services; ``instance`` is the worker's lasting name."""

    settings: Settings
    metrics: Metrics
    clock: Clock
    instance: str


ServiceMaker = Callable[[Surroundings], Service]
"""Makes a service that needs no Faust app; raises WirewatchError."""


class Worker:
    """Runs stages until told to stop or until one faults."""

    def __init__(
        self,
        settings: Settings,
        builders: Mapping[str, Builder],
        *,
        services: Iterable[ServiceMaker] = (),
        rules: Iterable[str] = (),
        clock: Clock | None = None,
    ) -> None:
        self._settings = settings
        self._builders = builders
        self._makers = tuple(services)
        self._rules = tuple(rules)
        self._clock = clock or SystemClock()
        self._metrics = Metrics()
        self._log = structlog.get_logger()
        self._stages: list[Service] = []
        self._slot: Slot | None = None
        self._stalls: dict[str, StallDetector] = {}
        self._stalled: dict[str, tuple[tuple[str, int], ...]] = {}
        self._measured: dict[str, float] = {}
        self.web = WebServer(self, settings.http_host, settings.http_port)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set, then drain and leave; at most 30 s.

        Raises WirewatchError on a fault: the process should end with an exit code that makes its
        supervisor start it again.
        """
        await ensure_topics(self._settings, topic_specs(self._settings, self._rules))
        self._slot = claim_slot(self._settings.data_dir, self._settings.worker_name)
        drain = 0.0  # after a fault there is nothing to wait for: the records are read again
        try:
            self._build(self._slot)
            await self.web.start()
            await asyncio.gather(*(stage.start() for stage in self._stages))
            self._log.info(
                "worker started", stages=[s.name for s in self._stages], http=self.web.address
            )
            await self._watch(stop)
            drain = DRAIN_SECONDS
        finally:
            await self._leave(drain)
            self._slot.release()

    def _build(self, slot: Slot) -> None:
        for name, build in self._builders.items():
            app = make_app(self._settings, name, slot.folder, slot.name)
            stage = Stage(name, app, self._settings, self._metrics, self._clock)
            build(stage)
            self._stages.append(stage)
        around = Surroundings(self._settings, self._metrics, self._clock, slot.name)
        self._stages += [make(around) for make in self._makers]
        limit = self._settings.stall_seconds
        self._stalls = {stage.name: StallDetector(limit) for stage in self._stages}

    async def _watch(self, stop: asyncio.Event) -> None:
        """Wait for ``stop``; raise the first fault."""
        waiting = {
            asyncio.create_task(work)
            for work in (stop.wait(), self._measure(), *(s.fault() for s in self._stages))
        }
        try:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in waiting:
                task.cancel()

    async def _measure(self) -> None:
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            if self._slot:
                self._slot.touch()
            for stage in self._stages:
                await self._measure_stage(stage)
            if self._stalled_long():
                raise WirewatchError("; ".join(self.problems()))

    async def _measure_stage(self, stage: Service) -> None:
        if stage.not_ready():
            return
        try:
            async with asyncio.timeout(WATCH_SECONDS):
                progress = await stage.progress()
        except Exception as error:  # noqa: BLE001 - Kafka away is not a stall; its clients log it
            self._log.debug("lag unknown", stage=stage.name, error=repr(error))
            return
        self._measured[stage.name] = time.monotonic()
        for topic, lag in lag_by_topic(progress).items():
            self._metrics.lag.labels(stage.name, topic).set(lag)
        self._stalled[stage.name] = self._stalls[stage.name].stalled(progress, time.monotonic())

    def _stalled_long(self) -> bool:
        return any(self._stalled.values())

    async def _leave(self, drain: float) -> None:
        begun = time.monotonic()
        for stage in self._stages:
            stage.draining.set()
        await _within(drain, (stage.drained() for stage in self._stages))
        await _within(STOP_SECONDS, (stage.stop() for stage in self._stages))
        await self.web.stop()
        self._log.info("worker stopped", seconds=round(time.monotonic() - begun, 1))

    # ------------------------------------------------------------------ observed
    def problems(self) -> tuple[str, ...]:
        """Why the worker is not healthy; empty if it is."""
        limit = self._settings.stall_seconds
        still = [
            f"{topic}[{partition}] has records waiting and has not moved for {limit:.0f} s"
            for places in self._stalled.values()
            for topic, partition in places
        ]
        now = time.monotonic()
        blind = [
            f"{stage}: Kafka has not told the lag for {limit:.0f} s"
            for stage, at in self._measured.items()
            if now - at > limit
        ]
        return (*still, *blind)

    def not_ready(self) -> tuple[str, ...]:
        """What the worker still waits for; empty if it works."""
        if not self._stages:
            return ("starting",)
        return tuple(f"{s.name}: {why}" for s in self._stages for why in s.not_ready())

    def metrics_page(self) -> bytes:
        """Prometheus' text."""
        return self._metrics.page()


async def _within(seconds: float, work: Iterable[Awaitable[Any]]) -> None:
    tasks = [asyncio.ensure_future(one) for one in work]
    if not tasks:
        return
    done, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    for task in done:
        if error := task.exception():
            structlog.get_logger().warning("while stopping", error=repr(error))
