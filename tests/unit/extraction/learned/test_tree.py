"""Arc scores to trees."""

from itertools import product

import numpy as np
import pytest

from wirewatch.extraction.learned.tree import decode


def is_tree(heads: list[int]) -> bool:
    if sum(h == i for i, h in enumerate(heads)) != 1:
        return False
    for start in range(len(heads)):
        at, steps = start, 0
        while heads[at] != at and steps <= len(heads):
            at, steps = heads[at], steps + 1
        if heads[at] != at:
            return False
    return True


def test_the_greedy_answer_stands_where_it_is_a_tree() -> None:
    scores = np.zeros((3, 3), np.float32)
    scores[0, 1] = scores[1, 1] = scores[2, 0] = 5
    assert decode(scores) == [1, 1, 0]


def test_a_cycle_is_opened_at_the_cheapest_place() -> None:
    scores = np.full((3, 3), -10, np.float32)
    scores[0, 0] = 9
    scores[1, 2], scores[2, 1] = 8, 8
    scores[1, 0], scores[2, 0] = 5, 1
    assert decode(scores) == [0, 0, 1]


@pytest.mark.parametrize("length", [1, 2, 3, 5, 9, 40])
def test_anything_gives_one_tree(length: int) -> None:
    rng = np.random.default_rng(length)
    for _ in range(30):
        assert is_tree(decode(rng.normal(size=(length, length)).astype(np.float32)))


def test_no_tree_with_that_root_is_better() -> None:
    rng = np.random.default_rng(7)
    for _ in range(40):
        scores = rng.normal(size=(4, 4)).astype(np.float32)
        found = decode(scores)
        root = next(i for i, h in enumerate(found) if h == i)
        trees = [
            list(h) for h in product(range(4), repeat=4) if h[root] == root and is_tree(list(h))
        ]
        best = max(sum(scores[i, h] for i, h in enumerate(t)) for t in trees)
        assert sum(scores[i, h] for i, h in enumerate(found)) == pytest.approx(best, abs=1e-5)
