"""Counts of the same people are as old as each other.

A part is as old as its whole ("200 have died since May. The dead include 60 soldiers"), and a death
told again as the death: who is first told to have died last year has not died today.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted
from wirewatch.extraction.context import context, wordset

_BACK, _MOST = 1, 12
"""Sentences and counts between a whole and its part."""
_KIN = wordset("son daughter wife husband brother sister father mother")


def of_same_people(doc: Doc, chances: Sequence[float]) -> list[float]:
    """The chances that ``doc._.counted`` are news, each that of the first words on its people."""
    found = list(chances)
    died: dict[str, int] = {}
    for index, counted in enumerate(doc._.counted):
        who = _who(doc, counted)
        first = _whole(doc, index) if who is None else died.setdefault(who, index)
        if first is not None:
            found[index] = found[first]
    return found


def _whole(doc: Doc, index: int) -> int | None:
    """The nearest count before a part that is great enough to be its whole."""
    counted: Sequence[Counted] = doc._.counted
    sentence, part = context(doc).sentence, counted[index]
    if not part.subset:
        return None
    for at in range(index - 1, max(-1, index - 1 - _MOST), -1):
        before = counted[at]
        if sentence[part.start] - sentence[before.start] > _BACK:
            return None
        if before.kind == part.kind and not before.subset and _size(before) >= _size(part):
            return at
    return None


def _size(counted: Counted) -> int:
    return counted.figure.value or 0


def _who(doc: Doc, counted: Counted) -> str | None:
    """The surname of who died, or the word for one's kin; None: neither, or a number of people."""
    if counted.figure.explicit or counted.kind != "killed":
        return None
    last = doc[counted.figure.end - 1]
    named = last.text[:1].isupper() and not last.text.isupper()
    return last.text if named or last.lower_ in _KIN else None
