"""Readings by a word of harm that stands before the figure."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.behind import hospital_after
from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import (
    AUX,
    CLOSED,
    DETERMINER,
    PEOPLE,
    PREPOSITION,
    RELATIVE,
    VERBS,
    anchor_after,
    is_adverb,
    passive,
)
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.shots import shot
from wirewatch.extraction.claims.text import Anchor, Mention, Text


def before(text: Text, mention: Mention) -> Iterator[Reading]:
    """The word stands before its object: "killed 12", "the death of 12"."""
    i = mention.start - 1
    while (
        i >= 0 and (text.low[i] in DETERMINER or is_adverb(text.low[i])) and mention.start - i < 5
    ):
        i -= 1
    if i > 1 and text.low[i] == "of" and text.low[i - 1] == "all":  # "withdraw all of its 2,000"
        i -= 2
    if i < 0 or not text.same(i, mention.start):
        return
    if text.low[i] in (":", "("):
        yield from _labelled(text, i)
        return
    anchor = text.anchor_at.get(i)
    if anchor is not None and (sense := anchor.sense("active", "participle")):
        noun = text.at(anchor.start) == "no"  # "there was no trace of 12" is no passive
        used = (sense.use == "participle" and not noun) and (
            passive(text, anchor.start) or _has_subject(text, anchor)
        )
        held = text.at(anchor.start) in ("hold", "holds", "holding", "held")
        yield Reading(sense.kind, "object", 0.4 if used else 0.75 if held else 0.93, anchor)
    if text.low[i] in ("sending", "sent", "sends", "send") and _sent_to_hospital(text, mention):
        yield Reading("injured", "to-hospital", 0.85, Anchor(i, i + 1, ()))
    if text.low[i] == "with" and text.at(i - 1) in ("along", "together"):
        passed = text.anchor_at.get(i - 2)
        if passed is not None and (sense := passed.sense("participle", "happens")):
            yield Reading(sense.kind, "along-with", 0.75, passed)
    if text.low[i] == "of" and text.at(i - 1) in _GROUPS:
        yield from _of_group(text, i - 2)
    yield from shot(text, mention, i)
    if text.low[i] in ("of", "to", "among") and i > 0:
        yield from _of_noun(text, i)
    if text.low[i] in (",", "and", "or", "&", "with", "plus", "as"):
        yield from _in_list(text, i)


def _labelled(text: Text, i: int) -> Iterator[Reading]:
    """As in "Dead: 12. Injured: 30", "killed(3)"."""
    anchor = text.anchor_at.get(i - 1)
    sense = anchor.sense("participle", "state", "noun") if anchor else None
    if anchor is None or sense is None:
        return
    before_it = anchor.start - 1
    opens = not text.same(before_it, anchor.start) or before_it in text.mention_at
    if opens or text.low[i] == "(" or text.at(before_it) in (",", ";", "/", "-", "and"):
        yield Reading(sense.kind, "labelled", 0.93, anchor)


_GROUPS = words("groups")


def _of_group(text: Text, i: int) -> Iterator[Reading]:
    """As in "will send a brigade of 3,000 men", "kidnapped a team of six engineers"."""
    for k in range(i, max(-1, i - 4), -1):
        anchor = text.anchor_at.get(k)
        if anchor is not None:
            sense = anchor.sense("active", "participle")
            if sense and text.same(k, i) and not passive(text, anchor.start):
                yield Reading(sense.kind, "group-of", 0.85, anchor)
            return
        if text.low[k] in CLOSED or text.low[k] in VERBS or not text.low[k].isalpha():
            return


def _sent_to_hospital(text: Text, mention: Mention) -> bool:
    """As in "opened fire, sending five people to the hospital"."""
    return hospital_after(text, mention.end - 1) is not None


def _has_subject(text: Text, anchor: Anchor) -> bool:
    """In "12 killed 30 wounded" the participle belongs to the figure before it."""
    i = anchor.start - 1
    if i in text.mention_at:
        return text.mentions[text.mention_at[i]].figure.not_people is None
    return (
        i > 0
        and text.low[i] in PEOPLE
        and i - 1 in text.mention_at
        and anchor.end in text.mention_at
        and (anchor_after(text, text.mentions[text.mention_at[anchor.end]].end))
    )


def _of_noun(text: Text, i: int) -> Iterator[Reading]:
    anchor = text.anchor_at.get(i - 1)
    if anchor is None or anchor.sense("noun") is None:
        return
    first = text.anchor_at.get(anchor.start - 2) if text.at(anchor.start - 1) == "and" else None
    if first is not None and first.sense("noun"):
        anchor = first
    if sense := anchor.sense("noun"):
        yield Reading(sense.kind, "noun-of", 0.93, anchor)


def _in_list(text: Text, i: int) -> Iterator[Reading]:
    """Back over a list to the verb: "killed a commander, his driver and |six| others"."""
    k, seen = i, 0
    while k >= 0 and i - k < 16 and text.same(k, i):
        anchor = text.anchor_at.get(k)
        if anchor is not None:
            sense = anchor.sense("active", "participle")
            if sense and seen and not (sense.use == "participle" and passive(text, anchor.start)):
                yield Reading(sense.kind, "listed-object", 0.75, anchor)
            elif (noun := anchor.sense("noun")) and text.at(anchor.end) == "of":
                yield Reading(noun.kind, "listed-object", 0.7, anchor)
            return
        word = text.low[k]
        if _counts_people(text, k) or word in VERBS or word in AUX or word in RELATIVE:
            return
        if word in PREPOSITION and word not in ("of", "as", "with"):
            return
        seen += word[0].isalnum() and word not in ("and", "as", "well", "with", "or")
        k -= 1


def _counts_people(text: Text, k: int) -> bool:
    """Whether a figure at ``k`` may count people; over things the list goes on: "two towns and"."""
    index = text.mention_at.get(k)
    return index is not None and text.mentions[index].figure.not_people != "count of things"
