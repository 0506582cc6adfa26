"""A rule as it is applied: what must hold, how grave it is, when to speak again."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import msgspec

from wirewatch.model import ClaimKind, EventType, Severity, Status
from wirewatch.rules.expression import Expression

Bound = Literal["low", "best", "high"]


class Threshold(msgspec.Struct, frozen=True, array_like=True):
    """A bound of the toll of one kind, and the number it must reach."""

    kind: ClaimKind
    bound: Bound
    at_least: int


class Party(msgspec.Struct, frozen=True):
    """A party that must take part; fields left out match any."""

    name: str | None = None
    country: str | None = None
    role: str | None = None


class Grade(msgspec.Struct, frozen=True):
    """The severity from a number of the first threshold's toll on."""

    at_least: int
    severity: Severity


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule; an incident must meet all its conditions. Empty means any."""

    name: str
    description: str
    types: tuple[EventType, ...] = ()
    toll: tuple[Threshold, ...] = ()
    countries: frozenset[str] = frozenset()
    actors: tuple[Party, ...] = ()
    status: tuple[Status, ...] = ("happened", "ongoing", "announced")
    confirmed: bool | None = None
    publishers: int = 1
    severity: tuple[Grade, ...] = (Grade(0, "moderate"),)
    steps: tuple[int, ...] = ()
    quiet: timedelta = timedelta(minutes=30)
    when: Expression | None = None
    line: int = 0


class RuleSet(msgspec.Struct, frozen=True, kw_only=True):
    """All rules in force; ``version`` is a hash of ``text``, the file as it was read."""

    version: str
    rules: tuple[Rule, ...]
    text: str
    source: str
