"""Gradient-boosted trees, read from the arrays that ``training/fit_referees.py`` writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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


_SHIPPED = Path(__file__).parent
_folder = [_SHIPPED]


def use(folder: Path | None) -> None:
    """Read weights from ``folder`` from now on, in the whole process; None: those that ship."""
    _folder[0] = folder or _SHIPPED


def load(name: str) -> Trees | None:
    """The referee ``name``; None where there is none."""
    return _load(_folder[0], name)


def priors() -> dict[str, float]:
    """``type/phrase`` → log odds that such a mention tells an event of the type."""
    return _priors(_folder[0])


@cache
def _load(folder: Path, name: str) -> Trees | None:
    source = folder / f"{name}.npz"
    if not source.is_file():
        return None
    with np.load(source, allow_pickle=False) as data:
        return Trees(**{key: data[key] for key in data.files})


@cache
def _priors(folder: Path) -> dict[str, float]:
    source = folder / "priors.json"
    if not source.is_file():
        return {}
    found: dict[str, float] = json.loads(source.read_text(encoding="utf-8"))
    return found
