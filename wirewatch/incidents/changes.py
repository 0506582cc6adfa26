"""What differs between two tellings of an incident, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from wirewatch.model import ClaimKind, Incident, Place, Toll


def changes(before: Incident | None, after: Incident) -> tuple[str, ...]:
    """What ``after`` says that ``before`` did not ("killed 12 → 14"); () when nothing of note."""
    return ("new",) if before is None else tuple(_differences(before, after))


def _differences(before: Incident, after: Incident) -> Iterator[str]:
    for kind in get_args(ClaimKind):
        old, new = figure(before.tolls.get(kind)), figure(after.tolls.get(kind))
        if old != new:
            yield f"{kind} {old} → {new}"
    for name in ("type", "status", "when"):
        if getattr(before, name) != getattr(after, name):
            yield f"{name} {getattr(before, name)} → {getattr(after, name)}"
    if before.confirmed != after.confirmed:
        yield f"confirmed {_known(before.confirmed)} → {_known(after.confirmed)}"
    if _name(before.place) != _name(after.place):
        yield f"place {_name(before.place)} → {_name(after.place)}"
    if _days(before) != _days(after):
        yield f"date {_days(before)} → {_days(after)}"
    if before.publishers != after.publishers:
        yield f"publishers {before.publishers} → {after.publishers}"
    if before.reports != after.reports:
        yield f"reports {len(before.reports)} → {len(after.reports)}"
    for loser in sorted(set(after.merged_from) - set(before.merged_from)):
        yield f"merged with {loser}"
    if after.merged_into and not before.merged_into:
        yield f"merged into {after.merged_into}"
    if after.closed != before.closed:
        yield "closed" if after.closed else "opened again"


def figure(toll: Toll | None) -> str:
    """A toll in short: "43", "at least 43", "36 to 40", "unknown"."""
    if toll is None or toll.best is None:
        return "unknown"
    if toll.high is None:
        return f"at least {toll.low}" if toll.low == toll.best else f"{toll.low} or more"
    if toll.low == toll.high:
        return str(toll.best)
    return f"{toll.best} ({toll.low} to {toll.high})"


def _known(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "unknown"}[value]


def _name(place: Place | None) -> str:
    return (place.name or place.text) if place else "unknown"


def _days(incident: Incident) -> str:
    if incident.date is None:
        return "unknown"
    start, end = incident.date.start, incident.date.end
    return start if start == end else f"{start} to {end}"
