"""Rows of the entity head to names, and the names' spaCy labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_NATURE = (
    "sea ocean river lake gulf bay strait straits channel mount mountain mountains hills valley "
    "desert peninsula island islands forest delta coast basin plateau jungle sahel europe asia "
    "africa america east west north south antarctica balkans caucasus sahara himalayas pacific "
    "atlantic mediterranean arctic"
)
NATURE = frozenset(_NATURE.split())
"""Last words of places that are no states, cities or provinces."""


def labels(scores: npt.NDArray[np.float32], entities: Sequence[str]) -> list[str]:
    """The best BIO label of each word; an I- without its B- begins a name."""
    found: list[str] = []
    before = "O"
    for row in scores.argmax(1):
        label = entities[row]
        if label[0] == "I" and before[2:] != label[2:]:
            label = f"B-{label[2:]}"
        found.append(label)
        before = label
    return found


def proper(labels: Sequence[str], proper_noun: Sequence[bool], words: Sequence[str]) -> list[str]:
    """The labels less names without any proper noun, and persons less their abbreviated titles."""
    found = list(labels)
    for start, end in _spans(labels):
        if not any(proper_noun[start:end]):
            found[start:end] = ["O"] * (end - start)
        elif found[start] == "B-PER" and end - start > 1 and _is_title(words[start]):
            found[start : start + 2] = ["O", "B-PER"]
    return found


def _spans(labels: Sequence[str]) -> list[tuple[int, int]]:
    starts = [i for i, label in enumerate(labels) if label[0] == "B"]
    ends = [next((k for k in range(i + 1, len(labels)) if labels[k][0] != "I"), len(labels))
            for i in starts]  # fmt: skip
    return list(zip(starts, ends, strict=True))


def _is_title(word: str) -> bool:
    """Whether it is such as "Gen." or "Dr.", no initial ("J.")."""
    return word.endswith(".") and len(word) > 2 and "." not in word[:-1]


def spacy_label(kind: str, last_word: str) -> str:
    """PERSON, ORG, GPE or LOC for the corpora's PER, ORG and LOC."""
    if kind == "LOC":
        return "LOC" if last_word.lower() in NATURE else "GPE"
    return "PERSON" if kind == "PER" else kind
