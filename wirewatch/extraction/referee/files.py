"""The referees as files: one archive of arrays a task, and the words' own odds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from wirewatch.extraction.referee.linear import Linear
from wirewatch.extraction.referee.trees import Array, Trees

PREFIX = "linear_"
"""Names of the arrays of a referee's linear part."""
SHARE = 0.8
"""What the linear part weighs where there is one: it errs less than trees do on few labels, and the
trees know what to do without evidence."""


@dataclass(frozen=True, slots=True)
class Referee:
    """Trees, and a linear model beside them for the tasks that have one."""

    trees: Trees
    linear: Linear | None = None

    def scores(self, rows: Array) -> Array:
        """Raw scores, one row a row, one column a class (one column: log odds)."""
        by_trees = self.trees.scores(rows)
        if self.linear is None:
            return by_trees
        return SHARE * self.linear.scores(rows) + (1 - SHARE) * by_trees


def referee(arrays: Mapping[str, Any]) -> Referee:
    """The referee of an archive's arrays."""
    own = {k.removeprefix(PREFIX): v for k, v in arrays.items() if k.startswith(PREFIX)}
    trees = Trees(**{k: v for k, v in arrays.items() if not k.startswith(PREFIX)})
    return Referee(trees, Linear(**own) if own else None)


_SHIPPED = Path(__file__).parent
_folder = [_SHIPPED]


def use(folder: Path | None) -> None:
    """Read weights from ``folder`` from now on, in the whole process; None: those that ship."""
    _folder[0] = folder or _SHIPPED


def load(name: str) -> Referee | None:
    """The referee ``name``; None where there is none."""
    return _load(_folder[0], name)


def priors() -> dict[str, float]:
    """``type/phrase`` → log odds that such a mention tells an event of the type."""
    return _priors(_folder[0])


@cache
def _load(folder: Path, name: str) -> Referee | None:
    source = folder / f"{name}.npz"
    if not source.is_file():
        return None
    with np.load(source, allow_pickle=False) as data:
        return referee({key: data[key] for key in data.files})


@cache
def _priors(folder: Path) -> dict[str, float]:
    source = folder / "priors.json"
    if not source.is_file():
        return {}
    found: dict[str, float] = json.loads(source.read_text(encoding="utf-8"))
    return found
