"""Who shoots or stabs whom: "shot five people", "the shooting of three men", "hitting six people".

Being shot is being hurt until the words say that somebody died of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.phrases import (
    DETERMINER,
    PREPOSITION,
    noun_phrase_end,
    passive,
)
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text
from wirewatch.model import ClaimKind

_DEEDS = frozenset(("shot", "shoots", "shooting", "shoot", "stabbed", "stabs", "stabbing", "stab"))
_NAMED = frozenset(("shooting", "shootings", "stabbing", "stabbings"))
_DEADLY = frozenset(("fatal", "deadly", "lethal"))
_HITS = frozenset(("hitting", "striking", "grazing"))
_BESIDE = frozenset((",", "and", "before", "while", "then"))
_SCORES = frozenset(("under", "over", "of", "for", "from", "par"))
_LIMBS = frozenset(
    ("foot", "feet", "leg", "legs", "thigh", "knee", "ankle", "hand", "finger", "arm", "shoulder",
     "buttocks", "toe")
)  # fmt: skip
_MISHAP = frozenset(("accidentally", "unintentionally", "inadvertently"))
_STRENGTH = 0.52
"""Far from sure: local papers tell so of the hurt, others of the dead ("shot 20 prisoners")."""


def shots(text: Text) -> Iterator[Anchor]:
    """Each word that tells of shooting or stabbing somebody and is part of no longer phrase."""
    for i, word in enumerate(text.low):
        if word in _DEEDS and does(text, i):
            yield Anchor(i, i + 1, ())


def does(text: Text, i: int) -> bool:
    """Whether the word of shooting at ``i`` takes an object: no noun, no passive."""
    anchor = text.anchor_at.get(i)
    if text.low[i] not in _DEEDS or (anchor is not None and anchor.end - anchor.start > 1):
        return False
    if text.low[i] in _NAMED and text.at(i - 1) in DETERMINER | _DEADLY | {"by", "-", "mass"}:
        return False
    return not passive(text, i)


def shot(text: Text, mention: Mention, before: int) -> Iterator[Reading]:
    """As in "shot five people", "the fatal shooting of three men", ", hitting six people".

    ``before``: the word before the figure and its determiners.
    """
    word = text.at(before)
    if does_to(text, mention, before):
        yield Reading("injured", "shot", _STRENGTH, Anchor(before, before + 1, ()))
    elif word == "of" and text.at(before - 1) in _NAMED:
        kind: ClaimKind = "killed" if text.at(before - 2) in _DEADLY else "injured"
        yield Reading(kind, "shooting-of", _STRENGTH + 0.1, Anchor(before - 1, before, ()))
    elif word in _HITS and text.at(before - 1) in _BESIDE:
        yield Reading("injured", "hitting", _STRENGTH, Anchor(before, before + 1, ()))


def only_hurt(text: Text, anchor: Anchor) -> bool:
    """Whether who shot himself lives: in the foot, or by accident; else it may be suicide."""
    after = text.low[anchor.end + 1 : anchor.end + 5]
    return not _LIMBS.isdisjoint(after) or not _MISHAP.isdisjoint(
        text.low[max(0, anchor.start - 3) : anchor.start]
    )


def does_to(text: Text, mention: Mention, before: int) -> bool:
    """Whether the figure is the object of shooting; golfers too shoot "72", "two under par"."""
    if before < 0 or text.low[before] not in _DEEDS or not does(text, before):
        return False
    if noun_phrase_end(text, mention.end) > mention.end:
        return True
    score = text.low[mention.start].isdigit() or text.at(mention.end) in _SCORES
    return not score and text.at(mention.end) in PREPOSITION | {".", ",", "", "and"}
