"""An article and what was understood of it, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from wirewatch.model import Article, Event
from wirewatch.safety import one_line
from wirewatch.show.highlight import event_marks, marked_terminal
from wirewatch.show.words import claim_words, event_words, parties_words, source_words


def article_view(article: Article, events: Sequence[Event]) -> RenderableType:
    """The article with its evidence highlighted, then its events."""
    text = article.full_text
    shown = marked_terminal(text, event_marks(events))
    blank = len(text) - len(text.lstrip("\n"))
    return Group(shown[blank:], Rule(style="dim"), events_view(events))


def events_view(events: Sequence[Event]) -> RenderableType:
    """Events as blocks of lines, news before history."""
    if not events:
        return Text("no events", "dim")
    return Group(*(event_text(event) for event in news_first(events)))


def news_first(events: Sequence[Event]) -> list[Event]:
    """News before history, each in the order of the text."""
    return sorted(events, key=lambda event: (event.when != "current", event.evidence.start))


def event_text(event: Event) -> Text:
    """One event: its line, its claims with their quotations, who did what to whom, who says so."""
    text = Text().append(event_words(event), "bold" if event.when == "current" else "dim")
    for claim in event.claims:
        text.append(f"\n  {claim_words(claim)}", "bold red" if event.when == "current" else "dim")
        text.append(f"  “{one_line(claim.evidence.quote, 120)}”", "italic dim")
    for label, words in event_details(event):
        text.append(f"\n  {label} ", "dim").append(words)
    return text.append("\n")


def event_details(event: Event) -> list[tuple[str, str]]:
    """Parties, source and quotation of an event, with their labels; what is unknown is left out."""
    details = (
        ("by", parties_words(event.actors)),
        ("against", parties_words(event.targets)),
        ("says", source_words(event.attribution)),
        ("in", f"“{one_line(event.evidence.quote, 160)}”"),
    )
    return [(label, words) for label, words in details if words]
