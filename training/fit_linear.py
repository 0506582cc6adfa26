"""Fit the linear part of a referee: a logistic model over the row that its trees read."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

from wirewatch.extraction.referee.files import PREFIX
from wirewatch.extraction.referee.linear import Linear

STRENGTH = 0.006
"""Inverse of the penalty: chosen out of fold, flat from 0.005 to 0.007."""
_CONSTANT = 1e-6


def fit_linear(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> dict[str, np.ndarray]:
    """The arrays of ``Linear`` under the names that a referee's archive gives them."""
    bare = _scaling(x)
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(bare.scaled(x), y, sample_weight=weight)
    parts = {
        "median": bare.median, "mean": bare.mean, "scale": bare.scale,
        "weight": model.coef_[0], "base": model.intercept_,
    }  # fmt: skip
    return {PREFIX + name: np.asarray(values, np.float64) for name, values in parts.items()}


def _scaling(x: np.ndarray) -> Linear:
    """The model before its weights are known."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a column may hold no evidence at all
        median = np.nan_to_num(np.nanmedian(x, axis=0))
    known = np.where(np.isnan(x), median, x)
    scale = known.std(axis=0)
    scale[scale < _CONSTANT] = 1.0
    return Linear(median, known.mean(axis=0), scale, np.zeros(x.shape[1]), np.zeros(1))
