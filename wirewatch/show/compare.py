"""Label and reading side by side, for the page of ``wirewatch evaluate --html``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from wirewatch.safety import one_line
from wirewatch.show.highlight import Mark, marked_html


@dataclass(frozen=True, slots=True)
class Judged:
    """One line under an article: "right", "wrong" or "missed", what, why, and the quotation."""

    verdict: str
    what: str
    cause: str
    quote: str


def compared_html(
    name: str, text: str, labelled: Sequence[Mark], read: Sequence[Mark], judged: Sequence[Judged]
) -> str:
    """An article twice, marked as labelled and as read, with the verdicts below."""
    columns = _column("labelled", text, labelled) + _column("read", text, read)
    lines = "".join(_line(item) for item in judged)
    return (
        f'<section><h3>{escape(one_line(name))}</h3><div class="two">{columns}</div>'
        f"<ul>{lines}</ul></section>"
    )


def _column(head: str, text: str, marks: Sequence[Mark]) -> str:
    shown = marked_html(text, marks).lstrip("\n")
    return f'<div><h4>{head}</h4><div class="text">{shown}</div></div>'


def _line(item: Judged) -> str:
    cause = f" <i>{escape(one_line(item.cause))}</i>" if item.cause else ""
    return (
        f'<li><mark class="{item.verdict}">{item.verdict}</mark> {escape(one_line(item.what))}'
        f"{cause} <q>{escape(one_line(item.quote, 160))}</q></li>"
    )
