"""The closed word classes of ``grammar.txt``."""

from __future__ import annotations

from wirewatch.extraction.wordlists import sections


def words(name: str) -> frozenset[str]:
    """The words under one heading of ``grammar.txt``; KeyError for an unknown heading."""
    return sections(__package__, "grammar.txt")[name]
