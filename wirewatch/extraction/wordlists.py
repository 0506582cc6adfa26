"""Word lists kept as text beside the rules that read them, for people who do not program."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def read_sections(text: str) -> dict[str, frozenset[str]]:
    """Sections of a word list: a heading in brackets, then words; a hash begins a remark.

    Raises ValueError for a heading that stands twice: two lists would become one unseen.
    """
    sections: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in text.splitlines():
        content = line.split("#", 1)[0].strip()
        if content.startswith("["):
            heading = content.strip("[]")
            if heading in sections:
                raise ValueError(f"the heading [{heading}] stands twice")
            words = sections[heading] = set()
        else:
            words.update(content.split())
    return {name: frozenset(found) for name, found in sections.items()}


@cache
def sections(package: str, name: str) -> dict[str, frozenset[str]]:
    """The sections of file ``name`` in ``package``, read once. Raises FileNotFoundError."""
    return read_sections(files(package).joinpath(name).read_text(encoding="utf8"))
