"""Finds rules that could never match, or never as they say."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.model import ClaimKind, EventType
from wirewatch.rules.possible import Branch, Demand
from wirewatch.rules.rule import Rule

MOST_PUBLISHERS = 100
_TROOPS: frozenset[EventType] = frozenset({"troop_withdrawal", "troop_deployment"})
_POSSIBLE: dict[ClaimKind, frozenset[EventType]] = {"troops": _TROOPS}
"""Kinds of figures that only some types of events have."""


def nonsense(rule: Rule) -> Iterator[tuple[str, str]]:
    """Key and complaint for each reason why no incident, or no alert, could satisfy ``rule``."""
    for threshold in rule.toll:
        possible = _POSSIBLE.get(threshold.kind)
        if possible and rule.types and not possible & set(rule.types):
            yield "toll", f"{', '.join(rule.types)} has no figure of {threshold.kind}"
    if rule.publishers > MOST_PUBLISHERS:
        yield "publishers", f"more than {MOST_PUBLISHERS} independent publishers are never counted"
    if rule.steps:
        yield from _steps(rule)
    if len(rule.severity) > 1 and not rule.toll:
        yield "severity", "grades by number need a toll"
    if rule.when and not rule.when.can_hold(()):
        yield "when", "the expression is always false"
    elif rule.when and not rule.when.can_hold(_given(rule)):
        yield "when", "the expression is false wherever the rule's other conditions hold"


def _given(rule: Rule) -> Branch:
    """What the rule's other keys demand of an incident."""
    demands = [Demand(("status",), "in", frozenset(rule.status))]
    if rule.types:
        demands.append(Demand(("type",), "in", frozenset(rule.types)))
    if rule.countries:
        demands.append(Demand(("country",), "in", rule.countries))
    if rule.confirmed is not None:
        demands.append(Demand(("confirmed",), "eq", rule.confirmed))
    demands.extend(Demand((t.kind, t.bound), "ge", t.at_least) for t in rule.toll)
    return (*demands, Demand(("publishers",), "ge", rule.publishers))


def _steps(rule: Rule) -> Iterator[tuple[str, str]]:
    if not rule.toll:
        yield "steps", "steps need a toll"
        return
    if list(rule.steps) != sorted(set(rule.steps)):
        yield "steps", "steps must rise"
    if rule.steps[0] < rule.toll[0].at_least:
        yield "steps", f"a step lies below the threshold {rule.toll[0].at_least}"
