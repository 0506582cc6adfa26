"""Gradient-boosted trees, read from the arrays that ``training/fit_referees.py`` writes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of one model: nodes of all trees in one table, one group of trees a class."""

    feature: npt.NDArray[np.int16]
    threshold: Array
    left: npt.NDArray[np.int16]
    right: npt.NDArray[np.int16]
    missing_left: npt.NDArray[np.bool_]
    value: Array
    """Leaf values; inner nodes have feature -1 in none, leaves have feature -1."""
    roots: npt.NDArray[np.int32]
    classes: npt.NDArray[np.int16]
    base: Array
    """Start value of each class."""

    def scores(self, rows: Array) -> Array:
        """Raw scores, one row a row, one column a class (one column: log odds)."""
        count = len(rows)
        node = np.tile(self.roots.astype(np.int64), (count, 1))
        index = np.arange(count)[:, None]
        while True:
            feature = self.feature[node]
            inner = feature >= 0
            if not inner.any():
                break
            x = rows[index, feature]  # a leaf's -1 takes the last column, which it does not use
            left = x <= self.threshold[node]
            unknown = np.isnan(x)
            left[unknown] = self.missing_left[node[unknown]]
            step = np.where(left, self.left[node], self.right[node])
            node = np.where(inner, self.roots + step, node)
        out = np.tile(self.base, (count, 1))
        for k in range(len(self.base)):
            out[:, k] += self.value[node][:, self.classes == k].sum(axis=1)
        return out
