"""The word lists of ``words.txt``: what a number counts, by the word beside it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def read_sections(text: str) -> dict[str, frozenset[str]]:
    """Sections of a word list: a heading in brackets, then words; a hash begins a remark."""
    sections: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in text.splitlines():
        content = line.split("#", 1)[0].strip()
        if content.startswith("["):
            words = sections.setdefault(content.strip("[]"), set())
        else:
            words.update(content.split())
    return {name: frozenset(found) for name, found in sections.items()}


@cache
def section(name: str) -> frozenset[str]:
    """The words under one heading of ``words.txt``; KeyError for an unknown heading."""
    return _sections()[name]


@cache
def _sections() -> dict[str, frozenset[str]]:
    return read_sections(files(__package__).joinpath("words.txt").read_text(encoding="utf8"))


def counts(word: str, heading: str) -> bool:
    """Whether a word or its plural stands under a heading ("soldier" by "soldiers")."""
    known = section(heading)
    return word in known or word + "s" in known
