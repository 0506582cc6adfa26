"""Who took the people: gunmen abduct, the police arrest; the verb ("seized", "led away") is one."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.captors import CAPTORS, taken_by, took
from wirewatch.extraction.claims.behind import skip_helpers
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text

_TAKEN = frozenset(
    ("captured", "seized", "seize", "seizing", "capturing", "hold", "holding", "held", "holds",
     "led", "leading", "hauled", "dragged", "bundled", "whisked", "whisking", "carried", "marched",
     "spirited", "detained", "detaining", "detain", "apprehended")
)  # fmt: skip
_LED = frozenset(("whisked", "whisking", "carried", "marched", "spirited"))


def escorted(text: Text, reading: Reading) -> bool:
    """Ministers too are whisked away: only by captors is it an abduction."""
    anchor = reading.anchor
    if anchor is None or text.at(anchor.start) not in _LED:
        return False
    return not (_acts(text, anchor) or _named_behind(text, anchor))


def by_captors(text: Text, mention: Mention, end: int, reading: Reading) -> bool:
    """Whether captors did it, to others than fighters: those are captured, not abducted."""
    taken = text.low[mention.end : end]
    fighters = not CAPTORS.isdisjoint(taken) or not _SUSPECTS.isdisjoint(taken)
    return not fighters and abducts(text, reading)


_SUSPECTS = frozenset(("suspect", "suspects", "suspected", "fugitives"))


def abducts(text: Text, reading: Reading) -> bool:
    """Whether captors did it: "police say gunmen seized 12", "12 were detained by rebels"."""
    anchor = reading.anchor
    if anchor is None or text.at(anchor.start) not in _TAKEN:
        return False
    if reading.pattern.startswith(_SUFFERED):
        return _named_behind(text, anchor)
    return _acts(text, anchor)


_SUFFERED = ("subject", "far-subject", "relative", "implicit-subject", "dep-nsubj", "dep-acl")


def _acts(text: Text, anchor: Anchor) -> bool:
    verb = range(anchor.start, anchor.end)
    counted = {i for m in text.mentions for i in range(m.end, m.end + _NOUN)}
    return took(text.low, verb, text.bounds(anchor.start), text.armed, counted)


_NOUN = 3
"""Words behind a number among which the counted noun stands."""


def _named_behind(text: Text, anchor: Anchor) -> bool:
    verb = range(anchor.start, anchor.end)
    return taken_by(text.low, verb, text.bounds(anchor.start), text.armed)


_GRASPED = frozenset(("taken", "grabbed", "pulled", "led"))
_SAFE = frozenset(("safety", "hospital", "hospitals", "clinic", "clinics", "school"))


def seized(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """As in "Two nurses were taken from their home by gunmen"."""
    j, _ = skip_helpers(text, end)
    verb = Anchor(j, j + 1, ())
    if text.at(j) not in _GRASPED or not text.same(mention.head, j):
        return
    if _named_behind(text, verb) and _SAFE.isdisjoint(text.low[j : j + 5]):
        yield Reading("abducted", "subject-taken", 0.86, verb)
