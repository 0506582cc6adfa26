"""Which alerts a change of an incident calls for. Pure: the same input gives the same alerts."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec.structs import replace

from wirewatch.errors import RuleError
from wirewatch.identity import stable_id
from wirewatch.model import Alert, AlertKind, AlertTimes, Incident, Severity
from wirewatch.rules.match import misses
from wirewatch.rules.rule import Rule, RuleSet
from wirewatch.rules.said import (
    Said,
    differs,
    first_reason,
    keep_place,
    says,
    severity,
    update_reason,
)  # fmt: skip


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """The last alert of a rule on an incident: what it said, and whether it is still open."""

    alert: str
    open: bool
    said: Said
    severity: Severity
    at: datetime
    """The incident's ``last_seen`` when it was raised: quiet time runs by the events' clock."""
    told: tuple[Severity, ...] = ()
    """Severities of the open alerts before it."""


class AlertState(msgspec.Struct, frozen=True, kw_only=True):
    """What was told of one incident, by rule; JSON-serialisable with msgspec."""

    incident: str
    revision: int
    version: str
    rules: dict[str, Spoken]
    forgotten: datetime | None = None
    """When the incident was forgotten: from then on nothing is said of it."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The alerts to publish, the state to keep, and what went wrong (rule: cause)."""

    alerts: tuple[Alert, ...]
    state: AlertState
    errors: tuple[str, ...] = ()


def decide(
    ruleset: RuleSet, incident: Incident, state: AlertState | None, now: datetime
) -> Decision:
    """What to say of ``incident``, given what was said before.

    An incident revision that was decided under the same rules gives nothing, nor does an incident
    that is forgotten. An incident that
    only grew old (closed, not merged) changes nothing. A rule whose expression fails keeps its
    state and is named in ``errors``. ``now`` goes into the alerts' times only: ids and decisions
    do not depend on it.
    """
    if state and (state.forgotten or _decided(state, ruleset, incident)):
        return Decision(alerts=(), state=state)
    spoken = dict(state.rules) if state else {}
    made: list[Alert] = []
    errors: list[str] = []
    told = _Teller(ruleset, incident, now)
    for rule in ruleset.rules:
        try:
            alert, last = told.speak(rule, spoken.get(rule.name))
        except RuleError as error:
            errors.append(f"{rule.name}: {error}")
            continue
        made += [alert] if alert else []
        if last:
            spoken[rule.name] = last
    for name in sorted(set(spoken) - {rule.name for rule in ruleset.rules}):
        last = spoken.pop(name)
        if last.open:
            made.append(told.alert(name, "cancel", "the rule is no longer in force", last))
    revision = max(incident.revision, state.revision if state else 0)
    kept = AlertState(
        incident=incident.id, revision=revision, version=ruleset.version, rules=spoken
    )
    return Decision(alerts=tuple(made), state=kept, errors=tuple(errors))


def _decided(state: AlertState, ruleset: RuleSet, incident: Incident) -> bool:
    return incident.revision <= state.revision and state.version == ruleset.version


class _Teller:
    """Makes the alerts on one incident."""

    def __init__(self, ruleset: RuleSet, incident: Incident, now: datetime) -> None:
        self._version = ruleset.version
        self._incident = incident
        self._now = now

    def speak(self, rule: Rule, last: Spoken | None) -> tuple[Alert | None, Spoken | None]:
        """The alert that ``rule`` calls for, if any, and what then was last said."""
        incident = self._incident
        aged = incident.closed and not incident.merged_into and incident.publishers
        if aged:
            return None, last
        missing = misses(rule, incident)
        if missing:
            return self._cancel(rule, last, missing) if last and last.open else (None, last)
        if last is None or not last.open:
            return self._raise(rule, last)
        return self._update(rule, last)

    def _raise(self, rule: Rule, last: Spoken | None) -> tuple[Alert, Spoken]:
        said = says(rule, self._incident)
        grade = severity(rule, self._incident)
        reason = first_reason(rule, self._incident)
        alert = self.alert(rule.name, "alert", reason, last, said=said, grade=grade)
        return alert, self._spoken(alert, said)

    def _update(self, rule: Rule, last: Spoken) -> tuple[Alert | None, Spoken]:
        said = says(rule, self._incident)
        if not differs(last.said, said) or self._incident.last_seen < last.at + rule.quiet:
            return None, last
        reason = update_reason(rule, self._incident, last.said, said)
        said = keep_place(last.said, said)
        grade = severity(rule, self._incident)
        alert = self.alert(rule.name, "update", reason, last, said=said, grade=grade)
        return alert, self._spoken(alert, said)

    def _cancel(self, rule: Rule, last: Spoken, reason: str) -> tuple[Alert, Spoken]:
        alert = self.alert(rule.name, "cancel", reason, last)
        return alert, replace(last, alert=alert.id, open=False, at=self._incident.last_seen)

    def _spoken(self, alert: Alert, said: Said) -> Spoken:
        return Spoken(
            alert=alert.id, open=True, said=said, severity=alert.severity,
            at=self._incident.last_seen, told=alert.told,
        )  # fmt: skip

    def alert(
        self, rule: str, kind: AlertKind, reason: str, last: Spoken | None,
        *, said: Said | None = None, grade: Severity | None = None,
    ) -> Alert:  # fmt: skip
        """An alert whose id is a hash of rule, incident, what it says and what was said before."""
        incident = self._incident
        crossed = msgspec.json.encode(said).decode() if said else reason
        before = last.alert if last else None
        return Alert(
            id=stable_id(rule, incident.id, kind, crossed, before),
            rule=rule,
            severity=grade or (last.severity if last else "minor"),
            kind=kind,
            reason=reason,
            incident=incident,
            evidence=incident.evidence,
            times=_times(incident, self._now),
            supersedes=before,
            rules_version=self._version,
            told=tuple(dict.fromkeys((*last.told, last.severity))) if last and last.open else (),
        )


def _times(incident: Incident, now: datetime) -> AlertTimes:
    """Published and fetched of the newest report; the agents fill in their own stages."""
    newest = max(
        incident.reports,
        key=lambda report: (report.fetched_at or incident.first_seen, report.article),
        default=None,
    )
    return AlertTimes(
        published=newest.published if newest else None,
        fetched=newest.fetched_at if newest else None,
        extracted=None,
        linked=None,
        emitted=now,
    )
