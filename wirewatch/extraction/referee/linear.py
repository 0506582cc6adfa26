"""A logistic model over a referee's row, read from the arrays of ``training/fit_linear.py``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wirewatch.extraction.referee.trees import Array

REACH = 3.0
"""Standard deviations: what lies farther out counts as this far, so that no value decides alone."""


@dataclass(frozen=True, slots=True)
class Linear:
    """One weight a column, over columns brought to one scale."""

    median: Array
    """Stands in for missing evidence (NaN)."""
    mean: Array
    scale: Array
    weight: Array
    base: Array

    def scores(self, rows: Array) -> Array:
        """Log odds, one row a row, in one column."""
        odds: Array = self.scaled(rows) @ self.weight + self.base
        return odds[:, None]

    def scaled(self, rows: Array) -> Array:
        """The rows as the weights take them."""
        known = np.where(np.isnan(rows), self.median, rows)
        scaled: Array = np.clip((known - self.mean) / self.scale, -REACH, REACH)
        return scaled
