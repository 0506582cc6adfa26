"""Why a number of an article is no claim of news: what ``wirewatch read --explain`` shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted, Figure
from wirewatch.extraction.clean import MAX_CHARS, masked
from wirewatch.extraction.pipeline import prepare, shipped
from wirewatch.model import Article, Event

NO_HARM = "no word of harm, capture or movement belongs to it"
NO_EVENT = "no event that it could belong to"


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A number with its place in ``full_text``, and why nothing was claimed of it."""

    start: int
    end: int
    text: str
    reason: str


def explain(article: Article, nlp: Language | None = None) -> tuple[Unclaimed, ...]:
    """Every number of ``article`` that is no claim of a current event, in text order.

    Blocks like :func:`wirewatch.extraction.read`; takes what it takes, gives none for empty text.
    """
    nlp = nlp or shipped()
    text = masked(article.full_text[:MAX_CHARS])
    if not text.strip():
        return ()
    doc = prepare(article, text, nlp)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return tuple(_unclaimed(doc, doc._.events))


def _unclaimed(doc: Doc, events: Iterable[Event]) -> Iterator[Unclaimed]:
    claimed = list(_claimed(events))
    counted = {(item.figure.start, item.figure.end): item for item in doc._.counted}
    for figure in doc._.figures:
        span = doc[figure.start : figure.end]
        over = [
            event
            for start, end, event in claimed
            if start < span.end_char and span.start_char < end
        ]
        if any(event.when == "current" for event in over):
            continue
        reason = (
            _history(over[0]) if over else _reason(figure, counted.get((figure.start, figure.end)))
        )
        yield Unclaimed(span.start_char, span.end_char, span.text, reason)


def _claimed(events: Iterable[Event]) -> Iterator[tuple[int, int, Event]]:
    for event in events:
        for claim in event.claims:
            yield claim.evidence.start, claim.evidence.end, event


def _history(event: Event) -> str:
    when = event.date.text if event.date else ""
    return f"history: “{when}”" if when else "history"


def _reason(figure: Figure, counted: Counted | None) -> str:
    if counted is not None:
        return f"{counted.kind}, but {NO_EVENT}"
    return figure.not_people or NO_HARM
