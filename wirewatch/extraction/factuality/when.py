"""News or history by rule: the odds that a mention is current, where no weights are at hand."""

from __future__ import annotations

import math

from spacy.tokens import Doc

from wirewatch.extraction.context import context
from wirewatch.extraction.factuality.cues import Cues, cues
from wirewatch.extraction.referee.mention import Mention

_RECENT, _OLD = 1.5, -3.0
_PRIOR = 1.2
_COURT_REACH = 20


def odds(doc: Doc, mention: Mention) -> float:
    """Log odds of current against background, from dates, cue words and position."""
    seen = context(doc)
    first, last = seen.span(mention.token)
    found = cues(doc)
    score = _PRIOR + _position(seen.body_sentence(mention.token), len(seen.bounds))
    dated = _dated(doc, mention, first, last)
    score += _worded(found, mention, first, last) if dated is None else dated
    if _distance(found, "court", mention, first, last) <= _COURT_REACH:
        score -= 0.9
    if "had" in seen.words[max(first, mention.token - 3) : mention.token]:
        score -= 0.7
    return score


def probability(log_odds: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _position(sentence: int, total: int) -> float:
    if sentence <= 1:
        return 0.8
    return -0.8 * min(1.0, sentence / max(1, total))


def _dated(doc: Doc, mention: Mention, first: int, last: int) -> float | None:
    """The nearest date of the sentence speaks, where it says whether it is recent."""
    near = [d for d in doc._.dates if first <= d.start < last and d.recent is not None]
    if not near:
        return None
    date = min(near, key=lambda d: (abs(d.start - mention.token), d.start))
    return _RECENT if date.recent else _OLD


def _worded(found: Cues, mention: Mention, first: int, last: int) -> float:
    recent = _distance(found, "recent", mention, first, last)
    old = min(_distance(found, g, mention, first, last) for g in ("old", "year", "since"))
    if old < recent:
        return -2.6 if old <= 12 else -1.6
    return 1.0 if math.isfinite(recent) else 0.0


def _distance(found: Cues, group: str, mention: Mention, first: int, last: int) -> float:
    inside = [abs(p - mention.token) for p in found.get(group, ()) if first <= p < last]
    return float(min(inside)) if inside else math.inf
