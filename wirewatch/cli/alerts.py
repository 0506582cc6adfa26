"""``wirewatch alerts``: follow the alert topics."""

from __future__ import annotations

import asyncio
import re
import signal
from contextlib import suppress
from datetime import timedelta
from typing import Annotated

import msgspec
import typer

from wirewatch.cli.kafka import settings_with_broker
from wirewatch.cli.options import console
from wirewatch.config.settings import Settings
from wirewatch.errors import SettingsError
from wirewatch.safety import one_line
from wirewatch.show.alerts import print_alert

LONGEST = timedelta(days=3650)
"""More is read as this: so that no time span leads before the calendar's beginning."""
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def alerts(
    ctx: typer.Context,
    rule: Annotated[
        list[str] | None, typer.Option(help="Only of this rule; repeat for more.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Also those of the last 30s, 15m, 2h, 7d.")
    ] = None,
    group: Annotated[
        str | None, typer.Option(help="Consumer group: go on where it was when it comes back.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON record a line.")] = False,
) -> None:
    """Follow alerts as they come, until Ctrl-C."""
    settings = settings_with_broker(ctx)
    back = duration(since) if since else None
    with suppress(KeyboardInterrupt, BrokenPipeError):
        asyncio.run(_follow(settings, rule or [], back, group, as_json))


def duration(text: str) -> timedelta:
    """``30s``, ``15m``, ``2h`` or ``7d``; raises SettingsError."""
    found = re.fullmatch(r"(\d{1,6})\s*([smhd])", text.strip())
    if not found:
        raise SettingsError(f"{text!r} is no time span: 30s, 15m, 2h or 7d are")
    return min(timedelta(**{_UNITS[found[2]]: int(found[1])}), LONGEST)


async def _follow(
    settings: Settings, rules: list[str], since: timedelta | None, group: str | None, as_json: bool
) -> None:
    from wirewatch.streams.admin import existing_topics  # noqa: PLC0415 - Kafka's client is slow
    from wirewatch.streams.subscribe import rules_without_topic, subscribe  # noqa: PLC0415

    task = asyncio.current_task()
    assert task
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    out = console()
    with suppress(asyncio.CancelledError):
        topics = await existing_topics(settings) if rules else ()
        for rule in rules_without_topic(settings, rules, topics):
            named = one_line(rule, 60)
            typer.echo(f"rule {named} has no topic yet ('wirewatch topics describe')", err=True)
        async for alert in subscribe(settings, *rules, group=group, since=since):
            if as_json:
                typer.echo(msgspec.json.encode(alert))
            else:
                print_alert(out, alert)
