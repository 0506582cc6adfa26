"""The casualties of armies: dead and hurt together, so that they count neither."""

from __future__ import annotations

from collections.abc import Sequence

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Text

_FIGHTERS = words("fighters") | {"enemy", "police", "infantry", "cavalry"}
_DEALT = frozenset(
    ("inflicted", "inflict", "inflicts", "inflicting", "sustained", "sustain", "sustaining",
     "suffered", "suffer", "suffering")
)  # fmt: skip
_NAMED, _BACK, _BEHIND = 3, 6, 3


def of_war(text: Text, readings: Sequence[Reading]) -> bool:
    """As in "inflicted 70 casualties on the army", "five enemy casualties"; not "12 casualties"."""
    for reading in readings:
        anchor = reading.anchor
        if anchor is not None and text.at(anchor.start) in ("casualties", "casualty"):
            i = anchor.start
            near = [*range(i - _BACK, i), *range(i + 1, i + _BEHIND)]
            dealt = any(text.at(k) in _DEALT and text.same(k, i) for k in near)
            if dealt or any(text.at(i - k) in _FIGHTERS for k in range(1, _NAMED + 1)):
                return True
    return False
