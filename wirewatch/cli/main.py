"""The ``wirewatch`` command: each group of commands stands in a file of its own."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

import wirewatch
from wirewatch.cli import (
    alerts,
    broker,
    config,
    deadletters,
    deliver,
    demo,
    evaluate,
    feeds,
    incidents,
    read,
    rules,
    topics,
    up,
    worker,
)
from wirewatch.errors import WirewatchError

app = typer.Typer(
    name="wirewatch",
    help="Watch news feeds; tell people when something has happened.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def main(
    ctx: typer.Context,
    settings: Annotated[
        Path | None, typer.Option(help="YAML file of settings.", show_default="./wirewatch.yaml")
    ] = None,
) -> None:
    """Watch news feeds; tell people when something has happened."""
    ctx.obj = settings
    # A command tells people itself what matters; what libraries try again is for a worker's log.
    logging.getLogger().addHandler(logging.NullHandler())


app.command()(config.config)
app.command()(demo.demo)
app.command()(read.read)
app.command()(evaluate.evaluate)
app.command()(up.up)
app.command()(worker.worker)
app.command()(broker.broker)
app.command()(alerts.alerts)
app.add_typer(incidents.app, name="incidents")
app.add_typer(rules.app, name="rules")
app.add_typer(topics.app, name="topics")
app.add_typer(deadletters.app, name="deadletters")
app.add_typer(feeds.app, name="feeds")
app.add_typer(deliver.app, name="deliver")


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(wirewatch.__version__)


def run() -> None:
    """Entry point: errors meant for people become one line and exit code 1."""
    try:
        app()
    except WirewatchError as error:
        typer.echo(f"wirewatch: {error}", err=True)
        sys.exit(1)
