"""The word lists of ``words.txt``: what stands around place names."""

from __future__ import annotations

from wirewatch.extraction.wordlists import sections


def section(name: str) -> frozenset[str]:
    """The words under one heading; KeyError for an unknown heading."""
    return sections(__package__, "words.txt")[name]
