"""What the learned heads say at a mention and near it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Heads
from wirewatch.extraction.context import context
from wirewatch.extraction.referee.labels import NAN, STATUSES, TYPES
from wirewatch.extraction.referee.mention import Mention
from wirewatch.model import EventType

_WINDOW = 7


def heads_of(doc: Doc, mention: Mention) -> list[float]:
    """The learned heads at the mention: when, status, the types' odds; NaN where not read.

    A figure's heads are read at the last token of the number proper, where they were trained. The
    trigger head marks one word of a quotation, not always the lexicon's: neighbours count too.
    """
    heads: Heads | None = doc._.heads
    if heads is None:
        return [NAN] * (8 + len(STATUSES) + len(TYPES) + 1)
    span = sorted({*range(mention.start, mention.end), mention.token})
    at = mention.end - 1 if mention.head is None else mention.head
    return [
        _odds(heads.figure_when, [at]),
        _odds(heads.trigger_when, span),
        _odds(heads.trigger_when, [mention.token]),
        *_mean(heads.trigger_status, span),
        *_mean(heads.trigger, span, top=True),
        *_nearby(doc, mention, heads),
    ]


def _nearby(doc: Doc, mention: Mention, heads: Heads) -> list[float]:
    """The surest word for the mention's type near by, in the sentence, in the article."""
    first, last = context(doc).span(mention.token)
    low, high = max(first, mention.token - _WINDOW), min(last, mention.token + _WINDOW + 1)
    column = heads.trigger[:, 0] if mention.type is None else None
    sure = -column if column is not None else heads.trigger[:, 1 + TYPES.index(_type(mention))]
    best = _argmax(sure, low, high)
    here = _argmax(sure, first, last)
    return [
        NAN if best is None else float(sure[best]),
        NAN if best is None else _odds(heads.trigger_when, [best]),
        NAN if here is None else float(sure[here]),
        NAN if here is None else _odds(heads.trigger_when, [here]),
        float(np.nanmax(sure)) if np.isfinite(sure).any() else NAN,
    ]


def _type(mention: Mention) -> EventType:
    assert mention.type is not None
    return mention.type


def _argmax(values: np.ndarray, low: int, high: int) -> int | None:
    window = values[low:high]
    known = np.isfinite(window)
    if not known.any():
        return None
    return low + int(np.where(known, window, -np.inf).argmax())


def _rows(matrix: np.ndarray, span: Sequence[int]) -> np.ndarray:
    picked: np.ndarray = matrix[list(span)]
    return picked[~np.isnan(picked).any(axis=1)] if picked.size else picked


def _odds(matrix: np.ndarray, span: Sequence[int]) -> float:
    if len(span) == 1:  # most are, and numpy takes its time over a single row
        return float(matrix[span[0], 0] - matrix[span[0], 1])
    rows = _rows(matrix, span)
    return float((rows[:, 0] - rows[:, 1]).mean()) if len(rows) else NAN


def _mean(matrix: np.ndarray, span: Sequence[int], *, top: bool = False) -> list[float]:
    if len(span) == 1:
        only: list[float] = matrix[span[0]].tolist()
        return only
    rows = _rows(matrix, span)
    if not len(rows):
        return [NAN] * matrix.shape[1]
    row = rows[rows[:, 0].argmin()] if top else rows.mean(axis=0)
    return [float(x) for x in row]
