"""The fitted referees that ship with the reader, and the words' own odds."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

from wirewatch.extraction.referee.files import Referee, load, priors
from wirewatch.extraction.referee.trees import Array
from wirewatch.extraction.triggers.match import Candidate, candidates

_KEY = "wirewatch.candidates"
STRONG, WEAK = 1.0, -0.7
"""Log odds of a phrase that no count speaks for."""


def prior(type_: str, phrase: str, *, weak: bool) -> float:
    """The phrase's own odds; a default for a phrase never counted."""
    return priors().get(f"{type_}/{phrase}", WEAK if weak else STRONG)


def weighed(doc: Doc) -> tuple[tuple[Candidate, float], ...]:
    """The Doc's candidate triggers with their phrases' odds; found once a Doc."""
    found = doc.user_data.get(_KEY)
    if found is None:
        found = doc.user_data[_KEY] = tuple(
            (c, prior(c.type, c.phrase, weak=c.weak)) for c in candidates(doc)
        )
    result: tuple[tuple[Candidate, float], ...] = found
    return result


def referee(task: str, doc: Doc) -> Referee | None:
    """The weights for ``task``: those with the learned heads where the Doc has them."""
    with_heads = load(f"{task}_heads") if doc._.heads is not None else None
    return with_heads or load(f"{task}_rules")


def scores(task: str, doc: Doc, rows: list[list[float]]) -> Array | None:
    """Raw scores of each row; None when there are no weights or no rows."""
    fitted = referee(task, doc)
    return fitted.scores(np.asarray(rows, dtype=np.float64)) if fitted and rows else None
