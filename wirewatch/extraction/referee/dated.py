"""What the dates near a mention say: how long ago, recent or not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from wirewatch.extraction.annotations import DateMention, published
from wirewatch.extraction.context import context
from wirewatch.extraction.referee.labels import FAR, NAN
from wirewatch.extraction.referee.mention import Mention

_KEY = "wirewatch.timeline"
_SENTENCES = 10
"""Sentences: a date farther back counts as this far."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dates of an article in text order, with the tokens that they start at."""

    points: tuple[DateMention, ...]
    at: tuple[int, ...]
    known: tuple[DateMention, ...]
    """Points that say whether they are recent."""
    known_at: tuple[int, ...]
    stretches_at: tuple[int, ...]


def dates(doc: Doc, mention: Mention) -> list[float]:
    """What the dates of the sentence and of the one before say: how long ago, recent or not."""
    seen = context(doc)
    number = seen.sentence[mention.token]
    here = [d for d in doc._.dates if seen.sentence[d.start] == number]
    former = [d for d in doc._.dates if seen.sentence[d.start] == number - 1]
    first, _ = seen.span(mention.token)
    opening = next((d for d in here if d.start - first <= 3), None)
    points = [d for d in here if not d.duration]
    stretches = [d for d in here if d.duration]
    return [
        float(published(doc) is not None),
        *_nearest(points, mention.token),
        *_nearest(stretches, mention.token),
        *_nearest(former, mention.token),
        _recent(opening),
        *_apart([d for d in here if d.recent], mention.token),
        *_apart([d for d in here if d.recent is False], mention.token),
        float(len(here)),
    ]


def _nearest(found: list[DateMention], token: int) -> list[float]:
    """Days ago, recent or not, and distance of the nearest."""
    if not found:
        return [NAN, NAN, NAN]
    best = min(found, key=lambda d: (abs(d.start - token), d.start))
    ago = NAN if best.days_ago is None else float(max(-60, min(800, best.days_ago)))
    return [ago, _recent(best), float(max(-FAR, min(FAR, best.start - token)))]


def _recent(date: DateMention | None) -> float:
    return NAN if date is None or date.recent is None else float(date.recent)


def _apart(found: list[DateMention], token: int) -> list[float]:
    left = [token - d.start for d in found if d.start < token]
    right = [d.start - token for d in found if d.start >= token]
    return [float(min([*left, FAR])), float(min([*right, FAR]))]


def carried(doc: Doc, mention: Mention) -> list[float]:
    """The last date told before the mention's end, however far back, and the article's dates."""
    line = _timeline(doc)
    here = max(mention.token, mention.start)
    last = bisect_right(line.at, here)
    last_known = bisect_right(line.known_at, here)
    first, end = context(doc).span(mention.token)
    inside = line.points[bisect_left(line.at, first) : bisect_left(line.at, end)]
    stretches = bisect_left(line.stretches_at, end) - bisect_left(line.stretches_at, first)
    return [
        *_told_at(doc, mention, line.points[last - 1] if last else None),
        *_told_at(doc, mention, line.known[last_known - 1] if last_known else None),
        float(sum(d.recent is None for d in inside)),
        float(stretches > 0),
        *_overall(doc, line),
    ]


def _timeline(doc: Doc) -> Timeline:
    found = doc.user_data.get(_KEY)
    if found is None:
        dates = sorted(doc._.dates, key=lambda d: d.start)
        points = tuple(d for d in dates if not d.duration)
        known = tuple(d for d in points if d.recent is not None)
        found = doc.user_data[_KEY] = Timeline(
            points,
            tuple(d.start for d in points),
            known,
            tuple(d.start for d in known),
            tuple(d.start for d in dates if d.duration),
        )
    result: Timeline = found
    return result


def _told_at(doc: Doc, mention: Mention, date: DateMention | None) -> list[float]:
    """Recent or not, days ago, and how many sentences back the date stands."""
    if date is None:
        return [NAN, NAN, NAN]
    number = context(doc).sentence
    ago = NAN if date.days_ago is None else float(max(-60, min(800, date.days_ago)))
    back = number[mention.token] - number[date.start]
    return [_recent(date), ago, float(min(_SENTENCES, back))]


def _overall(doc: Doc, line: Timeline) -> list[float]:
    """Whether the first two sentences tell of now, of old; how many dates do either."""
    seen = context(doc)
    verdicts = [d.recent for d in line.known]
    opening = {d.recent for d in line.known if seen.body_sentence(d.start) <= 1}
    return [
        float(True in opening),
        float(False in opening),
        float(verdicts.count(True)),
        float(verdicts.count(False)),
    ]
