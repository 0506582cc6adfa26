"""Who wins: the one place where a figure's kind is decided.

The number and its bounds are the rules' alone. Whether a figure counts people, and what happened to
them, is weighed: a log-linear sum of the learned heads' log probabilities and of what the rules
read, with seven weights (``referee.json``, fitted by ``training/fit_figures.py`` on out-of-fold
heads and readings of rules that had not yet seen the articles). Where the encoder did not look, the
rules decide alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Heads
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Mention
from wirewatch.extraction.referee.labels import KINDS
from wirewatch.model import ClaimKind

FEATURES = ("head", "none", "silent", "reading", "strength", "doubt", "sure")
LEAST = 0.5
"""From this strength (rules alone) or share (weighed) on a figure counts."""
_FLOOR, _FLOOR_BY_RULE = -12.0, -1.5
"""Log probability under which the heads' certainty adds nothing; nearer where rules are sure:
taught with soft labels, heads that are wrong are hardly less certain than heads that are right."""
_CLEAR, _SURE = 0.8, 0.85
_SELDOM: frozenset[ClaimKind] = frozenset({"displaced", "troops", "missing"})
"""Kinds that the heads have seen few examples of."""
Array = npt.NDArray[np.float64]


@dataclass(slots=True)
class Evidence:
    """All that is known of one figure before the decision."""

    mention: Mention
    own: list[Reading] = field(default_factory=list)
    """Readings by word order, the strongest first."""
    parsed: list[Reading] = field(default_factory=list)
    """Readings by the parse, the strongest first."""
    spared: bool = False
    """It is said that nothing befell them, that they did it, or not what befell them."""
    shared: Reading | None = None
    """The rules' verdict, taken from a neighbour where need be."""


class Verdict(NamedTuple):
    """What a figure counts (None: no people harmed or moved) and how surely."""

    kind: ClaimKind | None
    confidence: float


def judge(doc: Doc, tokens: Sequence[int], found: Sequence[Evidence]) -> list[Verdict]:
    """The verdict on each figure; ``tokens`` leads from the patterns' words to the Doc's."""
    heads: Heads | None = doc._.heads
    verdicts = []
    for one in found:
        if one.spared:
            verdicts.append(Verdict(None, _SURE))
            continue
        row = None if heads is None else heads.kind[tokens[one.mention.head]]
        unread = row is None or bool(np.isnan(row[0]))
        verdicts.append(by_rules(one.shared) if unread or row is None else weigh(row, one.shared))
    return verdicts


def by_rules(reading: Reading | None) -> Verdict:
    """The rules alone."""
    if reading is None or reading.strength < LEAST:
        return Verdict(None, 1.0 - (reading.strength if reading else 0.0))
    return Verdict(reading.kind, round(min(reading.strength, 1.0), 4))


def weigh(row: npt.NDArray[np.float32], reading: Reading | None) -> Verdict:
    """Rules and heads together; the figure counts when "none" has less than half."""
    score = features(row, reading) @ weights()
    odds = np.exp(score - score.max())
    share = odds / odds.sum()
    best = int(share[1:].argmax())
    if share[0] >= 1 - LEAST:
        return Verdict(None, round(float(share[0]), 4))
    return Verdict(KINDS[best], round(float(share[1 + best]), 4))


def features(row: npt.NDArray[np.float32], reading: Reading | None) -> Array:
    """One row for none and each kind, one column a weight (see FEATURES).

    A reading too weak to count by itself is as none.
    """
    if reading is not None and reading.strength < LEAST:
        reading = None
    table = np.zeros((1 + len(KINDS), len(FEATURES)))
    doubted = reading is not None and reading.strength >= (
        _CLEAR if reading.kind in _SELDOM else _SURE
    )
    table[:, 0] = np.maximum(row, _FLOOR_BY_RULE if doubted else _FLOOR)
    table[0, 1] = 1
    if reading is None:
        table[0, 2] = 1
        return table
    kind = 1 + KINDS.index(reading.kind)
    table[kind, 3:5] = 1, reading.strength
    table[0, 5] = 1 - reading.strength
    table[kind, 6] = reading.strength >= _SURE
    return table


@cache
def weights() -> Array:
    """The shipped weights in the order of FEATURES."""
    source = files(__package__).joinpath("referee.json").read_text(encoding="utf8")
    found = json.loads(source)
    return np.asarray([found[name] for name in FEATURES], dtype=np.float64)
