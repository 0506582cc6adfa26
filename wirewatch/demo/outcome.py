"""What the day led to, against what it must lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from wirewatch.demo.day import Day, Expected
from wirewatch.model import Alert


def outcome(alerts: Iterable[Alert]) -> list[Expected]:
    """Kinds of alerts by rule and incident, in the order of their first alert.

    A repeated alert id counts once. The place is the incident's latest one.
    """
    kinds: dict[tuple[str, str], dict[str, str]] = {}
    places: dict[str, str] = {}
    for alert in alerts:
        incident = alert.incident
        kinds.setdefault((alert.rule, incident.id), {})[alert.id] = alert.kind
        place = incident.place
        places[incident.id] = (place.name or place.text) if place else ""
    return [
        Expected(rule=rule, place=places[incident], kinds=tuple(ids.values()))
        for (rule, incident), ids in kinds.items()
    ]


def differences(day: Day, alerts: Iterable[Alert]) -> list[str]:
    """What is missing and what is too much, in words; empty when the day came out right.

    An incident told as two is one too many: what is expected once may come once.
    """
    found, expected = Counter(outcome(alerts)), Counter(day.expected)
    missing = [f"missing: {_words(item)}" for item in (expected - found).elements()]
    extra = [f"unexpected: {_words(item)}" for item in (found - expected).elements()]
    return [*missing, *extra]


def complete(day: Day, alerts: Iterable[Alert]) -> bool:
    """Whether everything expected has come, whatever else has."""
    return Counter(day.expected) <= Counter(outcome(alerts))


def _words(item: Expected) -> str:
    return f"{item.rule} at {item.place or 'an unknown place'}: {', '.join(item.kinds)}"
