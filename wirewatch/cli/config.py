"""``wirewatch config``: the settings in effect and where each came from."""

from __future__ import annotations

from typing import Annotated

import typer
from rich import box
from rich.table import Table

from wirewatch.cli.options import console, loaded, print_json
from wirewatch.config.reference import reference
from wirewatch.config.settings import Settings
from wirewatch.config.sources import Loaded, shown_value


def config(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    as_reference: Annotated[
        bool, typer.Option("--reference", help="docs/settings.md: every setting explained.")
    ] = False,
) -> None:
    """Print the settings in effect and where each came from; secrets are masked."""
    if as_reference:
        typer.echo(reference(), nl=False)
        return
    effective = loaded(ctx)
    if as_json:
        print_json(
            {
                name: {"value": shown_value(effective.settings, name), "from": origin}
                for name, origin in effective.origins.items()
            }
        )
        return
    console().print(_table(effective))


def _table(effective: Loaded) -> Table:
    table = Table("setting", "value", "from", box=box.SIMPLE_HEAD)
    for name in Settings.model_fields:
        value = shown_value(effective.settings, name)
        origin = effective.origins[name]
        style = "dim" if origin == "default" else None
        table.add_row(name, "" if value is None else str(value), origin, style=style)
    return table
