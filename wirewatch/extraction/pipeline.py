"""The reader as a spaCy pipeline, and ``read``: an article in, its events out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.agency import agency
from wirewatch.extraction.annotations import register
from wirewatch.extraction.clean import MAX_CHARS, is_english, is_link_list, masked
from wirewatch.extraction.events.assemble import TEXT_KEY
from wirewatch.extraction.learned.weights import PACKAGED, WeightsError
from wirewatch.extraction.tokenizer import adapt
from wirewatch.extraction.triggers.choose import choose
from wirewatch.extraction.words import words
from wirewatch.fingerprint import signature, terms
from wirewatch.model import Article, ArticleRef, Event
from wirewatch.safety import one_line

import_module("wirewatch.extraction.numbers.component")
import_module("wirewatch.extraction.learned.encode")
KEPT_WORDS = 20_000
"""Words of the vocabulary that outlive an article: about ten megabytes."""
_READING = {
    "wirewatch_places": "wirewatch.extraction.places.component",
    "wirewatch_dates": "wirewatch.extraction.dates.component",
    "wirewatch_actors": "wirewatch.extraction.actors.component",
    "wirewatch_claims": "wirewatch.extraction.claims.component",
    "wirewatch_triggers": "wirewatch.extraction.triggers.component",
    "wirewatch_factuality": "wirewatch.extraction.factuality.component",
    "wirewatch_events": "wirewatch.extraction.events.component",
}


def load(
    weights: Path | str | None = None,
    *,
    base: Language | str | None = None,
    min_confidence: float = 0.0,
) -> Language:
    """The reading pipeline: ``nlp(text)._.events``.

    ``weights``: folder of a model of the reader's own kind; None: the one that ships. ``base``: a
    spaCy pipeline (or its name) with Universal Dependencies labels to read with instead, which is
    changed in place; the rules then work alone. Claims less certain than ``min_confidence`` are
    left out. Takes about a second; keep the result. Raises WeightsError when either is not there.
    """
    register()
    nlp = _base(base) if base is not None else _own(weights)
    for name, module in _READING.items():
        if find_spec(module.rpartition(".")[0]) and find_spec(module):
            import_module(module)
            nlp.add_pipe(
                name,
                config={"min_confidence": min_confidence} if name == "wirewatch_events" else {},
            )
    return nlp


def _base(base: Language | str) -> Language:
    nlp = _named(base) if isinstance(base, str) else base
    nlp.add_pipe("wirewatch_numbers")
    return nlp


def _named(name: str) -> Language:
    try:
        return spacy.load(name)
    except (OSError, ValueError) as error:
        raise WeightsError(f"cannot load the spaCy pipeline {one_line(name)}: {error}") from error


def _own(weights: Path | str | None) -> Language:
    """Numbers first: they help to choose what the encoder reads."""
    nlp = adapt(spacy.blank("en"))
    nlp.add_pipe("wirewatch_numbers")
    if weights is not None or PACKAGED.is_dir():
        config = {"weights": None if weights is None else str(weights)}
        encode: Any = nlp.add_pipe("wirewatch_encode", config=config)
        encode.choose = choose
    return nlp


@cache
def shipped() -> Language:
    """The shipped pipeline, loaded once a process."""
    return load()


def read(article: Article, nlp: Language | None = None) -> tuple[Event, ...]:
    """The events that ``article`` tells, in text order; the same article gives the same bytes.

    Of a revised article, events that only the former text told follow with ``retracted`` set and
    the id they had. Text beyond 100,000 characters is not read; what is no English report (see
    ``notes``) has no events. Never raises on content; blocks, at most about three seconds.
    """
    nlp = nlp or shipped()
    found = _read(article, nlp)
    if article.previous is None:
        return found
    former = msgspec.structs.replace(
        article, title=article.previous.title, text=article.previous.text
    )
    told = {event.id for event in found}
    gone = [event for event in _read(former, nlp) if event.id not in told]
    return (*found, *(msgspec.structs.replace(event, retracted=True) for event in gone))


def notes(article: Article) -> tuple[str, ...]:
    """Why an article was not read, or not to its end; empty when all of it was."""
    text = masked(article.full_text[:MAX_CHARS])
    if not text.strip():
        return ("empty",)
    found = []
    if len(article.full_text) > MAX_CHARS:
        found.append(f"cut at {MAX_CHARS:,} characters")
    if is_link_list(text):
        found.append("a list of links, not a report")
    if not is_english(text):
        found.append("not English")
    return tuple(found)


def _read(article: Article, nlp: Language) -> tuple[Event, ...]:
    text = masked(article.full_text[:MAX_CHARS])
    if not text.strip() or is_link_list(text) or not is_english(text):
        return ()
    with _memory(nlp):
        doc = prepare(article, text, nlp)
        for _, pipe in nlp.pipeline:
            if doc._.unread:  # no sentence was worth the encoder: there is no event to find
                break
            doc = pipe(doc)
        events: tuple[Event, ...] = doc._.events
    return events


def prepare(article: Article, text: str, nlp: Language) -> Doc:
    """The article's Doc before any component: tokens, title, publication date, reference."""
    register()
    doc = nlp.make_doc(text)
    doc.user_data[TEXT_KEY] = article.full_text
    doc._.published = article.published
    doc._.title_end = _title_end(doc, len(article.title)) if article.title.strip() else None
    doc._.article = reference(article)
    return doc


def _title_end(doc: Doc, length: int) -> int:
    return sum(at < length + 2 for at in words(doc).at)


def reference(article: Article) -> ArticleRef:
    """What the article's events carry of it."""
    return ArticleRef(
        id=article.id,
        revision=article.revision,
        url=article.url,
        publisher=article.publisher,
        title=article.title,
        published=article.published,
        fetched_at=article.fetched_at,
        signature=signature(article.text),
        agency=agency(article),
        owner=article.owner,
        terms=terms(article.title, article.text),
    )


@contextmanager
def _memory(nlp: Language) -> Iterator[None]:
    """SpaCy's memory zone, so that a worker's memory stays the same; zones do not nest.

    Words are kept until the vocabulary holds what news uses day by day: making them anew for
    every article would take a fifth of the time that it is read in.
    """
    vocab: Any = nlp.vocab
    if vocab.in_memory_zone or len(vocab) < KEPT_WORDS:
        yield
        return
    with nlp.memory_zone():
        yield
