"""People whom two things befell: "four men were kidnapped and killed" are two counts."""

from __future__ import annotations

from wirewatch.extraction.claims.captors import abducts
from wirewatch.extraction.claims.phrases import DETERMINER, is_adverb
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text
from wirewatch.model import ClaimKind

_TAKEN: frozenset[ClaimKind] = frozenset({"abducted", "arrested"})
_HARMED: frozenset[ClaimKind] = frozenset({"killed", "injured"})
_THEN = frozenset({"then", "later", "afterwards", "also"})
_STEP = 3
"""Words between the two verbs at most: "and", "and then", "and later"."""


def second(text: Text, mention: Mention, reading: Reading) -> Reading | None:
    """The count's second reading: taken beside killed, or killed beside taken; else None."""
    first = reading.anchor
    if first is None or reading.kind not in _TAKEN | _HARMED:
        return None
    after = _behind(text, first)
    beside = after if after is not None and _free(text, after) else _before(text, first, mention)
    if beside is None:
        return None
    sense = beside.sense("participle", "verb", "state", "happens", "object")
    pair = {reading.kind, sense.kind} if sense else set()
    if sense is None or not (pair & _TAKEN and pair & _HARMED):
        return None
    other = reading._replace(kind=sense.kind, anchor=beside)
    return other._replace(kind="abducted") if abducts(text, other) else other


def _behind(text: Text, first: Anchor) -> Anchor | None:
    """The verb that "and" joins to this one."""
    if text.at(first.end) != "and":
        return None
    for i in range(first.end + 1, first.end + 1 + _STEP):
        if i in text.anchor_at:
            return text.anchor_at[i] if text.same(i, first.start) else None
        if not is_adverb(text.at(i)) and text.at(i) not in _THEN:
            return None
    return None


def _free(text: Text, verb: Anchor) -> bool:
    """Whether the verb has no object of its own ("kidnapped and killed two")."""
    return verb.end not in text.mention_at and text.at(verb.end) not in DETERMINER


def _before(text: Text, verb: Anchor, mention: Mention) -> Anchor | None:
    """The verb before, of a figure that is the object of both: "kidnapped and killed six"."""
    if mention.start < verb.end or text.at(verb.start - 1) != "and":
        return None
    former = text.anchor_at.get(verb.start - 2)
    return former if former is not None and text.same(former.start, verb.start) else None
