"""The word lists of ``words.txt``: what a number counts, by the word beside it."""

from __future__ import annotations

from wirewatch.extraction.wordlists import sections


def section(name: str) -> frozenset[str]:
    """The words under one heading of ``words.txt``; KeyError for an unknown heading."""
    return sections(__package__, "words.txt")[name]


def counts(word: str, heading: str) -> bool:
    """Whether a word or its plural stands under a heading ("soldier" by "soldiers")."""
    known = section(heading)
    return word in known or word + "s" in known
