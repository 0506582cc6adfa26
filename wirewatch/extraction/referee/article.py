"""What the article as a whole says of a type of event: whether it is told as news.

One mention alone is judged by its sentence. All mentions of a type together, where they stand and
what else the article tells, say more: a type named once in the last sentence is seldom the news.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Heads
from wirewatch.extraction.context import context
from wirewatch.extraction.factuality.when import probability
from wirewatch.extraction.kinds import HOSTS
from wirewatch.extraction.referee.labels import TYPES
from wirewatch.extraction.referee.rows import candidate_rows
from wirewatch.extraction.referee.weights import scores, weighed
from wirewatch.extraction.triggers.match import Candidate
from wirewatch.model import EventType

_NAN = float("nan")
_NO_ODDS = -8.0
_MARKED = 0.3
"""Probability from which a token counts as marked by the trigger head."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with what the mentions' referees say of it."""

    candidate: Candidate
    prior: float
    told: float
    """Log odds that it tells an event of its type."""
    news: float
    """Log odds that what it tells is news."""

    @property
    def told_chance(self) -> float:
        """Probability that it tells an event of its type."""
        return probability(self.told)

    @property
    def chance(self) -> float:
        """Probability of both."""
        return self.told_chance * probability(self.news)


def judged(doc: Doc) -> tuple[Judged, ...]:
    """All candidates as the mentions' referees judge them; empty without their weights."""
    found = weighed(doc)
    rows = candidate_rows(doc)
    told, news = scores("trigger", doc, rows), scores("when", doc, rows)
    if told is None or news is None:
        return ()
    return tuple(
        Judged(c, odds, float(t), float(n))
        for (c, odds), t, n in zip(found, told[:, 0], news[:, 0], strict=True)
    )


def chances(doc: Doc, found: Sequence[Judged], counted: Sequence[float]) -> dict[EventType, float]:
    """Type → probability that the article tells an event of it as news, for types mentioned.

    ``counted`` are the chances that ``doc._.counted`` are news. Empty without the weights.
    """
    rows = article_rows(doc, found, counted)
    weights = scores("article", doc, list(rows.values()))
    if weights is None or doc._.heads is None:
        return {}
    return {t: probability(float(w)) for t, w in zip(rows, weights[:, 0], strict=True)}


def article_rows(
    doc: Doc, found: Sequence[Judged], counted: Sequence[float]
) -> dict[EventType, list[float]]:
    """The row of each type with a candidate, for the referee of the article."""
    by_type = {t: [j for j in found if j.candidate.type == t] for t in TYPES}
    best = {t: max((j.chance for j in own), default=0.0) for t, own in by_type.items()}
    return {
        t: [
            float(TYPES.index(t)),
            *_odds(own),
            *_where(doc, own),
            *_marks(doc, t),
            *_figures(doc, t, counted),
            *_others(t, best),
        ]
        for t, own in by_type.items()
        if own
    }


def _odds(own: list[Judged]) -> list[float]:
    """The two greatest odds of each sort, and what all mentions together make of it."""
    chance = [j.chance for j in own]
    return [
        *_top([j.told for j in own]),
        *_top([j.news for j in own]),
        *_top([min(j.told, j.news) for j in own]),
        sum(chance),
        1.0 - math.prod(1.0 - p for p in chance),
        max(chance),
        float(len(own)),
    ]


def _top(values: list[float]) -> list[float]:
    return [*sorted(values, reverse=True), _NO_ODDS][:2]


def _where(doc: Doc, own: list[Judged]) -> list[float]:
    """How sure title and lead are, and where the surest mention stands."""
    seen = context(doc)
    title = [j.chance for j in own if j.candidate.start < seen.title_end]
    lead = [j.chance for j in own if 0 <= seen.body_sentence(j.candidate.start) <= 1]
    surest = max(own, key=lambda j: (j.chance, -j.candidate.start))
    return [
        max(title, default=-1.0),
        max(lead, default=-1.0),
        float(seen.body_sentence(surest.candidate.start)),
        float(len(seen.bounds)),
        surest.candidate.start / max(1, len(doc)),
        surest.prior,
        float(bool(seen.title_end)),
    ]


def _marks(doc: Doc, type_: EventType) -> list[float]:
    """What the trigger head says of the type, over all that was read."""
    heads: Heads | None = doc._.heads
    if heads is None:
        return [_NAN] * 5
    marked = heads.trigger[:, 1 + TYPES.index(type_)]
    known = np.flatnonzero(np.isfinite(marked))
    if not len(known):
        return [_NAN] * 5
    surest = int(known[marked[known].argmax()])
    current, history = heads.trigger_when[surest]
    share = np.exp(marked[known])
    news = share * np.exp(heads.trigger_when[known, 0])
    return [
        float(marked[surest]),
        float(current - history),
        float(news.max()),
        float(news.sum()),
        float((share > _MARKED).sum()),
    ]


def _figures(doc: Doc, type_: EventType, counted: Sequence[float]) -> list[float]:
    own = [p for c, p in zip(doc._.counted, counted, strict=False) if type_ in HOSTS[c.kind]]
    return [max(own, default=-1.0), float(len(own))]


def _others(type_: EventType, best: dict[EventType, float]) -> list[float]:
    others = [p for t, p in best.items() if t != type_]
    return [
        max(others),
        float(sum(p > 0.5 for p in others)),
        float(best[type_] >= max(others)),
        *best.values(),
    ]
