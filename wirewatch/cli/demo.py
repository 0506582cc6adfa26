"""``wirewatch demo``: a simulated day of news through the whole service."""

from __future__ import annotations

from typing import Annotated

import typer

from wirewatch.cli.options import console, print_json, settings


def demo(
    ctx: typer.Context,
    as_json: Annotated[
        bool, typer.Option("--json", help="The alerts alone, one JSON object a line.")
    ] = False,
) -> None:
    """Watch a day of invented news: about a minute, with a Kafka of its own; nothing stays."""
    from wirewatch.demo.terminal import show_demo  # noqa: PLC0415  loads Faust: others need not

    shown = console(stderr=as_json)
    raise typer.Exit(show_demo(settings(ctx), shown, print_json if as_json else None))
