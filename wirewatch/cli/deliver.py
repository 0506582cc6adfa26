"""``wirewatch deliver``: check the file of targets, send a sample to one."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich import box
from rich.table import Table

from wirewatch.cli.options import console, print_json, settings
from wirewatch.clock import SystemClock
from wirewatch.errors import DeliveryError, SettingsError

if TYPE_CHECKING:
    from wirewatch.delivery import Sender, Target
    from wirewatch.delivery.outcome import Outcome

app = typer.Typer(help="Check delivery targets, send a sample to one.", no_args_is_help=True)

TargetsFile = Annotated[
    Path | None, typer.Argument(help="A file of targets; without one, that in force.")
]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command()
def check(ctx: typer.Context, file: TargetsFile = None, as_json: AsJson = False) -> None:
    """Check a file of targets, and that the secrets of the enabled ones are there."""
    targets = _targets(ctx, file)
    for target in targets:
        if target.enabled:
            _sender(target)
    if as_json:
        print_json([_facts(target) for target in targets])
        return
    table = Table("target", "kind", "enabled", "rules", "severities", box=box.SIMPLE_HEAD)
    for target in targets:
        table.add_row(
            target.name, target.kind, "yes" if target.enabled else "no",
            ", ".join(sorted(target.rules)) or "all", ", ".join(sorted(target.severities)) or "all",
        )  # fmt: skip
    console().print(table if targets else "no targets")


@app.command("test")
def send_sample(ctx: typer.Context, name: str, as_json: AsJson = False) -> None:
    """Send a sample alert to the target NAME, enabled or not; exit code 1 if it is not taken."""
    targets = {target.name: target for target in _targets(ctx, None)}
    if name not in targets:
        known = ", ".join(targets) or "none"
        raise SettingsError(f"no target is called {name!r}; there are {known}")
    begun = time.perf_counter()
    outcome = asyncio.run(_send(targets[name]))
    seconds = round(time.perf_counter() - begun, 2)
    if outcome.result != "taken":
        raise DeliveryError(f"{name} did not take the sample: {outcome.reason}")
    if as_json:
        print_json({"target": name, "reason": outcome.reason, "seconds": seconds})
    else:
        console().print(f"{name} has taken the sample ({outcome.reason}, {seconds} s)")


def _targets(ctx: typer.Context, file: Path | None) -> tuple[Target, ...]:
    from wirewatch.delivery import load, shipped  # noqa: PLC0415 - the HTTP client loads slowly

    path = file or settings(ctx).deliver_file
    return load(path) if path else shipped()


def _sender(target: Target) -> Sender:
    from wirewatch.delivery import make_sender  # noqa: PLC0415
    from wirewatch.show.message import alert_message  # noqa: PLC0415

    return make_sender(target, SystemClock(), alert_message)


async def _send(target: Target) -> Outcome:
    from wirewatch.delivery.sample import sample_alert  # noqa: PLC0415

    sender = _sender(target)
    alert = sample_alert(target.name, SystemClock().now())
    try:
        return await sender.send(alert, msgspec.json.encode(alert))
    finally:
        await sender.close()


def _facts(target: Target) -> dict[str, object]:
    return {
        "name": target.name, "kind": target.kind, "enabled": target.enabled,
        "rules": sorted(target.rules), "severities": sorted(target.severities),
    }  # fmt: skip
