"""Readings of lists without verbs or commas, as records of incidents have them."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.phrases import noun_phrase_end
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text

_FATES = frozenset(("killed", "dead", "injured", "wounded", "hurt", "missing"))
_LONGEST = 8
"""Words from an item's number to its fate."""
_BETWEEN = frozenset((",", ";", "and", "&"))


def listed(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """Each number has the fate behind it: "5 staff killed 7 staff injured 1 missing"."""
    fate = _fate(text, end)
    if fate is not None and (_item_ends_at(text, mention.start) or _item_begins_at(text, fate.end)):
        yield Reading(fate.senses[0].kind, "listed", 0.97, fate)


def _fate(text: Text, i: int) -> Anchor | None:
    return text.anchor_at.get(i) if text.at(i) in _FATES else None


def _item_begins_at(text: Text, i: int) -> bool:
    """Whether another number with its fate comes next."""
    return has_fate(text, text.mention_at.get(i + (text.at(i) in _BETWEEN)))


def has_fate(text: Text, index: int | None) -> bool:
    """Whether what happened to them stands right behind those of this number."""
    if index is None:
        return False
    return _fate(text, noun_phrase_end(text, text.mentions[index].end)) is not None


def _item_ends_at(text: Text, i: int) -> bool:
    """Whether the word before is the fate of another number."""
    i -= text.at(i - 1) in _BETWEEN
    if _fate(text, i - 1) is None:
        return False
    before = range(i - _LONGEST, i - 1)
    ends = {text.mentions[text.mention_at[k]].end for k in before if k in text.mention_at}
    return any(noun_phrase_end(text, end) == i - 1 for end in ends)
