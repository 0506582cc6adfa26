"""The lexicon of triggers, read from YAML once and indexed by first word."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from wirewatch.model import EventType

DEFAULT_REACH = 25
_VOWELS = frozenset("aeiou")
_DOUBLING = frozenset({"stab", "kidnap", "confer", "mug", "hit", "gun", "riot-"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase that may name an event, and what it needs to count."""

    words: tuple[str, ...]
    type: EventType
    needs: tuple[str, ...]
    """Classes of words, one of each of which must stand near."""
    reach: int
    not_before: frozenset[str]
    not_after: tuple[tuple[str, ...], ...]
    weak: bool

    @property
    def phrase(self) -> str:
        """The words, with blanks between."""
        return " ".join(self.words)


def plural(noun: str) -> str:
    """Plural of the last word of ``noun`` ("air strike" → "air strikes")."""
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith("man"):
        return noun[:-2] + "en"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


def verb_forms(verb: str) -> tuple[str, ...]:
    """Base, -s, -ed and -ing forms; the first word of a phrase is inflected ("gun down")."""
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    stem = head + head[-1] if head in _DOUBLING else head
    if head.endswith("e"):
        past, ing = head + "d", head[:-1] + "ing"
    elif head.endswith("y") and head[-2] not in _VOWELS:
        past, ing = head[:-1] + "ied", head + "ing"
    else:
        past, ing = stem + "ed", stem + "ing"
    return tuple(form + tail for form in (head, plural(head), past, ing))


def _phrases(block: dict[str, Any]) -> set[tuple[str, ...]]:
    found = {str(form) for form in block.get("forms", ())}
    for noun in block.get("nouns", ()):
        found |= {noun, plural(noun)}
    for verb in block.get("verbs", ()):
        found |= set(verb_forms(verb))
    return {tuple(w for w in form.replace("-", " ").split() if w) for form in found}


def _read(name: str) -> Any:
    source = resources.files(__package__).joinpath(name)
    return yaml.safe_load(source.read_text(encoding="utf-8"))


@cache
def classes() -> dict[str, frozenset[str]]:
    """Class name → its words, lower case."""
    return {name: frozenset(words.split()) for name, words in _read("classes.yaml").items()}


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """First word → entries, longest first."""
    index: dict[str, list[Entry]] = defaultdict(list)
    for type_, blocks in _read("lexicon.yaml").items():
        for block in blocks:
            for words in sorted(_phrases(block)):
                index[words[0]].append(_entry(type_, words, block))
    return {w: tuple(sorted(found, key=lambda e: -len(e.words))) for w, found in index.items()}


def _entry(type_: EventType, words: tuple[str, ...], block: dict[str, Any]) -> Entry:
    return Entry(
        words,
        type_,
        tuple(str(block.get("needs", "")).split()),
        int(block.get("reach", DEFAULT_REACH)),
        frozenset(str(w) for w in block.get("not_before", ())),
        tuple(tuple(str(w).split()) for w in block.get("not_after", ())),
        bool(block.get("weak", False)),
    )
