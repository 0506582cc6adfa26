"""People told of as taken or trapped who are free again by the end of the sentence."""

from __future__ import annotations

from wirewatch.extraction.claims.behind import skip_helpers
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Mention, Text

_SAFE = frozenset(("safe", "safely", "unharmed", "unhurt", "rescued"))
_WERE = frozenset(("was", "were", "been", "being"))
_FAR, _NEAR = 15, 4
_RELEASED = frozenset(("released", "freed", "bailed"))


def brought_back(text: Text, reading: Reading) -> bool:
    """Those "trapped for two days before being brought up safe" are missing no longer."""
    anchor = reading.anchor
    if anchor is None or not text.at(anchor.start).startswith("trapped"):
        return False
    for k in range(anchor.end, anchor.end + _FAR):
        if not text.same(anchor.start, k) or _counts_others(text, k):
            return False
        if text.low[k] in _SAFE and not _WERE.isdisjoint(text.low[k - _NEAR : k]):
            return True
    return False


def _counts_others(text: Text, k: int) -> bool:
    index = text.mention_at.get(k)
    return index is not None and text.mentions[index].figure.not_people is None


def let_go(text: Text, part: Mention) -> bool:
    """Those let go are no part of the arrested: "15 arrested, 11 of whom were later released"."""
    if text.at(part.start - 1) in _RELEASED:
        return True
    whom = text.low[part.end : part.end + 2]
    end = part.end + 2 if whom in (["of", "whom"], ["of", "them"]) else part.end
    j, _ = skip_helpers(text, end)
    return text.at(j) in _RELEASED or (text.at(j) == "set" and text.at(j + 1) == "free")
