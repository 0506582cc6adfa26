"""The closed word classes of ``grammar.txt``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from wirewatch.extraction.numbers.words import read_sections


@cache
def words(name: str) -> frozenset[str]:
    """The words under one heading of ``grammar.txt``; KeyError for an unknown heading."""
    return _sections()[name]


@cache
def _sections() -> dict[str, frozenset[str]]:
    return read_sections(files(__package__).joinpath("grammar.txt").read_text(encoding="utf8"))
