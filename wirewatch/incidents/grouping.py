"""Says which incident each event in the index belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from wirewatch.identity import stable_id
from wirewatch.incidents.cluster import clusters
from wirewatch.incidents.index import Index
from wirewatch.incidents.node import Node
from wirewatch.incidents.score import Scorer

MOST_TOGETHER = 60
"""Events regrouped at once; in a greater crowd a new one just joins its best match."""


class Grouping:
    """Sets ``Node.case`` for events as they come, change and go.

    Live events (current, not retracted) are grouped by average linkage within all that hangs
    together. The others hold nothing together: each follows the live event it fits best, or stays
    alone.
    """

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self.index = Index(scorer.tells)
        self.openers: dict[str, tuple[datetime, str]] = {}
        """Case id → when the event that opened it was seen, and that event's id."""

    def enter(self, mine: Node) -> None:
        """Put an event into the index and score it against its candidates."""
        self.index.add(mine)
        for other in self.index.candidates(mine):
            chance = self._scorer.probability(mine, other)
            if chance >= self._scorer.threshold:
                mine.edges[other.event] = other.edges[mine.event] = chance

    def place(self, mine: Node, *, fresh: bool) -> set[str]:
        """Put a new or changed event where it belongs; give its cases and those that lose or gain.

        ``fresh``: the event was never heard of, so its own case gives way to any that is known.
        """
        former = self.index.remove(mine.event)
        self.enter(mine)
        seeds = [mine.event, *mine.edges, *(former.edges if former else ())]
        block = self._block(seeds)
        passive = self._passive([*seeds, *block])
        near = [self.index.nodes[event] for event in {mine.event, *block, *passive}]
        before = [one.case for one in near]
        if len(block) > MOST_TOGETHER:
            self._join(mine)
        else:
            self._regroup(block, mine.case if fresh else None)
        for event in passive:
            self._follow(self.index.nodes[event])
        moved = [(case, one.case) for case, one in zip(before, near, strict=True)
                 if one is mine or case != one.case]  # fmt: skip
        return {case for pair in moved for case in pair}

    def _block(self, seeds: Iterable[str]) -> list[str]:
        """The live events that hang together with ``seeds``, or one more than can be regrouped."""
        nodes = self.index.nodes
        found: dict[str, None] = {}
        queue = [seed for seed in seeds if nodes[seed].live]
        while queue and len(found) <= MOST_TOGETHER:
            event = queue.pop()
            if event not in found:
                found[event] = None
                queue += [other for other in self._matches(nodes[event]) if nodes[other].live]
        return list(found)

    def _matches(self, node: Node) -> list[str]:
        least = self._scorer.threshold
        return [other for other, chance in node.edges.items() if chance >= least]

    def _passive(self, events: Iterable[str]) -> list[str]:
        nodes = self.index.nodes
        near = {other for event in events for other in (event, *self._matches(nodes[event]))}
        return sorted(event for event in near if not nodes[event].live)

    def _regroup(self, block: list[str], last: str | None) -> None:
        nodes = self.index.nodes
        groups = clusters(block, self._score, self._scorer.threshold)
        group_of = {event: number for number, group in enumerate(groups) for event in group}
        taken: dict[int, str] = {}
        cases = {nodes[event].case for event in block}
        for case in sorted(cases, key=lambda case: (case == last, self._age(case))):
            number = self._claims(case, block, group_of)
            if number is not None:
                taken.setdefault(number, case)
        for number, group in enumerate(groups):
            case = taken.get(number) or self._open(group, set(taken.values()))
            for event in group:
                nodes[event].case = case

    def _claims(self, case: str, block: list[str], group_of: dict[str, int]) -> int | None:
        """The group that goes on as ``case``: that of its opener, else of its earliest event."""
        opener = self._age(case)[1]
        if opener in group_of:
            return group_of[opener]
        nodes = self.index.nodes
        mine = [event for event in block if nodes[event].case == case]
        return group_of[min(mine, key=lambda event: (nodes[event].seen, event))] if mine else None

    def _age(self, case: str) -> tuple[datetime, str]:
        return self.openers[case]

    def _open(self, group: list[str], taken: set[str]) -> str:
        """Id of a new case for ``group``: its earliest event's, whose own case is not in use."""
        nodes = self.index.nodes
        for event in sorted(group, key=lambda event: (nodes[event].seen, event)):
            case = case_id(event)
            if case not in taken:
                self.openers.setdefault(case, (nodes[event].seen, event))
                return case
        raise AssertionError  # each event opens another case, and fewer are taken than exist

    def _join(self, mine: Node) -> None:
        nodes = self.index.nodes
        live = [other for other in self._matches(mine) if nodes[other].live]
        if mine.live and live:
            mine.case = nodes[max(live, key=lambda other: (mine.edges[other], other))].case

    def _follow(self, node: Node) -> None:
        nodes = self.index.nodes
        live = [other for other in self._matches(node) if nodes[other].live]
        if live:
            node.case = nodes[max(live, key=lambda other: (node.edges[other], other))].case
        else:
            node.case = case_id(node.event)
            self.openers.setdefault(node.case, (node.seen, node.event))

    def _score(self, one: str, other: str) -> float:
        first, second = self.index.nodes[one], self.index.nodes[other]
        if other not in first.edges:
            chance = self._scorer.probability(first, second)
            first.edges[other] = second.edges[one] = chance
        return first.edges[other]


def case_id(event: str) -> str:
    """Id of the incident that ``event`` opens."""
    return stable_id("incident", event)
