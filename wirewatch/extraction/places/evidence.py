"""What speaks for each place of an article being where an event took place."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.places.words import section
from wirewatch.extraction.words import words

Evidence = dict[str, float]
"""Named features of one place; those not named are 0."""


_PREPOSITIONS = {name: section(name) for name in ("at", "on", "into", "from", "of", "by")}
_MARKS = frozenset({".", "!", "?"})
_SKIPPED = section("directions") | section("skipped")
_VERBS = section("verbs")
_LOCAL = section("local")
_ABROAD = section("abroad")
_COUNTRY_WORDS = section("country words")
_PLACE_WORDS = section("place words")
_AREAS = _PLACE_WORDS | section("directions")
_BOUND, _BROUGHT = section("bound"), section("brought") | section("vehicles")
_TOWARDS = frozenset({"to", "for"})
_SPEECH_GAP = 60
"""Tokens from an event after which a place no longer belongs to its passage."""


@dataclass(frozen=True, slots=True)
class _Span:
    """The words that state the event, and the sentence they stand in."""

    start: int
    end: int
    first: int
    last: int


def evidence(doc: Doc, start: int, end: int, mentions: Sequence[PlaceMention]) -> list[Evidence]:
    """Features of each of ``mentions`` for the event of tokens ``start`` to ``end``."""
    first, last = sentence(doc, start, end)
    span = _Span(start, end, first, last)
    rows = [_position(doc, span, mention) | _manner(doc, span, mention) for mention in mentions]
    _compare(doc, span, mentions, rows)
    return rows


def _compare(doc: Doc, span: _Span, mentions: Sequence[PlaceMention], rows: list[Evidence]) -> None:
    """Features that set a place against the others of the article."""
    counts = Counter(mention.place.country for mention in mentions)
    most = max(counts.values(), default=0)
    inside = [index for index, each in enumerate(mentions) if span.start <= each.start < span.end]
    before = [index for index, each in enumerate(mentions) if each.end <= span.start]
    named = [index for index in before if not mentions[index].demonym]
    said = set(words(doc).lower[span.first : span.last])
    for index, mention in enumerate(mentions):
        row, count = rows[index], counts[mention.place.country]
        row["share"] = count / len(mentions)
        row["most_named"] = float(count == most)
        row["only_country"] = float(len(counts) == 1)
        kind = "demonym" if mention.demonym else "name"
        if inside and index == inside[-1]:
            row[f"last_inside:{kind}"] = 1.0
        if inside and index == inside[0]:
            row[f"first_inside:{kind}"] = 1.0
        if before and index == before[-1]:
            row[f"nearest:{kind}"] = 1.0
            row["that_place"] = float(bool(said & _PLACE_WORDS))
        if named and index == named[-1]:
            row["that_country"] = float(bool(said & _COUNTRY_WORDS))


def sentence(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """First token and end of the sentence (or sentences) that hold a span."""
    marked = doc.has_annotation("SENT_START")
    first, last = start, end
    while first > 0 and not _begins(doc, first, marked=marked):
        first -= 1
    while last < len(doc) and not _begins(doc, last, marked=marked):
        last += 1
    return first, last


def _begins(doc: Doc, index: int, *, marked: bool) -> bool:
    if marked:
        return bool(doc[index].is_sent_start)
    before = doc[index - 1].text
    return before in _MARKS or "\n\n" in before


def _zone(span: _Span, mention: PlaceMention) -> str:
    if span.start <= mention.start < span.end:
        return "inside"
    if span.first <= mention.start < span.last:
        return "before" if mention.end <= span.start else "after"
    return "earlier" if mention.end <= span.first else "later"


def _position(doc: Doc, span: _Span, mention: PlaceMention) -> Evidence:
    zone = _zone(span, mention)
    gap = max(span.start - mention.end, mention.start - span.end, 0)
    row = {"distance": math.log1p(gap), "lead": float(mention.start < 30)}
    if zone in {"earlier", "later"}:
        row[zone] = 1.0
        row["far"] = float(gap > _SPEECH_GAP)
        title_end = doc._.title_end
        row["title"] = float(title_end is not None and mention.start < title_end)
        row["dateline"] = float(_is_dateline(doc, mention))
    return row


def _is_dateline(doc: Doc, mention: PlaceMention) -> bool:
    """A place at the start of a paragraph, before a dash or bracket."""
    before = doc[mention.start - 1].text if mention.start else "\n"
    if "\n" not in before and mention.start > 1:
        return False
    following = words(doc).texts[mention.end : mention.end + 8]
    return any(text in {"--", "—", "–", "(", "-"} for text in following)


def preposition(doc: Doc, start: int) -> str:
    """Class of the word that governs a name, past articles, directions and "the city of"."""
    lower, index = words(doc).lower, start - 1
    while index > 0 and start - index < 5 and lower[index] in _SKIPPED:
        index -= 1
    if index < 0:
        return "none"
    word = lower[index]
    if word == "of" and index > 0 and lower[index - 1] in _AREAS:
        return preposition(doc, index - 1)
    return next((name for name, known in _PREPOSITIONS.items() if word in known), "none")


def destination(doc: Doc, mention: PlaceMention) -> bool:
    """Whether somebody was on the way there: "the coaches to Karachi", "bound for Nairobi"."""
    lower, at = words(doc).lower, mention.start - 1
    if lower[mention.end : mention.end + 2] == ["-", "bound"]:
        return True
    if at < 1 or lower[at] not in _TOWARDS:
        return False
    before = lower[at - 1]
    return before in _BOUND or (lower[at] == "to" and before in _BROUGHT)


def _manner(doc: Doc, span: _Span, mention: PlaceMention) -> Evidence:
    """How the place stands in its sentence, crossed with where that is."""
    zone = _zone(span, mention)
    following = words(doc).lower[mention.end : mention.end + 3]
    if mention.demonym:
        kind, manner = "people", "none"
        if set(following) & _LOCAL:
            manner = "local"
        elif set(following[:2]) & _ABROAD:
            manner = "abroad"
    else:
        kind = "country" if mention.place.precision == "country" else "place"
        manner = preposition(doc, mention.start)
        if manner in {"none", "by"} and following[:1] in (["'s"], ["’s"]):
            manner = "owner"
        elif manner in {"none", "by"} and following and following[0] in _VERBS:
            manner = "subject"
    return {f"{zone}:{manner}:{kind}": 1.0}
