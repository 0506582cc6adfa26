"""The demo as people see it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

import msgspec
from rich.console import Console

from wirewatch.config.settings import Settings
from wirewatch.demo.day import Day, Published
from wirewatch.demo.outcome import differences
from wirewatch.demo.run import Listener, Seen, run, yesterday
from wirewatch.demo.summary import NEXT, summary
from wirewatch.model import Alert
from wirewatch.show.alerts import print_alert

INTERRUPTED = 130
"""Exit code of a program that was told to stop, by convention."""


def show_demo(base: Settings, shown: Console, lines: Callable[[Any], None] | None) -> int:
    """Run the demo; give the program's exit code.

    Alerts go to ``shown``, or alone, as plain values, to ``lines`` where that is given.
    """
    day = yesterday()
    listener = _plain_listener(lines) if lines else _listener(shown, day)
    seen = _until_stopped(run(day, base, listener))
    if seen is None:
        shown.print("stopped; nothing is left running")
        return INTERRUPTED
    if lines is None:
        _print_end(shown, day, seen)
    return 1 if differences(day, seen.alerts.values()) else 0


def _until_stopped(work: Coroutine[Any, Any, Seen]) -> Seen | None:
    """The result of ``work``; None when Ctrl-C, SIGTERM or a closed terminal came first."""

    async def supervised() -> Seen | None:
        task = asyncio.create_task(work)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, task.cancel)
        try:
            return await task
        except asyncio.CancelledError:
            return None

    return asyncio.run(supervised())


def _plain_listener(lines: Callable[[Any], None]) -> Listener:
    def published(moment: datetime, article: Published) -> None:
        """Programs ask for alerts alone."""

    def alert(item: Alert) -> None:
        lines(msgspec.to_builtins(item))

    return Listener(step=lambda _: None, published=published, alert=alert)


def _listener(shown: Console, day: Day) -> Listener:
    def step(words: str) -> None:
        shown.print(words, style="dim")

    def published(moment: datetime, article: Published) -> None:
        edited = " (edited)" if article.updated != article.published else ""
        name = day.outlets[article.outlet].name
        shown.print(f"{moment:%H:%M} {name}: {article.title}{edited}", style="dim")

    def alert(item: Alert) -> None:
        print_alert(shown, item)

    return Listener(step=step, published=published, alert=alert)


def _print_end(shown: Console, day: Day, seen: Seen) -> None:
    shown.print()
    for line in summary(day, seen):
        shown.print(line, style="bold red" if line.startswith("not as") else None)
    shown.print("\nWhat to try next", style="bold")
    for command, words in NEXT:
        shown.print(f"  {command:46} {words}")
