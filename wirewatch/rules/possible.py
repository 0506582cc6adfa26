"""Whether an expression can ever be true: its comparisons with constants, against each other.

What is not such a comparison (a function, a loop, a sum, two variables) is taken to be possible:
nothing is called impossible that is not.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable
from itertools import product
from typing import Any, get_args

import msgspec

from wirewatch.model import EventType, Status

MOST_BRANCHES = 256
"""Ways to be true that are followed; an expression with more is taken to be possible."""
BOUNDS = ("low", "best", "high")
_WORDS = {
    "type": frozenset(get_args(EventType)),
    "status": frozenset(get_args(Status)),
    "confirmed": frozenset({True, False}),
}
"""What these variables may be."""
_COMPARES: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
    "eq": operator.eq, "ne": operator.ne,
}  # fmt: skip
_FLIPPED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
_DENIED = {
    "lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq", "in": "out",
}  # fmt: skip

Subject = tuple[str, ...]


class Demand(msgspec.Struct, frozen=True):
    """One comparison: ``("killed", "low")``, "ge", 10. Of "in" and "out" ``value`` is a set."""

    subject: Subject
    test: str
    value: Any


Branch = tuple[Demand, ...]
"""Demands that together make an expression true."""
_UNCLEAR: list[Branch] = [()]


def branches(tree: Any) -> list[Branch]:
    """The ways in which the expression can be true, by its comparisons with constants.

    ``tree`` is celpy's. An empty list: in no way; a branch without demands: perhaps always.
    """
    return _ways(tree, wanted=True)


def possible(ways: Iterable[Branch], given: Branch = ()) -> bool:
    """Whether one of ``ways`` can be true while all demands of ``given`` are met."""
    return any(_consistent((*way, *given)) for way in ways)


def _ways(node: Any, *, wanted: bool) -> list[Branch]:
    node = _core(node)
    match getattr(node, "data", None), getattr(node, "children", ()):
        case "expr", [test, yes, no]:
            return _either(
                _both(_ways(test, wanted=True), _ways(yes, wanted=wanted)),
                _both(_ways(test, wanted=False), _ways(no, wanted=wanted)),
            )
        case ("conditionalor" | "conditionaland") as kind, [one, other]:
            join = _either if (kind == "conditionalor") == wanted else _both
            return join(_ways(one, wanted=wanted), _ways(other, wanted=wanted))
        case "unary", [sign, inner] if sign.data == "unary_not":
            return _ways(inner, wanted=not wanted)
        case "relation", [compared, right]:
            return _comparison(compared.data.removeprefix("relation_"), compared, right, wanted)
    if (value := _constant(node)) in (True, False):
        return _UNCLEAR if value is wanted else []
    subject = _subject(node)
    return [(Demand(subject, "eq", wanted),)] if subject == ("confirmed",) else _UNCLEAR


def _comparison(test: str, compared: Any, right: Any, wanted: bool) -> list[Branch]:
    left = compared.children[0]
    subject, value = _subject(left), _constant(right)
    if subject is None and test != "in":
        constant = _constant(left)
        if constant is not None and value is not None and type(constant) is type(value):
            return _UNCLEAR if _COMPARES[test](constant, value) == wanted else []
        subject, value, test = _subject(right), constant, _FLIPPED.get(test, test)
    if subject is None or value is None or isinstance(value, frozenset) != (test == "in"):
        return _UNCLEAR
    return [(Demand(subject, test if wanted else _DENIED[test], value),)]


def _either(one: list[Branch], other: list[Branch]) -> list[Branch]:
    return _bounded([*one, *other])


def _both(one: list[Branch], other: list[Branch]) -> list[Branch]:
    return _bounded([(*a, *b) for a, b in product(one, other)])


def _bounded(ways: list[Branch]) -> list[Branch]:
    return ways if len(ways) <= MOST_BRANCHES else _UNCLEAR


def _core(node: Any) -> Any:
    """``node`` without the layers of grammar around it."""
    while len(getattr(node, "children", ())) == 1 and node.data not in {"literal", "ident"}:
        if node.data in {"list_lit", "exprlist"}:
            break
        node = node.children[0]
    return node


def _subject(node: Any) -> Subject | None:
    """The variable that ``node`` is: ``("type",)``, ``("killed", "low")``."""
    node = _core(node)
    if getattr(node, "data", None) == "ident":
        return (str(node.children[0]),)
    if getattr(node, "data", None) != "member_dot":
        return None
    owner = _subject(node.children[0])
    return (*owner, str(node.children[1])) if owner else None


def _constant(node: Any) -> Any:
    """The whole number, text, truth or set of these that ``node`` is; None for all else."""
    node = _core(node)
    kind = getattr(node, "data", None)
    if kind == "literal":
        return _literal(str(node.children[0]))
    if kind != "list_lit":
        return None
    values = [_constant(item) for inner in node.children for item in inner.children]
    return None if None in values else frozenset(values)


def _literal(text: str) -> int | str | bool | None:
    if text in {"true", "false"}:
        return text == "true"
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
    return value if isinstance(value, int | str) else None


def _consistent(demands: Branch) -> bool:
    of: dict[Subject, list[Demand]] = {}
    for demand in demands:
        of.setdefault(demand.subject, []).append(demand)
    kinds = {subject[0] for subject in of if subject[-1] in BOUNDS}
    words = (subject for subject in of if subject[-1] not in BOUNDS and subject != ("publishers",))
    return (
        all(_some_word(subject, of[subject]) for subject in words)
        and all(
            _in_order([_range(of.get((kind, bound), ())) for bound in BOUNDS]) for kind in kinds
        )
        and _in_order([_range(of.get(("publishers",), ()))])
    )


def _some_word(subject: Subject, demands: list[Demand]) -> bool:
    """Whether a value is left; of a text any is possible but what the demands name."""
    named = {value for demand in demands for value in _values(demand)}
    candidates = _WORDS.get(subject[0]) if len(subject) == 1 else None
    return any(_meets(word, demands) for word in (candidates or {*named, _ANYTHING}))


_ANYTHING = "\0"


def _values(demand: Demand) -> Iterable[Any]:
    return demand.value if demand.test in {"in", "out"} else (demand.value,)


def _meets(word: Any, demands: list[Demand]) -> bool:
    for demand in demands:
        if demand.test in {"in", "out"}:
            holds = (word in demand.value) == (demand.test == "in")
        elif type(word) is not type(demand.value) or demand.test not in {"eq", "ne"}:
            holds = True  # an order of texts, or an error that the trial of the expression tells
        else:
            holds = _COMPARES[demand.test](word, demand.value)
        if not holds:
            return False
    return True


def _range(demands: Iterable[Demand]) -> tuple[float, float]:
    """The least and the greatest number that meet ``demands``; counts are never below 0."""
    low, high = 0.0, float("inf")
    for demand in demands:
        number = demand.value
        if type(number) is not int:
            continue
        if demand.test in {"ge", "gt", "eq"}:
            low = max(low, number + (demand.test == "gt"))
        if demand.test in {"le", "lt", "eq"}:
            high = min(high, number - (demand.test == "lt"))
    return low, high


def _in_order(ranges: list[tuple[float, float]]) -> bool:
    """Whether numbers of these ranges can rise from one to the next, or stay."""
    reached = 0.0
    for low, high in ranges:
        reached = max(reached, low)
        if reached > high:
            return False
    return True
