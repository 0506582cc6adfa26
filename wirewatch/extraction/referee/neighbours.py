"""What the learned heads say around a mention: in sentences, at other figures, at its trigger.

A toll is seldom news alone: the figures beside it, the sentence and the lead speak for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted, Heads
from wirewatch.extraction.context import context
from wirewatch.extraction.referee.labels import NAN, TYPES
from wirewatch.extraction.referee.mention import Mention, of_counted
from wirewatch.extraction.referee.wording import lead
from wirewatch.model import EventType

_KEY, _SENTENCES_KEY = "wirewatch.marked", "wirewatch.sentences"
_NONE = (NAN, NAN)
_Sentences = tuple[tuple[tuple[float, float], ...], tuple[float, ...]]
_MARKED = 0.2
"""Probability from which a word may be the trigger that a figure is linked to."""
_LEAD_TYPES: tuple[EventType, ...] = (
    "attack", "arrest", "accident", "disaster", "outbreak", "abduction", "talks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marked:
    """The words of an article that the trigger head marks."""

    at: np.ndarray
    told: np.ndarray
    """Log probability that the word tells an event."""
    news: np.ndarray
    """Log odds that what it tells is news."""
    link: np.ndarray


def other_figures(doc: Doc, counted: Counted) -> list[float]:
    """Log odds of news by the heads at the figures beside, before and behind, and at its twins."""
    heads: Heads | None = doc._.heads
    if heads is None:
        return [NAN] * 7
    number = context(doc).sentence
    here, start = number[of_counted(counted).token], counted.figure.start
    odds = [(c, _news(heads, c)) for c in doc._.counted]
    others = [(c, o) for c, o in odds if c is not counted]
    before = [o for c, o in odds if c.figure.start < start]
    behind = [o for c, o in odds if c.figure.start > start]
    alike = [o for c, o in odds if c.kind == counted.kind]
    return [
        _mean(o for c, o in others if number[of_counted(c).token] == here),
        before[-1] if before else NAN,
        behind[0] if behind else NAN,
        before[0] if before else NAN,
        _mean(alike),
        max((o for o in alike if not math.isnan(o)), default=NAN),
        _mean(o for c, o in others if _number(c) == _number(counted)),
    ]


def _news(heads: Heads, counted: Counted) -> float:
    figure = counted.figure
    row = heads.figure_when[figure.end - 1 if figure.head is None else figure.head]
    return float(row[0] - row[1])


def _number(counted: Counted) -> tuple[object, ...]:
    return (counted.kind, counted.figure.value, counted.figure.low)


def _mean(values: Iterable[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else NAN


def sentences_around(doc: Doc, mention: Mention) -> list[float]:
    """News by the trigger head over the sentence, the one before and the lead; the lead's types."""
    heads: Heads | None = doc._.heads
    if heads is None:
        return [NAN] * (6 + len(_LEAD_TYPES))
    number = context(doc).sentence[mention.token]
    sentences, opening = _sentences(doc, heads)
    return [*sentences[number], *(sentences[number - 1] if number else _NONE), *opening]


def _sentences(doc: Doc, heads: Heads) -> _Sentences:
    """What each sentence and the lead give to a row; found once a Doc."""
    found = doc.user_data.get(_SENTENCES_KEY)
    if found is None:
        opening = lead(doc)
        found = doc.user_data[_SENTENCES_KEY] = (
            tuple(_over(heads, *bounds) for bounds in context(doc).bounds),
            (*_over(heads, *opening), *_surest(heads, *opening)),
        )
    result: _Sentences = found
    return result


def _over(heads: Heads, first: int, last: int) -> tuple[float, float]:
    """Mean log odds of news, each word as far as it tells an event; and how sure the surest is."""
    told = 1 - np.exp(heads.trigger[first:last, 0])
    news = heads.trigger_when[first:last, 0] - heads.trigger_when[first:last, 1]
    known = np.isfinite(told) & np.isfinite(news)
    if not known.any() or told[known].sum() <= 0:
        return _NONE
    return float(np.average(news[known], weights=told[known])), float(told[known].max())


def _surest(heads: Heads, first: int, last: int) -> list[float]:
    """Per type the greatest log probability of a word."""
    rows = heads.trigger[first:last]
    rows = rows[np.isfinite(rows).all(axis=1)]
    if not len(rows):
        return [NAN] * len(_LEAD_TYPES)
    best = rows.max(axis=0)
    return [float(best[1 + TYPES.index(type_)]) for type_ in _LEAD_TYPES]


def linked(doc: Doc, counted: Counted) -> list[float]:
    """The trigger that the figure belongs to by the link head: its news, how sure, where it is."""
    heads: Heads | None = doc._.heads
    marked = None if heads is None else _marked(doc, heads)
    if heads is None or heads.link is None or marked is None:
        return [NAN] * 4
    figure = counted.figure
    own = heads.link[figure.end - 1 if figure.head is None else figure.head]
    fit = marked.link @ own + marked.told
    if not np.isfinite(fit).all():
        return [NAN] * 4
    share = np.exp(fit - fit.max())
    share /= share.sum()
    best = int(share.argmax())
    return [
        float(share @ marked.news),
        float(marked.news[best]),
        float(share[best]),
        float(context(doc).body_sentence(int(marked.at[best]))),
    ]


def _marked(doc: Doc, heads: Heads) -> Marked | None:
    """Found once a Doc; None where no word is marked or there is no link head."""
    if _KEY not in doc.user_data:
        doc.user_data[_KEY] = _find(heads)
    found: Marked | None = doc.user_data[_KEY]
    return found


def _find(heads: Heads) -> Marked | None:
    if heads.link is None:
        return None
    told = 1 - np.exp(heads.trigger[:, 0])
    news = heads.trigger_when[:, 0] - heads.trigger_when[:, 1]
    at = np.flatnonzero((told > _MARKED) & np.isfinite(news) & np.isfinite(heads.link).all(axis=1))
    return Marked(at, np.log(told[at]), news[at], heads.link[at]) if len(at) else None
