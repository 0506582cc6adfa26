"""``wirewatch worker``: the long-lived service."""

from __future__ import annotations

import asyncio
import faulthandler
import os
import signal
import threading
from typing import Annotated

import typer

from wirewatch.cli.kafka import settings_with_broker
from wirewatch.config.settings import Settings
from wirewatch.errors import WirewatchError

MOST_STOP_SECONDS = 30.0
"""From the signal to the end of the process, whatever hangs."""
FAULT_EXIT = 1


def worker(
    ctx: typer.Context,
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="Stages to run: poll, extract, link, alert, deliver (commas or repeated)."
        ),
    ] = None,
    stop_with_parent: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Poll, read, link, alert and deliver until told to stop; exit code 1 after a fault.

    Without --only all of it; deliver where the deliver file has an enabled target.

    SIGTERM and Ctrl-C finish what is under way and leave within 30 s.
    """
    run_worker(settings_with_broker(ctx), _stages(only), stop_with_parent=stop_with_parent)


def _stages(only: list[str] | None) -> list[str] | None:
    names = [name.strip() for part in only or [] for name in part.split(",")]
    return [name for name in names if name] or None


def run_worker(
    settings: Settings, stages: list[str] | None = None, *, stop_with_parent: bool = False
) -> None:
    """Run ``stages`` (all) in this process until a signal; a fault ends it with exit code 1."""
    from wirewatch.streams.logs import configure_logs  # noqa: PLC0415 - Faust is slow to load

    configure_logs(settings)
    faulthandler.register(signal.SIGUSR1)  # where does it hang? kill -USR1 tells on its log
    asyncio.run(_run(settings, stages, stop_with_parent))


async def _run(settings: Settings, stages: list[str] | None, stop_with_parent: bool) -> None:
    import structlog  # noqa: PLC0415

    from wirewatch.agents.assembly import make_worker  # noqa: PLC0415

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _begin_stop, stop)
    watch = asyncio.ensure_future(_watch_parent(stop)) if stop_with_parent else None
    try:
        await make_worker(settings, stages or ()).run(stop)
    except WirewatchError as error:
        structlog.get_logger().critical("worker faulted", error=str(error))
        typer.echo(f"wirewatch: {error}", err=True)
        # What is left is a crashed Faust; nothing unfinished is acknowledged, so leave it there.
        os._exit(FAULT_EXIT)
    finally:
        if watch:
            watch.cancel()


def _begin_stop(stop: asyncio.Event) -> None:
    stop.set()
    _end_for_sure()


def _end_for_sure() -> None:
    """End the process when the time is over, whatever hangs; nothing unfinished is acknowledged."""
    timer = threading.Timer(MOST_STOP_SECONDS - 1, os._exit, [FAULT_EXIT])
    timer.daemon = True
    timer.start()


async def _watch_parent(stop: asyncio.Event) -> None:
    parent = os.getppid()
    while os.getppid() == parent:  # noqa: ASYNC110 - the kernel sets no event
        await asyncio.sleep(0.5)
    _begin_stop(stop)
