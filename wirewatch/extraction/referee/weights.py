"""The fitted referees that ship with the reader, and the words' own odds."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

from wirewatch.extraction.referee.trees import Array, Trees, load, priors

STRONG, WEAK = 1.0, -0.7
"""Log odds of a phrase that no count speaks for."""


def prior(type_: str, phrase: str, *, weak: bool) -> float:
    """The phrase's own odds; a default for a phrase never counted."""
    return priors().get(f"{type_}/{phrase}", WEAK if weak else STRONG)


def referee(task: str, doc: Doc) -> Trees | None:
    """The weights for ``task``: those with the learned heads where the Doc has them."""
    with_heads = load(f"{task}_heads") if doc._.heads is not None else None
    return with_heads or load(f"{task}_rules")


def scores(task: str, doc: Doc, rows: list[list[float]]) -> Array | None:
    """Raw scores of each row; None when there are no weights or no rows."""
    trees = referee(task, doc)
    return trees.scores(np.asarray(rows, dtype=np.float64)) if trees and rows else None
