"""Who took the people: gunmen abduct, the police arrest; the verb ("seized", "led away") is one."""

from __future__ import annotations

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import PEOPLE, PREPOSITION
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Text

_CAPTORS, _LAWFUL = words("captors"), words("captors-not")
_TAKEN = frozenset(
    ("captured", "seized", "seize", "seizing", "capturing", "hold", "holding", "held", "holds",
     "led", "leading", "hauled", "dragged", "bundled", "whisked", "whisking", "carried", "marched",
     "spirited")
)  # fmt: skip
_LED = frozenset(("whisked", "whisking", "carried", "marched", "spirited"))
_BEHIND = 5
"""Words after the verb among which "by" names who did it."""


def escorted(text: Text, reading: Reading) -> bool:
    """Ministers too are whisked away: only by captors is it an abduction."""
    anchor = reading.anchor
    if anchor is None or text.at(anchor.start) not in _LED:
        return False
    return not (by_captors(text, reading) or _named_behind(text, anchor))


def by_captors(text: Text, reading: Reading) -> bool:
    """Whether the nearest who may have done it are captors: "police say gunmen seized 12"."""
    anchor = reading.anchor
    if anchor is None or text.at(anchor.start) not in _TAKEN:
        return False
    if "subject" in reading.pattern or "relative" in reading.pattern:
        return _named_behind(text, anchor)
    for i in range(anchor.start - 1, max(-1, anchor.start - 30), -1):
        if not text.same(i, anchor.start):
            break
        if text.low[i] in _LAWFUL:
            return False
        if _captor(text, i) and not _counted(text, i) and not _beside(text, i):
            return True
    return False


def _named_behind(text: Text, anchor: Anchor) -> bool:
    """As in "were seized by masked gunmen"."""
    behind = text.low[anchor.end : anchor.end + _BEHIND]
    return "by" in behind[:2] and not _CAPTORS.isdisjoint(behind)


def _beside(text: Text, i: int) -> bool:
    """Whether the nearest word before is a preposition: soldiers "hunting for armed gunmen"."""
    return any(text.at(k) in PREPOSITION for k in (i - 1, i - 2))


def _captor(text: Text, i: int) -> bool:
    return text.low[i] in _CAPTORS or (text.low[i] == "armed" and text.at(i + 1) in PEOPLE)


def _counted(text: Text, i: int) -> bool:
    return any(k in text.mention_at for k in range(max(0, i - 3), i))
