"""What differs between two tellings of an incident, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from wirewatch.model import ClaimKind, Incident, Place, Toll


def changes(before: Incident | None, after: Incident) -> tuple[str, ...]:
    """What ``after`` says that ``before`` did not ("killed 12 → 14"); () when nothing of note."""
    return ("new",) if before is None else tuple(_differences(before, after))


def _differences(before: Incident, after: Incident) -> Iterator[str]:
    old, new = _facts(before), _facts(after)
    yield from (f"{name} {old[name]} → {new[name]}" for name in old if old[name] != new[name])
    if before.reports != after.reports:
        yield f"reports {len(before.reports)} → {len(after.reports)}"
    for loser in sorted(set(after.merged_from) - set(before.merged_from)):
        yield f"merged with {loser}"
    if after.merged_into and not before.merged_into:
        yield f"merged into {after.merged_into}"
    if after.closed != before.closed:
        yield "closed" if after.closed else "opened again"


def _facts(incident: Incident) -> dict[str, str]:
    return {
        **{kind: figure(incident.tolls.get(kind)) for kind in get_args(ClaimKind)},
        "type": incident.type,
        "status": incident.status,
        "when": incident.when,
        "confirmed": _known(incident.confirmed),
        "place": _name(incident.place),
        "date": _days(incident),
        "publishers": str(incident.publishers),
    }


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
