"""What several commands share: the settings file and how output is written."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import typer
from rich.console import Console
from rich.progress import track

from wirewatch.config.settings import Settings
from wirewatch.config.sources import Loaded, load

T = TypeVar("T")


def settings_file(ctx: typer.Context) -> Path | None:
    """The file given with ``wirewatch --settings FILE``, if any."""
    given = ctx.find_root().obj
    return given if isinstance(given, Path) else None


def loaded(ctx: typer.Context) -> Loaded:
    """Effective settings with their origins. Raises SettingsError."""
    return load(settings_file(ctx))


def settings(ctx: typer.Context) -> Settings:
    """Effective settings. Raises SettingsError."""
    return loaded(ctx).settings


def console(*, stderr: bool = False) -> Console:
    """A console that knows no markup in what it prints: feed content is never to be trusted.

    In a pipe lines are not wrapped, so that a program can read them.
    """
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 10_000
    return Console(file=stream, markup=False, highlight=False, emoji=False, width=width)


def print_json(value: Any) -> None:
    """One JSON document on standard output, indented on a terminal, on one line in a pipe."""
    indent = 2 if sys.stdout.isatty() else None
    typer.echo(json.dumps(value, ensure_ascii=False, indent=indent, default=str))


def with_bar(items: Iterable[T], total: int, label: str = "reading") -> Iterable[T]:
    """``items`` with a progress bar on standard error, where that is a terminal."""
    shown = console(stderr=True)
    return track(items, label, total=total, console=shown, disable=not shown.is_terminal)
