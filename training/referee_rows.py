"""Rows and labels for the referees: the reader's mentions laid beside the gold labels.

A mention inside a gold quotation of its own type is that event. One outside every quotation counts
as the article's event of that type where there is one (with little weight: the labels quote an
event once, the text may name it often), and as no event where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from training.score_dev import scorer
from wirewatch.extraction.clean import MAX_CHARS, masked
from wirewatch.extraction.pipeline import prepare
from wirewatch.extraction.referee.labels import STATUSES, TYPES
from wirewatch.extraction.triggers.match import Candidate, candidates
from wirewatch.model import Article

LOOSE = 0.3
"""Weight of a mention that no quotation holds."""
_JUDGED = ("wirewatch_triggers", "wirewatch_factuality", "wirewatch_events")


@dataclass
class Labelled:
    """One article's Doc with what the labels say of its candidates and figures."""

    doc: Doc
    weight: float
    candidates: tuple[Candidate, ...]
    valid: list[tuple[int, float]] = field(default_factory=list)
    when: list[tuple[int, float] | None] = field(default_factory=list)
    status: list[tuple[int, float] | None] = field(default_factory=list)
    claims: list[tuple[int, float] | None] = field(default_factory=list)
    told: dict[str, bool] = field(default_factory=dict)
    """Type → whether the text tells it as news; left out where the labels do not say."""


def prepared(article: Article, nlp: Language) -> Doc:
    """The Doc before the triggers are judged."""
    doc = prepare(article, masked(article.full_text[:MAX_CHARS]), nlp)
    for name, pipe in nlp.pipeline:
        if name not in _JUDGED:
            doc = pipe(doc)
    return doc


def labelled(article: Article, doc: Doc, events: list[dict[str, Any]], weight: float) -> Labelled:
    found = Labelled(doc, weight, candidates(doc))
    quoted = [(_spans(article, event), event) for event in events]
    for candidate in found.candidates:
        at = doc[candidate.start].idx
        valid, when, status = _judge(candidate.type, at, quoted)
        found.valid.append(valid)
        found.when.append(when)
        found.status.append(status)
    found.told = _told(quoted)
    number = scorer().number
    for counted in doc._.counted:
        figure = counted.figure
        row = {
            "value": figure.value, "low": figure.low, "high": figure.high,
            "modifier": figure.modifier,
        }  # fmt: skip
        key = (counted.kind, number(row))
        span = (doc[counted.start].idx, doc[counted.end - 1].idx)
        found.claims.append(_news(article, key, span, events, number))
    return found


def own(doc: Doc, tells: list[str], past: list[str], weight: float) -> Labelled:
    """A sentence of mentions.yaml; of its figures and of status it says nothing."""
    found = Labelled(doc, weight, candidates(doc))
    for candidate in found.candidates:
        valid = candidate.type in {*tells, *past}
        found.valid.append((int(valid), 1.0))
        found.when.append((int(candidate.type in tells), 1.0) if valid else None)
        found.status.append(None)
    found.claims = [None] * len(doc._.counted)
    found.told = {type_: type_ in tells for type_ in TYPES}
    return found


def _told(quoted: list[Any]) -> dict[str, bool]:
    """Of an excerpt only what it quotes is known to be told; the rest may be, in other words."""
    told = dict.fromkeys(TYPES, False)
    for spans, event in quoted:
        if event["when"] == "current" and not spans:
            told.pop(event["type"], None)
    for spans, event in quoted:
        if event["when"] == "current" and spans:
            told[event["type"]] = True
    return told


def _spans(article: Article, event: dict[str, Any]) -> list[tuple[int, int]]:
    quotes = [event["quote"], *(c.get("quote", "") for c in event.get("claims", ()))]
    text = article.full_text
    return [(at, at + len(q)) for q in quotes if q and (at := text.find(q)) >= 0]


def _judge(type_: str, at: int, quoted: list[Any]) -> Any:
    same = [(spans, e) for spans, e in quoted if e["type"] == type_]
    inside = [e for spans, e in same if any(a <= at < b for a, b in spans)]
    if inside:
        event = inside[0]
        when = int(event["when"] == "current")
        return (1, 1.0), (when, 1.0), (STATUSES.index(event["status"]), 1.0)
    if not same:
        return (0, 1.0), None, None
    whens = {e["when"] for _, e in same}
    moods = {e["status"] for _, e in same}
    when_ = (int("current" in whens), LOOSE) if len(whens) == 1 else None
    mood = (STATUSES.index(moods.pop()), LOOSE / 2) if len(moods) == 1 else None
    elsewhere = any(a <= at < b for spans, _ in quoted for a, b in spans)
    return (0 if elsewhere else 1, LOOSE), when_, mood


def _news(article: Article, key: Any, span: Any, events: list[Any], number: Any) -> Any:
    text = article.full_text
    fitting = []
    for event in events:
        for claim in event.get("claims", ()):
            if (claim["kind"], number(claim)) == key:
                at = text.find(claim.get("quote") or "\0")
                near = at >= 0 and at - 40 <= span[1] and span[0] <= at + len(claim["quote"]) + 40
                fitting.append((near, int(event["when"] == "current")))
    exact = {when for near, when in fitting if near} or {when for _, when in fitting}
    return (exact.pop(), 1.0) if len(exact) == 1 else None
