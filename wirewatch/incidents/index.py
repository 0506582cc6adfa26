"""Finds the events that may be of one incident with a given one, without looking at all."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from wirewatch.incidents.node import NOWHERE, Node

MOST_CANDIDATES = 48
"""Events compared with a new one: those that share most with it."""
MOST_POSTINGS = 160
"""Events looked at under one key, newest first."""
MOST_TERM_KEYS = 16
MOST_ABROAD = 16
"""Events looked at for a word in all countries, and those found so; what more have tells little."""
LEAST_ABROAD = 3
"""Words in common from which events of two countries are compared.

The reader may have taken a town for its namesake elsewhere.
"""
_WEEK = 7
_SLACK = 2
_CELL = 0.5
"""Degrees; a cell is wider than the distance at which two places count as near."""
_REACH = 0.25
_WEIGHTS = {"p": 3, "c": 2, "w": 1, "a": 1, "t": 2, "x": 3}


class Index:
    """The events of open incidents in memory, found by country, type family, date, place, words.

    ``tells`` says how much a word tells; the least telling are no keys. The keys of a pair are the
    same whichever came first, so that who finds whom does not depend on order (up to the bounds
    above). Events whose country is unknown and those of any country find each other by words, and
    so do those whose country may be mistaken.
    """

    def __init__(self, tells: Callable[[str], float]) -> None:
        self.nodes: dict[str, Node] = {}
        self._tells = tells
        self._postings = _Postings()
        self._countries = {NOWHERE}

    def add(self, node: Node) -> None:
        """Take ``node`` in."""
        self.nodes[node.event] = node
        self._countries.add(node.country)
        for key in self._kept_under(node):
            self._postings.add(key, node.event)

    def remove(self, event: str) -> Node | None:
        """Forget the event and what others remember of it."""
        gone = self.nodes.pop(event, None)
        if gone is None:
            return None
        for key in self._kept_under(gone):
            self._postings.remove(key, event)
        for other in gone.edges:
            if other in self.nodes:
                self.nodes[other].edges.pop(event, None)
        return gone

    def candidates(self, node: Node) -> list[Node]:
        """The events to compare with ``node``: at most 48 that share a key, most shared first.

        And at most 16 of other countries that share telling words.
        """
        found: defaultdict[int, list[Iterable[str]]] = defaultdict(list)
        for key in self._sought_under(node):
            found[_WEIGHTS[key[0]]].append(islice(self._postings.newest(key), MOST_POSTINGS))
        votes: dict[str, int] = {}
        for weight, events in found.items():
            for event, count in Counter(chain.from_iterable(events)).items():
                votes[event] = votes.get(event, 0) + weight * count
        votes.pop(node.event, None)
        ranked = heapq.nsmallest(MOST_CANDIDATES, ((-count, one) for one, count in votes.items()))
        nodes = [self.nodes[event] for _, event in ranked]
        return [one for one in (*nodes, *self._abroad(node)) if _one_kind(node, one)]

    def _abroad(self, node: Node) -> list[Node]:
        """Events of other countries that share words and may be of this one, most shared first."""
        kept = (self._postings.newest(key) for key in self._anywhere(node))
        events = chain.from_iterable(islice(events, MOST_ABROAD) for events in kept)
        shared = [(-n, one) for one, n in Counter(events).items() if n >= LEAST_ABROAD]
        found = (self.nodes[event] for _, event in sorted(shared))
        worth = (one for one in found if node.abroad(one) and node.mistakable(one))
        return list(islice(worth, MOST_ABROAD))

    def _kept_under(self, node: Node) -> Iterator[str]:
        yield from _circumstances(node)
        yield from self._words(node, [node.country])
        yield from self._anywhere(node)
        for week in _weeks(node):
            yield f"a|{node.country}|{node.family}|{week}"
            if node.wide:
                yield f"w|{node.country}|{node.family}|{week}"

    def _sought_under(self, node: Node) -> Iterator[str]:
        yield from _circumstances(node)
        anywhere = node.country == NOWHERE
        yield from self._words(node, self._countries if anywhere else [node.country, NOWHERE])
        wide = "a" if node.wide else "w"
        for week in _weeks(node):
            yield f"{wide}|{node.country}|{node.family}|{week}"

    def _words(self, node: Node, countries: Iterable[str]) -> Iterator[str]:
        ranked = self._ranked(node)
        for country in countries:
            for term in ranked[:MOST_TERM_KEYS]:
                yield f"t|{country}|{node.family}|{term}"

    def _anywhere(self, node: Node) -> Iterator[str]:
        """The most telling words, in whatever country, of what happened in one spot."""
        if node.mistakable_country:
            for term in self._ranked(node)[:MOST_TERM_KEYS]:
                yield f"m|{node.family}|{term}"

    def _ranked(self, node: Node) -> list[str]:
        return sorted(node.terms, key=lambda term: (-self._tells(term), term))


class _Postings:
    """Events by key, in the order they came. Most keys have one, which needs no dictionary."""

    def __init__(self) -> None:
        self._events: dict[str, str | dict[str, None]] = {}

    def add(self, key: str, event: str) -> None:
        known = self._events.get(key)
        if known is None:
            self._events[key] = event
        elif isinstance(known, dict):
            known[event] = None
        elif known != event:
            self._events[key] = {known: None, event: None}

    def remove(self, key: str, event: str) -> None:
        known = self._events.get(key)
        if isinstance(known, dict):
            known.pop(event, None)
        if not known or known == event:
            self._events.pop(key, None)

    def newest(self, key: str) -> Iterable[str]:
        known = self._events.get(key)
        if isinstance(known, dict):
            return reversed(known)
        return () if known is None else (known,)


def _circumstances(node: Node) -> Iterator[str]:
    """Keys of place and parties, week by week."""
    stem = f"{node.country}|{node.family}"
    for week in _weeks(node):
        if node.place is not None:
            yield f"p|{stem}|{week}|{node.place}"
        for cell in _cells(node.point):
            yield f"c|{stem}|{week}|{cell}"
        for party in sorted(node.actors)[:4]:
            yield f"x|{stem}|{week}|{party}"


def _one_kind(node: Node, other: Node) -> bool:
    """Whether both are single happenings or both series, or their figures say that they are one."""
    return node.series == other.series or node.one_figure(other)


def _weeks(node: Node) -> list[int]:
    start = node.start if node.start is not None else node.published
    end = node.end if node.end is not None else node.published
    if start is None or end is None:
        return [0]
    end = min(end, start + 2 * _WEEK)
    return list(range((start - _SLACK) // _WEEK, (end + _SLACK) // _WEEK + 1))


def _cells(point: tuple[float, float] | None) -> set[tuple[int, int]]:
    if point is None:
        return set()
    lat, lon = point
    return {
        (int((lat + up) // _CELL), int((lon + right) // _CELL))
        for up in (-_REACH, _REACH)
        for right in (-_REACH, _REACH)
    }
