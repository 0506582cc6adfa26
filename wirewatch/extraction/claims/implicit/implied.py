"""One count without a number."""

from __future__ import annotations

from typing import NamedTuple

from wirewatch.extraction.claims.reading import Reading


class Implied(NamedTuple):
    """One person (``several`` False) or an unnumbered plural, at words ``start`` to ``end``."""

    start: int
    end: int
    several: bool
    reading: Reading


def harm_at(reading: Reading) -> int:
    """Where the word of harm stands, which every count without a number has."""
    assert reading.anchor is not None
    return reading.anchor.start
