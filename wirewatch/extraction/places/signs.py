"""Words that place a text in the United States though it names neither country nor state."""

from __future__ import annotations

from itertools import pairwise

from wirewatch.extraction.places.names import Words
from wirewatch.extraction.places.words import section

_STRONG = section("american law")
"""Offices and crimes of one country's law."""
_WEAK = section("american too")
"""Used in a few other countries as well: two of them are needed."""
_OFFICES = frozenset(
    {
        ("district", "attorney"), ("grand", "jury"), ("county", "jail"), ("county", "sheriff"),
        ("county", "coroner"), ("highway", "patrol"), ("state", "trooper"), ("state", "troopers"),
        ("county", "sheriffs"),
    }
)  # fmt: skip
_SHARED = frozenset({("police", "department"), ("block", "of"), ("medical", "examiner")})
_MOST = 3


def american(words: Words) -> int:
    """How much speaks for the United States, as so many mentions of it would: 0 to 3."""
    pairs = set(pairwise(words.keys))
    strong = len(_OFFICES & pairs) + len(_STRONG.intersection(words.keys))
    weak = len(_SHARED & pairs) + len(_WEAK.intersection(words.texts))
    return min(strong + weak // 2, _MOST)
