"""Passives of somebody: "was also killed", "was shot and killed", "was ambushed and kidnapped"."""

from __future__ import annotations

from wirewatch.extraction.claims.phrases import AUX, BELIEVE, DETERMINER, is_adverb, passive
from wirewatch.extraction.claims.text import Anchor, Text

_WERE = frozenset(("was", "were", "been"))
_ALSO = frozenset(("then", "later", "also"))
_HELPERS, _ADVERBS = 7, 5


def over_helpers(text: Text, i: int) -> tuple[int, bool]:
    """The word before the auxiliaries that end at ``i``, and whether there are any."""
    start, helped = i, False
    while i >= 0 and start - i < _HELPERS and _helps(text.low[i]):
        helped = helped or text.low[i] in AUX
        i -= 1
    first = None if helped else _first_was(text, i)
    return (i, helped) if first is None else (over_helpers(text, first - 1)[0], True)


def _helps(word: str) -> bool:
    return word in AUX or word in BELIEVE or is_adverb(word)


def _first_was(text: Text, joint: int) -> int | None:
    """The auxiliary of the verb before the "and" at ``joint``: "|was| shot and killed"."""
    if text.at(joint) != "and":
        return None
    j = joint - 2
    while j >= 0 and joint - j < _ADVERBS and is_adverb(text.low[j]):
        j -= 1
    return j if text.at(j) in _WERE else None


def suffers(text: Text, anchor: Anchor, before: int) -> bool:
    """Whether the verb is a passive, maybe the second of two: "was ambushed and kidnapped".

    ``before`` is the word before the auxiliaries.
    """
    i = anchor.start - 1
    while is_adverb(text.at(i)) or text.at(i) in _ALSO:
        i -= 1
    object_ = text.at(anchor.end) in DETERMINER or anchor.end in text.mention_at
    joined = text.at(i) == "and" and not object_
    return passive(text, anchor.start) or (
        joined and not _WERE.isdisjoint(text.low[before + 1 : i])
    )
