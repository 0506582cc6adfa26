"""A text with passages marked, for terminals and HTML; nothing in the text can act as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from rich.text import Text

from wirewatch.model import Event
from wirewatch.safety import same_length

STYLES = {
    "event": "underline",
    "history": "underline dim",
    "claim": "bold white on dark_red",
    "claim-history": "bold on grey30",
    "right": "bold green",
    "wrong": "bold red",
    "missed": "bold yellow",
}
"""Terminal style of each mark; style.css holds those of HTML."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage [start, end) and how it is marked; ``note`` shows on hovering."""

    start: int
    end: int
    style: str
    note: str = ""


def event_marks(events: Iterable[Event]) -> list[Mark]:
    """The quotations that events and their claims rest on."""
    marks = []
    for event in events:
        past = event.when == "background"
        quote = event.evidence
        marks.append(Mark(quote.start, quote.end, "history" if past else "event", event.type))
        for claim in event.claims:
            style = "claim-history" if past else "claim"
            marks.append(Mark(claim.evidence.start, claim.evidence.end, style, claim.kind))
    return marks


def marked_terminal(text: str, marks: Iterable[Mark]) -> Text:
    """``text`` with styles; marks beyond its end are cut."""
    shown = Text(same_length(text))
    for mark in marks:
        shown.stylize(STYLES[mark.style], mark.start, mark.end)
    return shown


def marked_html(text: str, marks: Sequence[Mark]) -> str:
    """``text`` escaped, with ``<mark>`` elements; overlapping marks share their passage."""
    return "".join(_pieces(same_length(text), marks))


def _pieces(text: str, marks: Sequence[Mark]) -> Iterator[str]:
    edges = {0, len(text)}
    for mark in marks:
        edges.update(edge for edge in (mark.start, mark.end) if 0 < edge < len(text))
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        over = [mark for mark in marks if mark.start <= start and end <= mark.end]
        yield _piece(escape(text[start:end]), over)


def _piece(escaped: str, over: Sequence[Mark]) -> str:
    if not over:
        return escaped
    styles = " ".join(dict.fromkeys(mark.style for mark in over))
    notes = escape("; ".join(dict.fromkeys(mark.note for mark in over if mark.note)))
    return f'<mark class="{styles}" title="{notes}">{escaped}</mark>'
