"""deliver: alerts → webhooks, chat, mail. One courier a target, each with a group of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress

import structlog

from wirewatch.config.settings import Settings
from wirewatch.delivery import Sender, Target, load, make_sender, shipped
from wirewatch.show.message import alert_message
from wirewatch.streams.courier import Courier
from wirewatch.streams.lag import Place, Progress
from wirewatch.streams.undelivered import STAGE, Undelivered
from wirewatch.streams.worker import Surroundings

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
"""Between a courier's fault and its next start."""


def configured_targets(settings: Settings) -> tuple[Target, ...]:
    """The targets of the configured file, or of the one that ships. Raises SettingsError."""
    return load(settings.deliver_file) if settings.deliver_file else shipped()


class Delivery:
    """The couriers of a worker: started, watched and stopped with its stages.

    A target's fault is never the worker's: its courier is started again, the others go on.
    """

    name = STAGE

    def __init__(self, targets: Iterable[Target], around: Surroundings) -> None:
        """Read the secrets of the enabled targets; raises SettingsError."""
        self.draining = asyncio.Event()
        self._log = structlog.get_logger(stage=self.name)
        self._undelivered = Undelivered(around.settings, around.metrics, around.clock)
        self._senders: list[Sender] = []
        self._couriers: list[Courier] = []
        self._tasks: list[asyncio.Task[None]] = []
        for target in targets:
            if target.enabled:
                sender = make_sender(target, around.clock, alert_message)
                self._senders.append(sender)
                courier = Courier(target, sender, self._undelivered, around)
                self._couriers.append(courier)

    async def start(self) -> None:
        """Start the couriers; raises BrokerError if Kafka does not answer."""
        await self._undelivered.__aenter__()
        self._tasks = [asyncio.ensure_future(self._keep(courier)) for courier in self._couriers]
        self._log.info("delivering", targets=[one.target.name for one in self._couriers])

    async def _keep(self, courier: Courier) -> None:
        """Run a courier until the worker drains, starting it again after each fault."""
        pause = FIRST_PAUSE_SECONDS
        clock = asyncio.get_running_loop().time
        while not self.draining.is_set():
            begun = clock()
            try:
                await courier.run(self.draining)
            except Exception as error:  # noqa: BLE001 - must not reach the others
                self._log.error(
                    "courier starts again", target=courier.target.name, error=repr(error)
                )
            else:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(self.draining.wait(), pause)
            ran_well = clock() - begun > 2 * LONGEST_PAUSE_SECONDS
            pause = FIRST_PAUSE_SECONDS if ran_well else min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def fault(self) -> None:
        """Never returns: no fault here ends the worker."""
        await asyncio.Event().wait()

    def not_ready(self) -> tuple[str, ...]:
        """The targets whose courier does not read yet."""
        return tuple(
            f"{courier.target.name} waits for Kafka"
            for courier in self._couriers
            if not courier.reading
        )

    async def progress(self) -> Mapping[Place, Progress]:
        """Nothing: that a target takes nothing is no stall of the worker's."""
        return {}

    async def drained(self) -> None:
        """Wait until no attempt is under way and what was done is committed."""
        await asyncio.gather(*self._tasks)

    async def stop(self) -> None:
        """Stop the couriers, whatever they do, and let connections go."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for sender in self._senders:
            await sender.close()
        await self._undelivered.__aexit__()
