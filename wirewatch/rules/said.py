"""What an alert says: the substance whose change makes an update, and the sentence for it."""

from __future__ import annotations

import msgspec

from wirewatch.model import Incident, Severity, Status
from wirewatch.rules.match import number_words, reached
from wirewatch.rules.rule import Rule

_FINE = {None: 0, "country": 1, "region": 2, "city": 3, "address": 4}


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """The substance of an alert. ``step`` is the greatest number passed, 0 without steps."""

    step: int
    status: Status
    confirmed: bool | None
    place: str | None
    fine: int
    """How precise the place is: 0 none, 1 country, 2 region, 3 city, 4 address."""


def says(rule: Rule, incident: Incident) -> Said:
    """What an alert of ``rule`` on ``incident`` would say."""
    place = incident.place
    return Said(
        step=_step(rule, incident),
        status=incident.status,
        confirmed=incident.confirmed,
        place=(place.name or place.text) if place else None,
        fine=_FINE[place.precision if place else None],
    )


def _step(rule: Rule, incident: Incident) -> int:
    if not rule.toll:
        return 0
    number = reached(rule.toll[0], incident.tolls.get(rule.toll[0].kind)) or 0
    return max((step for step in (rule.toll[0].at_least, *rule.steps) if step <= number), default=0)


def severity(rule: Rule, incident: Incident) -> Severity:
    """The severity by the number reached; below the first grade, the first grade's."""
    number = 0
    if rule.toll:
        number = reached(rule.toll[0], incident.tolls.get(rule.toll[0].kind)) or 0
    passed = [grade.severity for grade in rule.severity if grade.at_least <= number]
    return passed[-1] if passed else rule.severity[0].severity


def differs(before: Said, after: Said) -> bool:
    """Whether ``after`` is news to who knows ``before``.

    A place that only got vaguer is not; nor is that one report tells as going on what another
    tells as done.
    """
    return _without_place(before) != _without_place(after) or after.fine > before.fine


def _without_place(said: Said) -> tuple[int, str, bool | None]:
    status = "happened" if said.status == "ongoing" else said.status
    return (said.step, status, said.confirmed)


def keep_place(before: Said, after: Said) -> Said:
    """``after`` with the place of ``before`` where that is finer."""
    if after.fine >= before.fine:
        return after
    return msgspec.structs.replace(after, place=before.place, fine=before.fine)


def first_reason(rule: Rule, incident: Incident) -> str:
    """Why the rule holds, in one sentence."""
    parts = [_figure(rule, incident)] if rule.toll else []
    if not rule.toll or incident.status not in {"happened", "ongoing"}:
        parts.append(f"{incident.type.replace('_', ' ')} {_status(incident)}")
    if not rule.toll and incident.confirmed is None and incident.status == "announced":
        parts.append("not yet confirmed")
    if incident.confirmed is False:
        parts.append("unconfirmed")
    return ", ".join(parts)


def _status(incident: Incident) -> str:
    return {"ongoing": "under way"}.get(incident.status, incident.status)


def _figure(rule: Rule, incident: Incident) -> str:
    """Such as "killed is at least 43 (threshold 10)"."""
    said = []
    for threshold in rule.toll:
        toll = incident.tolls[threshold.kind]
        number = reached(threshold, toll) or 0
        said.append(f"{number_words(threshold, toll, number)} (threshold {threshold.at_least})")
    return " and ".join(said)


def _first_number(rule: Rule, incident: Incident) -> str:
    if not rule.toll:
        return "the rule no longer counts"
    threshold = rule.toll[0]
    toll = incident.tolls[threshold.kind]
    return number_words(threshold, toll, reached(threshold, toll) or 0)


def update_reason(rule: Rule, incident: Incident, before: Said, after: Said) -> str:
    """What has changed between two tellings, in one sentence."""
    parts = []
    if after.step != before.step:
        way = "passed" if after.step > before.step else "fell back to"
        parts.append(f"{_first_number(rule, incident)}, {way} {after.step}")
    if after.status != before.status:
        parts.append(f"now {after.status}, was {before.status}")
    if after.confirmed != before.confirmed:
        parts.append({True: "confirmed", False: "not confirmed", None: "confirmation is open"}[
            after.confirmed])  # fmt: skip
    if after.fine > before.fine:
        parts.append(f"place is {after.place}, was {before.place or 'unknown'}")
    return "; ".join(parts)
