"""``wirewatch read``: what one article says, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table

from wirewatch.cli.options import console, print_json
from wirewatch.errors import ArticleError
from wirewatch.safety import one_line
from wirewatch.show.events import article_view
from wirewatch.show.html import article_html, page, table
from wirewatch.show.words import claim_words, event_words

if TYPE_CHECKING:
    from wirewatch.extraction.explain import Unclaimed
    from wirewatch.reading import Reading

AROUND = 40
"""Characters of context on each side of a number that is explained."""


def read(
    source: Annotated[str, typer.Argument(help="A file, a URL, or - for standard input.")],
    published: Annotated[
        str | None,
        typer.Option(help="Publication date, as 2026-03-03; fixes what 'on Monday' means."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="The headline, where the text has none.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write a page to this file.", show_default=False)
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of every other number why it is no claim.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Read one article: its events, with the words they rest on."""
    # These load spaCy: other commands need not wait for it.
    from wirewatch.cli.input import article_from  # noqa: PLC0415
    from wirewatch.reading import read_article  # noqa: PLC0415

    reading = read_article(article_from(source, published=published, title=title))
    unclaimed = reading.explain() if explain else ()
    if html is not None:
        _write(html, reading, unclaimed)
    if as_json:
        print_json(_document(reading, unclaimed if explain else None))
    else:
        _print(reading, unclaimed)


def _print(reading: Reading, unclaimed: Sequence[Unclaimed]) -> None:
    shown = console()
    for note in reading.notes:
        shown.print(f"note: {note}", style="yellow")
    if not shown.is_terminal:
        for line in _lines(reading):
            shown.print(line, soft_wrap=True)
        for item in unclaimed:
            shown.print(f"no claim | {one_line(item.text)} | {item.reason}", soft_wrap=True)
        return
    parts: list[RenderableType] = [article_view(reading.article, reading.events)]
    if unclaimed:
        parts.append(_unclaimed_table(reading, unclaimed))
    shown.print(Group(*parts))


def _lines(reading: Reading) -> list[str]:
    lines = []
    for event in reading.events:
        claims = ", ".join(claim_words(claim) for claim in event.claims)
        parts = (event_words(event), claims, f"“{one_line(event.evidence.quote)}”")
        lines.append(" | ".join(part for part in parts if part))
    return lines


def _unclaimed_table(reading: Reading, unclaimed: Sequence[Unclaimed]) -> Table:
    shown = Table("no claim", "because", "where", box=box.SIMPLE_HEAD)
    for item in unclaimed:
        shown.add_row(one_line(item.text), one_line(item.reason), _context(reading, item))
    return shown


def _context(reading: Reading, item: Unclaimed) -> str:
    text = reading.article.full_text
    return "… " + one_line(text[max(0, item.start - AROUND) : item.end + AROUND]) + " …"


def _document(reading: Reading, unclaimed: Sequence[Unclaimed] | None) -> dict[str, Any]:
    document: dict[str, Any] = {
        "article": msgspec.to_builtins(reading.article),
        "events": msgspec.to_builtins(reading.events),
        "notes": list(reading.notes),
    }
    if unclaimed is not None:
        document["unclaimed"] = msgspec.to_builtins(unclaimed)
    return document


def _write(path: Path, reading: Reading, unclaimed: Sequence[Unclaimed]) -> None:
    rows = [(item.text, item.reason, _context(reading, item)) for item in unclaimed]
    body = article_html(reading.article, reading.events)
    body += table(("no claim", "because", "where"), rows) if rows else ""
    try:
        path.write_text(page(reading.article.title or "wirewatch: an article", body), "utf-8")
    except OSError as error:
        raise ArticleError(f"{path}: {error.strerror or error}") from error
