"""Datelines before sentences of the treebanks, which hold none: "MOSUL, Iraq (ABC) - ..."."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from training.treebank import MASK, Document, Sentence

SHARE = 0.12
"""Of the chunks of a treebank whose first sentence gets a dateline."""
SHORTEST = 6
"""Words of a sentence that may follow one."""
MONTHS = (
    "January", "Jan.", "February", "Feb.", "March", "April", "May", "June", "July", "August",
    "Aug.", "September", "Sept.", "October", "Oct.", "November", "Nov.", "December", "Dec.",
)  # fmt: skip
MARKS = ("-", "-", "–", "—", "--", ":")


@dataclass(slots=True)
class _Word:
    text: str
    tag: str
    pos: str
    head: int
    """In the dateline; ``MASK`` for the sentence's root."""
    relation: str
    entity: str = "O"
    space: int = 1


def places(documents: Iterable[Document]) -> list[list[str]]:
    """Names of places among the sentences with names, once each, in order of appearance."""
    found: dict[tuple[str, ...], None] = {}
    for sentence in (s for d in documents for s in d if s.entities):
        start = None
        for i, label in enumerate([*(sentence.entities or ()), "O"]):
            if start is not None and label != "I-LOC":
                found[tuple(sentence.words[start:i])] = None
                start = None
            if label == "B-LOC":
                start = i
    return [list(name) for name in found if len(name) <= 2 and all(w.isalpha() for w in name)]


def datelined(sentence: Sentence, names: list[list[str]], rng: random.Random) -> Sentence:
    """The sentence behind a dateline, now and then; its own tree stays as it is.

    The place hangs on the root as ``dep``: it belongs to the report, not to the sentence.
    """
    if sentence.heads is None or len(sentence.words) < SHORTEST or rng.random() >= SHARE:
        return sentence
    root = next((i for i, head in enumerate(sentence.heads) if head == i), None)
    if root is None:
        return sentence
    line = _line(names, rng)
    n = len(line)

    def column(values: list | None, mine: list) -> list | None:
        return None if values is None else [*mine, *values]

    return replace(
        sentence,
        words=[*(w.text for w in line), *sentence.words],
        spaces=[sentence.spaces[0], *(w.space for w in line[1:]), 1, *sentence.spaces[1:]],
        tags=column(sentence.tags, [w.tag for w in line]),
        pos=column(sentence.pos, [w.pos for w in line]),
        relations=column(sentence.relations, [w.relation for w in line]),
        morphs=column(sentence.morphs, ["_"] * n),
        entities=column(sentence.entities, [w.entity for w in line]),
        heads=[
            *(root + n if w.head == MASK else w.head for w in line),
            *(h if h == MASK else h + n for h in sentence.heads),
        ],
        offsets=[],
    )


def _line(names: list[list[str]], rng: random.Random) -> list[_Word]:
    """The words of a dateline; its first place is written in capitals more often than not."""
    line: list[_Word] = []
    loud = rng.random() < 0.7
    head = _name(line, rng.choice(names), MASK, "dep", str.upper if loud else str)
    if rng.random() < 0.4:
        line.append(_Word(",", ",", "PUNCT", len(line) + 1, "punct", space=0))
        _name(line, rng.choice(names), head, "appos", str)
    x = rng.random()
    if x < 0.35:
        line.append(_Word(",", ",", "PUNCT", len(line) + 1, "punct", space=0))
        _day(line, head, rng)
    if x < 0.15 or x > 0.5:
        _in_brackets(line, head, rng)
    mark = rng.choice(MARKS)
    line.append(_Word(mark, ":", "PUNCT", head, "punct", space=0 if mark == ":" else 1))
    return line


def _name(
    line: list[_Word], words: list[str], head: int, relation: str, case: Callable[[str], str]
) -> int:
    """Add a place; the last of its words carries the others and is returned."""
    last = len(line) + len(words) - 1
    for k, word in enumerate(words):
        ends = k == len(words) - 1
        entity = "I-LOC" if k else "B-LOC"
        line.append(
            _Word(
                case(word), "NNP", "PROPN", head if ends else last,
                relation if ends else "compound", entity,
            )
        )  # fmt: skip
    return last


def _day(line: list[_Word], head: int, rng: random.Random) -> None:
    month = len(line)
    line.append(_Word(rng.choice(MONTHS), "NNP", "PROPN", head, "dep"))
    line.append(_Word(str(rng.randint(1, 31)), "CD", "NUM", month, "nummod"))


def _in_brackets(line: list[_Word], head: int, rng: random.Random) -> None:
    """An agency, or the day."""
    inside = len(line) + 1
    line.append(_Word("(", "-LRB-", "PUNCT", inside, "punct"))
    if rng.random() < 0.3:
        _day(line, head, rng)
    else:
        agency = "".join(rng.choices(string.ascii_uppercase, k=rng.randint(2, 4)))
        line.append(_Word(agency, "NNP", "PROPN", head, "dep"))
    line[inside].space = 0
    line.append(_Word(")", "-RRB-", "PUNCT", inside, "punct", space=0))
