"""``wirewatch feeds``: the list of feeds, and whether they answer."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich import box
from rich.progress import Progress
from rich.table import Table

from wirewatch.cli.options import console, print_json, settings
from wirewatch.clock import SystemClock
from wirewatch.errors import FeedError, SettingsError
from wirewatch.feeds import (
    Feed,
    FeedState,
    Fetcher,
    Limits,
    PollResult,
    merge,
    opml,
    poll,
    registry,
)
from wirewatch.safety import one_line

app = typer.Typer(help="List, check, import and export the feeds.", no_args_is_help=True)

_File = Annotated[
    Path | None,
    typer.Option("--feeds", help="feeds.yaml", show_default="as set, else the shipped list"),
]
_Json = Annotated[bool, typer.Option("--json", help="For programs.")]
_GOOD = {"articles", "unchanged", "not_modified", "disabled"}


@app.command("list")
def list_feeds(ctx: typer.Context, feeds: _File = None, as_json: _Json = False) -> None:
    """List the feeds."""
    listed = registry.load(feeds or settings(ctx).feeds_file)
    if as_json:
        print_json([{"id": feed.id, **msgspec.to_builtins(feed)} for feed in listed])
        return
    table = Table("name", "url", "every", "page", "tags", box=box.SIMPLE_HEAD)
    for feed in listed:
        every = f"{feed.interval / 60:g} min" if feed.enabled else "off"
        page = "yes" if feed.fulltext else ""
        table.add_row(one_line(feed.name), feed.url, every, page, ", ".join(feed.tags))
    console().print(table)


@app.command()
def check(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Words of names or addresses; none: all feeds.")
    ] = None,
    feeds: _File = None,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON line a feed.")] = False,
) -> None:
    """Ask each feed once, as if it were new, and say how it answers.

    Exit code 1 if any feed that is enabled cannot be read.
    """
    effective = settings(ctx)
    chosen = _chosen(registry.load(feeds or effective.feeds_file), names or [])
    limits = Limits(allow_private=effective.allow_private_addresses)
    fetcher = Fetcher(limits, contact=effective.user_agent_contact or "")
    results = asyncio.run(_check(chosen, fetcher, as_json=as_json))
    if not as_json:
        console().print(_table(results))
    if not effective.user_agent_contact:
        typer.echo("Set user_agent_contact, so that publishers can write to you.", err=True)
    failed = sum(result.outcome not in _GOOD for _, result in results)
    if failed:
        raise FeedError(f"{failed} of {len(results)} feeds cannot be read")


@app.command("import")
def import_feeds(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="An OPML file, as feed readers export it.")],
    feeds: _File = None,
) -> None:
    """Add the feeds of an OPML file to feeds.yaml.

    Without a feeds.yaml of your own they are printed, to be put into one.
    """
    listing = opml.load(file)
    found = listing.feeds
    for address in listing.passed_over:
        typer.echo(f"passed over, no feed can be fetched from it: {address}", err=True)
    target = feeds or settings(ctx).feeds_file
    if target is None:
        typer.echo(registry.dump(found), nl=False)
        typer.echo(f"{len(found)} feeds; --feeds FILE adds them to a file", err=True)
        return
    try:
        source = target.read_text("utf-8") if target.exists() else ""
        text, added = merge.merged(source, str(target), found)
        _write(target, text.encode())
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{target}: {error}") from error
    typer.echo(f"{target}: {len(added)} feeds added, {len(found) - len(added)} were there")


@app.command()
def export(
    ctx: typer.Context,
    feeds: _File = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Else printed.")] = None,
) -> None:
    """Write the feeds as OPML, for feed readers."""
    document = opml.dump(registry.load(feeds or settings(ctx).feeds_file))
    if output is None:
        typer.echo(document.decode(), nl=False)
        return
    try:
        _write(output, document)
    except OSError as error:
        raise SettingsError(f"{output}: cannot be written: {error.strerror}") from error


def _chosen(feeds: tuple[Feed, ...], names: list[str]) -> list[Feed]:
    words = [name.casefold() for name in names]
    found = [
        feed
        for feed in feeds
        if not words or any(word in f"{feed.name} {feed.url}".casefold() for word in words)
    ]
    if names and not found:
        raise FeedError(f"no feed is called {' or '.join(names)}; 'wirewatch feeds list' lists all")
    return found


async def _check(
    feeds: list[Feed], fetcher: Fetcher, *, as_json: bool
) -> list[tuple[Feed, PollResult]]:
    results = []
    shown = console(stderr=True)
    async with fetcher:
        with Progress(console=shown, disable=as_json or not shown.is_terminal) as progress:
            bar = progress.add_task("asking", total=len(feeds))
            async for feed, result in _answers(feeds, fetcher):
                progress.advance(bar)
                results.append((feed, result))
                if as_json:
                    typer.echo(msgspec.json.encode(_record(feed, result)).decode())
    return sorted(results, key=lambda pair: feeds.index(pair[0]))


async def _answers(feeds: list[Feed], fetcher: Fetcher) -> AsyncIterator[tuple[Feed, PollResult]]:
    """Each feed with its answer, as the answers come in. No article's page is fetched."""

    async def ask(feed: Feed) -> tuple[Feed, PollResult]:
        plain = msgspec.structs.replace(feed, fulltext=False)
        return feed, await poll(plain, FeedState(), fetcher, SystemClock().now())

    for answer in asyncio.as_completed([ask(feed) for feed in feeds]):
        yield await answer


def _record(feed: Feed, result: PollResult) -> dict[str, Any]:
    newest = max((entry.updated for entry in result.state.seen), default=0)
    return {
        "feed": feed.id,
        "name": feed.name,
        "url": feed.url,
        "outcome": result.outcome,
        "note": result.note,
        "title": result.state.title,
        "entries": len(result.state.seen),
        "recent": len(result.articles),
        "newest": datetime.fromtimestamp(newest, UTC) if newest else None,
        "moved_to": result.state.moved_to,
        "next_check": result.state.next_check,
    }


def _table(results: list[tuple[Feed, PollResult]]) -> Table:
    table = Table("feed", "answer", "entries", "recent", "newest", "note", box=box.SIMPLE_HEAD)
    for feed, result in results:
        record = _record(feed, result)
        newest = f"{record['newest']:%Y-%m-%d %H:%M}" if record["newest"] else ""
        moved = f"moved to {record['moved_to']}" if record["moved_to"] else ""
        note = "; ".join(part for part in (result.note, moved) if part)
        style = None if result.outcome in _GOOD else "red"
        counts = (str(record["entries"]), str(record["recent"]))
        table.add_row(
            one_line(feed.name), result.outcome, *counts, newest, one_line(note), style=style
        )
    return table


def _write(path: Path, data: bytes) -> None:
    """Replace ``path`` in one step: a crash leaves the old file or the new one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)
