"""Readings by verbs whose other half stands behind the object: "brought 1,500 soldiers home"."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.lexicon import parted as verbs
from wirewatch.extraction.claims.phrases import DETERMINER, is_adverb, passive
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text

_FAR = 3
"""Words between the verb and its number ("bring all of its"), and from the noun to the rest."""
_AWAY_FROM = ("away", "from")
"""Led away from a danger, not from freedom."""
_HOSPITALS = frozenset(("hospital", "hospitals", "clinic", "clinics"))


def parted(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """As in "bused 2,300 civilians out", "led five men away", "rushed 500 troops to the border"."""
    verb = mention.start - 1
    while mention.start - verb <= _FAR and _between(text, verb):
        verb -= 1
    if not text.same(verb, mention.head) or passive(text, verb):
        return
    for rest, kind in verbs().get(text.at(verb), ()):
        if _follows(text, mention.end, end, rest):
            yield Reading(kind, "parted", 0.82, Anchor(verb, verb + 1, ()))
            return


def _follows(text: Text, start: int, end: int, rest: tuple[str, ...]) -> bool:
    """Whether the other half stands behind the noun, which may have taken in a "home"."""
    for k in range(start, end + 1):
        if tuple(text.low[k : k + len(rest)]) == rest and text.same(start - 1, k):
            further = text.at(k + len(rest))
            return _place(text, k + 1) if rest == ("to",) else (rest[0], further) != _AWAY_FROM
    return False


def _between(text: Text, i: int) -> bool:
    return text.at(i) in DETERMINER or text.at(i) == "of" or is_adverb(text.at(i))


def _place(text: Text, i: int) -> bool:
    """Whether "to" leads somewhere: not to a deed ("ordered to fire"), nor to a hospital."""
    if not _HOSPITALS.isdisjoint(text.low[i : i + _FAR + 1]):
        return False
    return text.at(i) == "the" or (i < len(text.text) and text.text[i][:1].isupper())
