"""The same for HTML: one self-contained page, everything from outside escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources

from wirewatch.model import Article, Event
from wirewatch.safety import one_line
from wirewatch.show.events import event_details, news_first
from wirewatch.show.highlight import event_marks, marked_html
from wirewatch.show.words import claim_words, event_words


def page(title: str, body: str) -> str:
    """A whole document that loads nothing and runs nothing; ``body`` is HTML, ``title`` text."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(one_line(title))}</title><style>{style_sheet()}</style></head>"
        f'<body class="wirewatch">{body}</body></html>\n'
    )


def style_sheet() -> str:
    """The rules of all our HTML; each begins with ``.wirewatch``, so notebooks stay as they are."""
    return resources.files(__package__).joinpath("style.css").read_text("utf-8")


def fragment(body: str) -> str:
    """``body`` with its style, for a notebook's cell."""
    return f'<div class="wirewatch"><style>{style_sheet()}</style>{body}</div>'


def article_html(article: Article, events: Sequence[Event]) -> str:
    """The article with its evidence highlighted, beside its events."""
    text = marked_html(article.full_text, event_marks(events)).lstrip("\n")
    listed = "".join(event_html(event) for event in news_first(events)) or "<p>no events</p>"
    return f'<div class="two"><div class="text">{text}</div><div>{listed}</div></div>'


def event_html(event: Event) -> str:
    """One event as a card."""
    claims = "".join(
        f"<li><b>{escape(claim_words(claim))}</b> <q>{_line(claim.evidence.quote)}</q></li>"
        for claim in event.claims
    )
    details = "".join(f"<li>{label} {escape(words)}</li>" for label, words in event_details(event))
    style = "card" if event.when == "current" else "card past"
    head = f"<h4>{escape(event_words(event))}</h4>"
    return f'<div class="{style}">{head}<ul>{claims}{details}</ul></div>'


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of text cells."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _line(text: str) -> str:
    return escape(one_line(text))
