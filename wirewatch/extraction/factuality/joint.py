"""Figures told in one breath are of one time: "10 dead and 30 injured"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted
from wirewatch.extraction.context import context, wordset

_HARM = frozenset({"killed", "injured", "missing"})
_LINKS = wordset(", and & plus as well while another some about at least more than")


def joined(doc: Doc, chances: Sequence[float]) -> list[float]:
    """The chances to be news; of figures of harm that only "and" parts, the best of all."""
    found = list(chances)
    counted: tuple[Counted, ...] = doc._.counted
    begin = 0
    for i in range(1, len(counted) + 1):
        if i < len(counted) and _one_breath(doc, counted[i - 1], counted[i]):
            continue
        found[begin:i] = [max(chances[begin:i], default=0.0)] * (i - begin)
        begin = i
    return found


def _one_breath(doc: Doc, first: Counted, second: Counted) -> bool:
    if not {first.kind, second.kind} <= _HARM or first.end > second.start:
        return False
    seen = context(doc)
    between = [w for w in seen.words[first.end : second.start] if not w.isspace()]
    return seen.sentence[first.start] == seen.sentence[second.start] and _LINKS.issuperset(between)
