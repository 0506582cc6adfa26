"""Who lives, by the noun: "the truce saved 300 lives", "six survivors"."""

from __future__ import annotations

from wirewatch.extraction.claims.text import Mention, Text

_NOUN = 3
_SURVIVORS = frozenset(("survivor", "survivors"))
_SAVE = frozenset(("save", "saves", "saved", "saving", "spare", "spares", "spared", "sparing"))


def saved(text: Text, mention: Mention) -> bool:
    """As in "the truce saved 300 lives"."""
    lives = "lives" in text.low[mention.end : mention.end + _NOUN]
    return lives and not _SAVE.isdisjoint(text.low[max(0, mention.start - _NOUN) : mention.start])


def survivors(text: Text, mention: Mention, end: int) -> bool:
    """Whether the people counted, up to ``end``, are called survivors."""
    return not _SURVIVORS.isdisjoint(text.low[mention.end : end])
