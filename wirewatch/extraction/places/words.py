"""The word lists of ``words.txt``: what stands around place names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from wirewatch.extraction.numbers.words import read_sections


@cache
def section(name: str) -> frozenset[str]:
    """The words under one heading; KeyError for an unknown heading."""
    return _sections()[name]


@cache
def _sections() -> dict[str, frozenset[str]]:
    return read_sections(files(__package__).joinpath("words.txt").read_text(encoding="utf8"))
