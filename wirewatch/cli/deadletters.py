"""``wirewatch deadletters``: what could not be read or worked on, and sending it again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table

from wirewatch.cli.kafka import settings_with_broker
from wirewatch.cli.options import console, print_json
from wirewatch.errors import WirewatchError
from wirewatch.safety import one_line

if TYPE_CHECKING:
    from wirewatch.streams.deadletters import DeadLetter

app = typer.Typer(help="List dead letters, and send them again.", no_args_is_help=True)

_Stage = Annotated[str | None, typer.Option(help="Only those that this stage gave up.")]


@app.command("list")
def list_(
    ctx: typer.Context,
    stage: _Stage = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show the dead letters still kept, oldest first."""
    letters = _read(ctx, stage)
    if as_json:
        print_json([_facts(letter) for letter in letters])
        return
    table = Table("number", "at", "stage", "record", "error", "reason", box=box.SIMPLE_HEAD)
    for letter in letters:
        record = f"{letter.topic}[{letter.partition}]@{letter.offset}"
        reason = one_line(letter.reason, 120)
        table.add_row(
            str(letter.number), letter.at[:19], _stage_words(letter), record, letter.error, reason
        )
    console().print(table if letters else "no dead letters")


@app.command()
def replay(
    ctx: typer.Context,
    number: Annotated[list[int] | None, typer.Argument(help="Numbers, as list shows them.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    stage: _Stage = None,
) -> None:
    """Send dead letters again to the topics they came from; a repeat does no harm."""
    from wirewatch.streams.replay import replay as send  # noqa: PLC0415

    if not number and not every:
        raise WirewatchError("which? Give numbers, or --all")
    letters = [one for one in _read(ctx, stage) if every or one.number in (number or ())]
    if missing := set(number or ()) - {letter.number for letter in letters}:
        raise WirewatchError(f"no dead letter has the number {min(missing)}")
    count = asyncio.run(send(settings_with_broker(ctx), letters))
    console().print(f"sent {count} again")


def _read(ctx: typer.Context, stage: str | None) -> list[DeadLetter]:
    from wirewatch.streams.replay import dead_letters  # noqa: PLC0415 - loads Kafka's client

    letters = asyncio.run(dead_letters(settings_with_broker(ctx)))
    return [letter for letter in letters if stage in {None, letter.stage}]


def _stage_words(letter: DeadLetter) -> str:
    return f"{letter.stage} {one_line(letter.target, 60)}".rstrip()


def _facts(letter: DeadLetter) -> dict[str, object]:
    return {
        "number": letter.number, "at": letter.at, "stage": letter.stage, "target": letter.target,
        "topic": letter.topic,
        "partition": letter.partition, "offset": letter.offset, "error": letter.error,
        "reason": letter.reason, "attempts": letter.attempts,
        "key": (letter.key or b"").decode("utf-8", "replace"),
        "value": (letter.value or b"").decode("utf-8", "replace"),
    }  # fmt: skip
