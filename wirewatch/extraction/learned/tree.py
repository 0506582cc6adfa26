"""Arc scores to a dependency tree: the greedy choice, mended where it is no tree."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Heads = npt.NDArray[np.intp]
_NEVER = np.float32(-1e9)


def decode(scores: Scores) -> list[int]:
    """The head of each word of one sentence; the root, exactly one, is its own head.

    Takes scores [word, head] with the root's score on the diagonal. Where every word's best head
    makes a tree that is the answer; else the best word for a root is fixed and Chu, Liu and
    Edmonds' algorithm finds the best tree below it.
    """
    heads: Heads = scores.argmax(1)
    roots = np.flatnonzero(heads == np.arange(len(heads)))
    if len(roots) == 1 and not _cycle(heads):
        return [int(h) for h in heads]
    margin = scores.diagonal() - np.logaddexp.reduce(scores.astype(np.float64), axis=1)
    root = int(margin.argmax())
    below = scores.astype(np.float64)
    np.fill_diagonal(below, _NEVER)
    return [int(h) for h in _best_tree(below, root)]


def _cycle(heads: Heads) -> list[int]:
    """The words of one cycle, empty if there is none; words that are their own head are roots."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            if heads[at] == at:
                break
            at = int(heads[at])
        if state[at] == 1 and heads[at] != at and at in path:
            return path[path.index(at) :]
        for word in path:
            state[word] = 2
    return []


def _best_tree(scores: npt.NDArray[np.float64], root: int) -> Heads:
    """Chu, Liu and Edmonds: contract a cycle, solve the rest, open it again."""
    heads: Heads = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads)
    if not cycle:
        return heads
    rest = [i for i in range(len(heads)) if i not in set(cycle)]
    inside = scores[cycle, heads[cycle]]
    small = np.full((len(rest) + 1, len(rest) + 1), float(_NEVER))
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    out = scores[np.ix_(rest, cycle)]
    small[:-1, -1] = out.max(1)
    into = scores[np.ix_(cycle, rest)] - inside[:, None]
    small[-1, :-1] = into.max(0)
    found = _best_tree(small, rest.index(root))
    result: Heads = heads.copy()
    for i, word in enumerate(rest):
        if word != root:
            head = int(found[i])
            result[word] = rest[head] if head < len(rest) else cycle[int(out[i].argmax())]
    entry = int(found[-1])
    broken = cycle[int(into[:, entry].argmax())]
    result[broken] = rest[entry]
    return result
