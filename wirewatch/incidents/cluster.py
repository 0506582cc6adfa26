"""Which events are one incident: average linkage, the same for any order of its input."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np


def clusters(
    ids: Sequence[str], score: Callable[[str, str], float], threshold: float
) -> list[list[str]]:
    """Groups of ``ids``, merged while the mean score between two groups is at least ``threshold``.

    Greedy from the greatest mean; ties go to the lesser ids, so that the result depends on the set
    of ids alone. ``score`` must be symmetric. Costs len(ids)² scores.
    """
    names = sorted(ids)
    count = len(names)
    if count < 2:
        return [names] if names else []
    means = np.full((count, count), -1.0)
    for row in range(count):
        for column in range(row + 1, count):
            means[row, column] = means[column, row] = score(names[row], names[column])
    groups = [[name] for name in names]
    while True:
        row, column = divmod(int(means.argmax()), count)
        if means[row, column] < threshold:
            return [sorted(group) for group in groups if group]
        keep, drop = min(row, column), max(row, column)
        _merge(means, keep, drop, len(groups[keep]), len(groups[drop]))
        groups[keep] += groups[drop]
        groups[drop] = []


def _merge(
    means: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    keep: int, drop: int, kept: int, dropped: int,
) -> None:  # fmt: skip
    both = (means[keep] * kept + means[drop] * dropped) / (kept + dropped)
    both[(means[keep] < 0) | (means[drop] < 0)] = -1.0
    means[keep], means[:, keep] = both, both
    means[drop], means[:, drop] = -1.0, -1.0
    means[keep, keep] = -1.0
