"""News by the whole article: each type's mentions together settle what is told as news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from wirewatch.extraction.annotations import Trigger
from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.factuality.bound import is_bound
from wirewatch.extraction.factuality.when import probability
from wirewatch.extraction.referee.article import Judged, chances, judged
from wirewatch.extraction.triggers.component import SURE, trigger
from wirewatch.extraction.triggers.harm import of_mishap
from wirewatch.extraction.triggers.match import Candidate
from wirewatch.model import EventType

LEAST = 0.4
"""A type less likely than this to be told as news has only history in the article."""
MAY_BE_NEWS = 0.4
"""A mention that is less likely news when judged alone stays history, whatever the article says."""
LEAST_TOLD = 0.5
"""So sure must be that a mention tells an event to become news for the article's sake."""
_STANDING = wordset("refugee refugees")
"""People whose flight may be long ago: their name alone makes it no news."""
_HISTORY, _NEWS = 0.49, 0.51
Told = list[tuple[Trigger, float]]


def settled(doc: Doc, told: Told, counted: Sequence[float]) -> Told:
    """The triggers with their chances to be news, as the whole article has it.

    Of a type that it does not tell as news all become history; of one that it does, the surest
    mention becomes news where none was. Nothing changes without weights.
    """
    found = tuple(_settled(j) for j in judged(doc))
    article = _floor(chances(doc, found, counted), found)
    article = {t: max(chance, _bound(doc, told, t)) for t, chance in article.items()}
    kept = [(t, _within(p, article.get(t.type))) for t, p in told]
    for type_, chance in article.items():
        if chance >= LEAST and not any(t.type == type_ and p > 0.5 for t, p in kept):
            kept = _raised(doc, kept, type_, found)
    return sorted(kept, key=lambda tp: tp[0].token)


def _settled(one: Judged) -> Judged:
    """What is told in words that leave no doubt, is told."""
    return replace(one, told=one.told + SURE) if one.candidate.sure else one


def _floor(article: dict[EventType, float], found: Sequence[Judged]) -> dict[EventType, float]:
    """Where words leave no doubt the article has news of the type if the mention is news."""
    sure = [j for j in found if j.candidate.sure and j.candidate.type in article]
    least = {j.candidate.type: j.chance for j in sorted(sure, key=lambda j: j.chance)}
    return {t: max(chance, least.get(t, 0.0)) for t, chance in article.items()}


def _bound(doc: Doc, told: Told, type_: EventType) -> float:
    """The surest mention of the type to which words bind a day of the last week."""
    own = [(t, p) for t, p in told if t.type == type_ and p >= _NEWS]
    return max((p for t, p in own if is_bound(doc, t.token)), default=0.0)


def _within(chance: float, article: float | None) -> float:
    return chance if article is None or article >= LEAST else min(chance, _HISTORY)


def _settles(sure: Candidate, other: Candidate) -> bool:
    """Whether words that leave no doubt of another type cover it: "accidentally detonated"."""
    covers = sure.start <= other.start and other.end <= sure.end
    return sure.sure and sure.type != other.type and covers


def _raised(doc: Doc, kept: Told, type_: EventType, found: Sequence[Judged]) -> Told:
    """With the surest mention of the type as news; it takes the place of what overlaps it."""
    alone = {(t.token, t.type): p for t, p in kept}
    own = [
        j
        for j in found
        if j.candidate.type == type_
        and j.told_chance >= LEAST_TOLD
        and context(doc).words[j.candidate.start] not in _STANDING
        and not of_mishap(doc, j.candidate, [t for t, _ in kept])
        and not any(_settles(other.candidate, j.candidate) for other in found)
        and alone.get((j.candidate.start, type_), probability(j.news)) >= MAY_BE_NEWS
    ]
    if not own:
        return kept
    surest = max(own, key=lambda j: (j.chance, -j.candidate.start))
    at, end = surest.candidate.start, surest.candidate.end
    mine = next((t for t, _ in kept if (t.token, t.type) == (at, type_)), None)
    if mine is None and any(at <= t.token < end for t, _ in kept):
        return kept
    mine = mine or trigger(doc, surest.candidate, surest.told_chance)
    return [*((t, p) for t, p in kept if (t.token, t.type) != (at, type_)), (mine, _NEWS)]
