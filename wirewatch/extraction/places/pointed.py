"""Which place the network takes a mention of an event to be at: a head of asking, one of giving."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Heads, PlaceMention

_SCALE = 8.0
"""The square root of the vectors' length, as in training/losses.py."""
_MOST = 12.0
"""Bound of a log odds: beyond it the network is no surer than it should be."""


def pointed(doc: Doc, asker: int, mentions: Sequence[PlaceMention]) -> list[float] | None:
    """Log odds of each place against none, at most 12 either way, for the event told at ``asker``.

    A place in a sentence that the encoder did not read has 0. None where it did not read the
    asker's, or where there is no such head.
    """
    heads: Heads | None = doc._.heads
    if heads is None or heads.asked is None or heads.given is None:
        return None
    own = heads.asked[asker]
    if not np.isfinite(own).all():
        return None
    given = heads.given[[mention.end - 1 for mention in mentions]]
    fit = (given * own[:-1]).sum(axis=1) / _SCALE - own[-1]
    return [float(odds) for odds in np.clip(np.nan_to_num(fit), -_MOST, _MOST)]
