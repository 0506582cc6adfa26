"""Readings by a toll: "the death toll rose to 31 from 14"."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import (
    AUX,
    PEOPLE,
    VERBS,
    noun_phrase_end,
)
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text
from wirewatch.model import ClaimKind

_TOLL = frozenset(("toll", "tolls", "count", "tally"))


_RISE = words("rise")


def toll(text: Text, mention: Mention) -> Iterator[Reading]:
    """As in "The death toll rose to 31 from 14", "deaths top 100"."""
    i, steps = mention.start - 1, 0
    if _of_hurt(text, mention):
        return
    if not _led_to(text, mention):
        yield from _brought_to(text, mention)
        return
    while i >= 0 and steps < 30 and text.same(i, mention.start):
        word = text.low[i]
        if word in _TOLL and not _of_things(text, i):
            yield from _toll_kind(text, i, 0.92 if steps < 12 else 0.7)
            return
        if word in ("number", "total") and (
            text.at(i + 1) == "of" or text.at(i + 1) in PEOPLE or i + 1 in text.anchor_at
        ):
            yield from _number_of(text, i, mention.start)
            return
        anchor = text.anchor_at.get(i)
        if anchor is not None:
            noun = anchor.sense("noun")
            if noun and mention.start - i < 9 and _rises(text, i, mention.start):
                yield Reading(noun.kind, "noun-is", 0.8, anchor)
                return
            if anchor.sense("active", "happens") and not noun:
                return
        if i in text.mention_at and not _earlier(text, i) and not _of_time(text, i):
            return
        i, steps = i - 1, steps + 1
    yield from _brought_to(text, mention)


def _of_things(text: Text, i: int) -> bool:
    """As in "a count of ballots"; not "a count of the dead", "the tally of victims"."""
    if text.low[i] not in ("count", "tally") or text.at(i + 1) != "of":
        return False
    return not any(text.at(k) in PEOPLE or k in text.anchor_at for k in range(i + 2, i + 5))


def _of_hurt(text: Text, mention: Mention) -> bool:
    """As in "a toll of three people wounded": what befell them stands behind."""
    anchor = text.anchor_at.get(noun_phrase_end(text, mention.end))
    sense = anchor.sense("participle", "state") if anchor is not None else None
    return sense is not None and sense.kind == "injured" and text.at(mention.start - 1) == "of"


def _rises(text: Text, noun: int, start: int) -> bool:
    """Whether the words between a noun and its figure only say that it rose or stands there."""
    between = text.low[noun + 1 : start + 1]
    verbs = [w for w in between if w in VERBS or w in AUX or w in _RISE]
    plain = all(w in _RISE for w in verbs) and "," not in between
    leads = text.at(start) in _STRONG_LEADS or text.at(start - 1) in _STRONG_LEADS
    return leads and plain and start > noun + 1


_STRONG_LEADS = words("leads-to-toll")


_LEADS = words("leads")


def _led_to(text: Text, mention: Mention) -> bool:
    """Whether the word before the figure can lead from a toll to it."""
    before = text.at(mention.start - 1)
    if before == "the":
        before = text.at(mention.start - 2)
    if before == "as":
        return text.at(mention.start - 2) == "high"
    return before in _LEADS or text.at(mention.start) in _LEADS


def _earlier(text: Text, i: int) -> bool:
    """As in "rose from 14 to 31", "rose by nine to 31": the other figure is the same toll's."""
    start = text.mentions[text.mention_at[i]].start
    return text.at(start - 1) in ("from", "to", "at", "by")


def _of_time(text: Text, i: int) -> bool:
    """As in "the number killed over six weeks is 31": the other figure counts no people."""
    return text.mentions[text.mention_at[i]].figure.not_people in ("time span", "date", "year")


def _toll_kind(text: Text, i: int, strength: float) -> Iterator[Reading]:
    before = text.at(i - 1)
    kind: ClaimKind = "injured" if before.startswith(("injur", "wound")) else "killed"
    yield Reading(kind, "toll", strength, Anchor(i, i + 1, ()))


def _number_of(text: Text, i: int, stop: int) -> Iterator[Reading]:
    for k in range(i + 1, min(i + 9, stop)):
        anchor = text.anchor_at.get(k)
        if anchor is not None:
            yield Reading(anchor.senses[0].kind, "number-of", 0.85, anchor)
            return


def _brought_to(text: Text, mention: Mention) -> Iterator[Reading]:
    """As in "bringing to 31 the number of people killed"."""
    j = mention.end
    if text.at(mention.start - 1) != "to" or text.at(j) != "the":
        return
    span = range(j + 1, min(j + 10, len(text.low)))
    if not any(text.low[k] in ("number", "toll", "total") for k in span):
        return
    for k in span:
        anchor = text.anchor_at.get(k)
        if anchor is not None:
            yield Reading(anchor.senses[0].kind, "number-of", 0.85, anchor)
            return
