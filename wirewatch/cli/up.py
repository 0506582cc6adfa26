"""``wirewatch up``: everything on this machine, alerts printed as they come."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from wirewatch.broker import LocalBroker
from wirewatch.cli.kafka import local_broker
from wirewatch.cli.options import console
from wirewatch.cli.options import settings as effective
from wirewatch.config.settings import Settings
from wirewatch.errors import BrokerError

if TYPE_CHECKING:
    from wirewatch.agents.supervisor import Supervisor

LOOK_SECONDS = 1.0
"""How often it is looked whether our Kafka still lives."""
_LOG_LIMIT = 10_000_000


def up(ctx: typer.Context) -> None:
    """Start Kafka (unless one is configured) and a worker, and print alerts as they come.

    Ctrl-C stops the worker, then Kafka; data stays for the next time.
    """
    settings = effective(ctx)
    if settings.broker:
        asyncio.run(_watch(settings, None))
        return
    console(stderr=True).print("starting Kafka …")
    with local_broker(settings) as broker:
        configured = settings.model_copy(update={"broker": broker.url})
        asyncio.run(_watch(configured, broker))


async def _watch(settings: Settings, broker: LocalBroker | None) -> None:
    from wirewatch.agents.supervisor import Supervisor  # noqa: PLC0415 - Faust is slow to load

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    supervisor = Supervisor(settings, _fresh_log(settings.data_dir / "worker.log"))
    _tell(settings, supervisor)
    work = [stop.wait(), supervisor.run(), _print_alerts(settings), _watch_broker(broker)]
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        console(stderr=True).print("stopping …")
        await supervisor.stop()
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)


def _tell(settings: Settings, supervisor: Supervisor) -> None:
    lines = [f"Kafka    {settings.broker}", f"log      {supervisor.log}"]
    if settings.http_port:
        lines.append(f"health   http://{settings.http_host}:{settings.http_port}/readyz")
    lines.append("watching feeds; alerts appear below, Ctrl-C stops")
    console(stderr=True).print("\n".join(lines))


async def _print_alerts(settings: Settings) -> None:
    from wirewatch.show.alerts import print_alert  # noqa: PLC0415
    from wirewatch.streams.subscribe import subscribe  # noqa: PLC0415

    out = console()
    async for alert in subscribe(settings):
        print_alert(out, alert)


async def _watch_broker(broker: LocalBroker | None) -> None:
    while broker is None or broker.running:  # noqa: ASYNC110 - a process sets no event
        await asyncio.sleep(LOOK_SECONDS)
    raise BrokerError(f"Kafka has ended: {broker.last_words()}")


def _fresh_log(path: Path) -> Path:
    if path.exists() and path.stat().st_size > _LOG_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return path
