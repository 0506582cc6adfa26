"""The lexicon of triggers, read from YAML once and indexed by first word.

``lexicon.yaml`` holds words that may name an event, ``sure.yaml`` phrases that leave no doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from wirewatch.model import EventType

DEFAULT_REACH = 25
LEXICON, SURE = "lexicon.yaml", "sure.yaml"
_VOWELS = frozenset("aeiou")
_DOUBLING = frozenset({"stab", "kidnap", "confer", "mug", "hit", "gun", "riot-"})


Slot = tuple[tuple[str, ...], ...]
"""What may stand at one place of a phrase, the longest first; () stands for nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase that may name an event, and what it needs to count."""

    slots: tuple[Slot, ...]
    type: EventType
    needs: tuple[str, ...]
    """Classes of words, one of each of which must stand near."""
    unless: tuple[str, ...]
    """Classes of words, none of which may stand near."""
    reach: int
    not_before: frozenset[str]
    not_after: tuple[tuple[str, ...], ...]
    not_next: frozenset[str]
    """Words with which it makes another thing's name: "shell" and "casings"."""
    weak: bool
    sure: bool
    """Whether the words settle that an event of the type is told."""

    def spelled(self, words: Sequence[str], at: int) -> int:
        """How many of ``words`` from ``at`` on spell the phrase; 0: it does not stand there."""
        return _spelled(self.slots, words, at)


def _spelled(slots: tuple[Slot, ...], words: Sequence[str], at: int) -> int:
    if not slots:
        return 0
    for choice in slots[0]:
        end = at + len(choice)
        if tuple(words[at:end]) != choice:
            continue
        if len(slots) == 1:
            return len(choice)
        if rest := _spelled(slots[1:], words, end):
            return len(choice) + rest
    return 0


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


def _phrases(block: dict[str, Any]) -> set[tuple[Slot, ...]]:
    found = {str(form) for form in block.get("forms", ())}
    for noun in block.get("nouns", ()):
        found |= {noun, plural(noun)}
    for verb in block.get("verbs", ()):
        found |= set(verb_forms(verb))
    plain = {tuple(((w,),) for w in form.replace("-", " ").split()) for form in found}
    return plain | {_pattern(str(text)) for text in block.get("patterns", ())}


def _pattern(text: str) -> tuple[Slot, ...]:
    """As in "lay|laid down their|~ arms": ~ stands for no word, an underscore for a blank."""
    slots = (
        [tuple(w.replace("~", "").split("_")) for w in slot.split("|")] for slot in text.split()
    )
    return tuple(
        tuple(sorted((tuple(filter(None, choice)) for choice in slot), key=len, reverse=True))
        for slot in slots
    )


def _read(name: str) -> Any:
    source = resources.files(__package__).joinpath(name)
    return yaml.safe_load(source.read_text(encoding="utf-8"))


@cache
def classes() -> dict[str, frozenset[str]]:
    """Class name → its words, lower case."""
    return {name: frozenset(words.split()) for name, words in _read("classes.yaml").items()}


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """First word → entries, those that are sure and the longest first."""
    index: dict[str, list[Entry]] = defaultdict(list)
    for source in (LEXICON, SURE):
        for type_, blocks in _read(source).items():
            for block in blocks:
                for slots in sorted(_phrases(block)):
                    entry = _entry(type_, slots, block, sure=source == SURE)
                    for word in sorted({choice[0] for choice in slots[0]}):
                        index[word].append(entry)
    return {w: tuple(sorted(found, key=_rank)) for w, found in index.items()}


def _rank(entry: Entry) -> tuple[bool, int]:
    return not entry.sure, -len(entry.slots)


def _entry(
    type_: EventType, slots: tuple[Slot, ...], block: dict[str, Any], *, sure: bool
) -> Entry:
    return Entry(
        slots,
        type_,
        tuple(str(block.get("needs", "")).split()),
        tuple(str(block.get("unless", "")).split()),
        int(block.get("reach", DEFAULT_REACH)),
        frozenset(str(w) for w in block.get("not_before", ())),
        tuple(tuple(str(w).split()) for w in block.get("not_after", ())),
        frozenset(str(block.get("not_next", "")).split()),
        bool(block.get("weak", False)),
        sure,
    )
