"""One way to read a figure."""

from __future__ import annotations

from typing import NamedTuple

from wirewatch.extraction.claims.text import Anchor
from wirewatch.model import ClaimKind


class Reading(NamedTuple):
    """One way to read a figure: what happened to the people, which pattern saw it, how surely."""

    kind: ClaimKind
    pattern: str
    strength: float
    anchor: Anchor | None
    via: int | None = None
    """Index of the mention that it takes its reading from."""
    subset: bool = False
