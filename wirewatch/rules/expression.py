"""``when:`` of a rule: a CEL expression over an incident, compiled once, bounded in its cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import celpy
from celpy.adapter import json_to_cel
from celpy.celparser import CELParseError
from celpy.celtypes import BoolType
from celpy.evaluation import CELEvalError

from wirewatch.errors import RuleError
from wirewatch.model import Actor, ClaimKind, Incident
from wirewatch.rules.possible import BOUNDS, Branch, branches, possible

LONGEST = 1000
"""Characters."""
MOST_LOOPS = 3
MOST_ITEMS = 20
"""Items of a list that an expression sees; as loops do not nest, it takes few steps."""
UNBOUNDED = 10**12
"""What ``high`` is where there is no upper bound; ``low`` and ``best`` are 0 where unknown."""

_MACROS = {"all", "exists", "exists_one", "map", "filter"}
_KINDS: tuple[str, ...] = get_args(ClaimKind)
_PLAIN = {
    "type": "", "status": "", "headline": "", "country": "", "place": "", "date": "",
    "confirmed": False, "publishers": 0,
}  # fmt: skip
_LISTS = ("actors", "targets", "titles", "publisher_names")
VARIABLES = (*_PLAIN, *_LISTS, *_KINDS)
_FUNCTIONS = {"size", "int", "string", "double", "bool", "has", "type", "uint"}


class Expression:
    """A compiled expression; ``source`` is its text."""

    def __init__(self, source: str) -> None:
        self.source = source
        tree, self._program = _compile(source)
        for number in (0, 1000):
            self._trial(_context(number))
        self._ways = branches(tree)

    def can_hold(self, given: Branch) -> bool:
        """Whether some incident that meets all of ``given`` may satisfy it."""
        return possible(self._ways, given)

    def holds(self, incident: Incident) -> bool:
        """Whether ``incident`` satisfies it; an error while evaluating raises RuleError."""
        return self._evaluate(context(incident))

    def _trial(self, values: dict[str, Any]) -> None:
        try:
            self._evaluate(values)
        except RuleError as error:
            raise RuleError(f"when: {error}") from error

    def _evaluate(self, values: dict[str, Any]) -> bool:
        try:
            result = self._program.evaluate(
                {name: json_to_cel(value) for name, value in values.items()}
            )
        except (CELEvalError, TypeError, ValueError, RecursionError) as error:
            detail = str(error.args[0] if error.args else error).splitlines()[0][:120]
            raise RuleError(f"the expression cannot be evaluated: {detail}") from error
        if not isinstance(result, BoolType | bool):
            raise RuleError("the expression must give true or false")
        return bool(result)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and other.source == self.source

    def __hash__(self) -> int:
        return hash(self.source)


def context(incident: Incident) -> dict[str, Any]:
    """The variables an expression sees, for ``incident``."""
    place = incident.place
    return {
        "type": incident.type,
        "status": incident.status,
        "headline": incident.headline,
        "country": (place.country if place else None) or "",
        "place": (place.name or place.text) if place else "",
        "date": incident.date.start if incident.date else "",
        "confirmed": bool(incident.confirmed),
        "publishers": incident.publishers,
        "actors": [_party(actor) for actor in incident.actors[:MOST_ITEMS]],
        "targets": [_party(actor) for actor in incident.targets[:MOST_ITEMS]],
        "titles": [report.title for report in incident.reports[:MOST_ITEMS]],
        "publisher_names": [report.publisher for report in incident.reports[:MOST_ITEMS]],
        **{kind: _toll(incident, kind) for kind in _KINDS},
    }


def _toll(incident: Incident, kind: str) -> dict[str, int]:
    toll = incident.tolls.get(kind)
    if toll is None or toll.best is None:
        return {"low": 0, "best": 0, "high": 0}
    high = UNBOUNDED if toll.high is None else toll.high
    return {"low": toll.low or 0, "best": toll.best, "high": high}


def _party(actor: Actor) -> dict[str, str]:
    return {
        "name": actor.name or actor.text,
        "country": actor.country or "",
        "role": actor.role or "",
    }


def _context(number: int) -> dict[str, Any]:
    """An incident without particulars, or a full one: expressions are tried on both."""
    party = {"name": "x", "country": "XX", "role": "MIL"}
    some = min(number, MOST_ITEMS)
    return {
        **_PLAIN,
        "actors": [party] * some,
        "targets": [party] * some,
        "titles": ["x"] * some,
        "publisher_names": ["x"] * some,
        **{kind: dict.fromkeys(BOUNDS, number) for kind in _KINDS},
    }


def _compile(source: str) -> tuple[Any, Any]:
    if len(source) > LONGEST:
        raise RuleError(f"when: longer than {LONGEST} characters")
    environment = celpy.Environment()
    try:
        tree = environment.compile(source)
    except (CELParseError, RecursionError) as error:
        column = getattr(error, "column", None)
        where = f" at character {column}" if column else ""
        raise RuleError(f"when: not a CEL expression{where}") from error
    _check_loops(tree)
    _check_names(tree)
    return tree, environment.program(tree)


def _check_loops(tree: Any) -> None:
    loops = [node for node in tree.iter_subtrees() if _is_loop(node)]
    if len(loops) > MOST_LOOPS:
        raise RuleError(f"when: more than {MOST_LOOPS} loops (all, exists, map, filter)")
    for loop in loops:
        inner = [node for node in loop.iter_subtrees() if _is_loop(node) and node is not loop]
        if inner:
            raise RuleError("when: a loop inside a loop (all, exists, map, filter)")


def _is_loop(node: Any) -> bool:
    return node.data == "member_dot_arg" and str(node.children[1]) in _MACROS


def _check_names(tree: Any) -> None:
    bound = {name for loop in tree.iter_subtrees() if _is_loop(loop) for name in _first_name(loop)}
    for node in tree.iter_subtrees():
        if node.data == "ident" and str(node.children[0]) not in {*VARIABLES, *bound}:
            known = ", ".join(VARIABLES)
            raise RuleError(f"when: {node.children[0]} is not known; known are {known}")
        if node.data == "ident_arg" and str(node.children[0]) not in _FUNCTIONS:
            raise RuleError(f"when: {node.children[0]}() is not known")
        if node.data == "member_dot":
            names = list(_names(node.children[0]))
            if names and names[0] in _KINDS and str(node.children[1]) not in BOUNDS:
                raise RuleError(f"when: {names[0]} has {', '.join(BOUNDS)}, no {node.children[1]}")


def _first_name(loop: Any) -> Iterator[str]:
    arguments = loop.children[2] if len(loop.children) > 2 else None
    for node in arguments.iter_subtrees_topdown() if arguments else ():
        if node.data == "ident":
            yield str(node.children[0])
            return


def _names(node: Any) -> Iterator[str]:
    for inner in node.iter_subtrees():
        if inner.data == "ident":
            yield str(inner.children[0])
