"""Whether an incident satisfies a rule, and if not, why: one sentence."""

from __future__ import annotations

from wirewatch.model import Incident, Toll
from wirewatch.rules.rule import Bound, Party, Rule, Threshold
from wirewatch.safety import one_line


def misses(rule: Rule, incident: Incident) -> str | None:
    """The first condition that ``incident`` does not meet, as a sentence; None when all are met.

    Raises RuleError when the rule's expression cannot be evaluated on it. Nothing in the
    background meets any rule.
    """
    if incident.merged_into:
        return f"merged into incident {incident.merged_into}"
    if incident.when != "current":
        return "no current report stands any more: retracted, or told as background only"
    return _words(rule, incident) or _numbers(rule, incident) or _expression(rule, incident)


def _words(rule: Rule, incident: Incident) -> str | None:
    if rule.types and incident.type not in rule.types:
        return f"it is now told as {incident.type.replace('_', ' ')}"
    if incident.status not in rule.status:
        return f"it is now {incident.status}"
    country = incident.place.country if incident.place else None
    if rule.countries and country not in rule.countries:
        return f"it is now placed in {country or 'no known country'}"
    if rule.confirmed is not None and incident.confirmed is not rule.confirmed:
        return "it is not confirmed" if rule.confirmed else "it is confirmed or nobody was asked"
    for party in rule.actors:
        if not any(_is(party, *known) for known in _parties(incident)):
            return f"{_named(party)} is no party to it any more"
    return None


def _numbers(rule: Rule, incident: Incident) -> str | None:
    for threshold in rule.toll:
        number = reached(threshold, incident.tolls.get(threshold.kind))
        if number is None:
            return f"no figure of {threshold.kind} stands any more"
        if number < threshold.at_least:
            said = number_words(threshold, incident.tolls[threshold.kind], number)
            return f"{said}, below the threshold {threshold.at_least}"
    if incident.publishers < rule.publishers:
        return f"{incident.publishers} independent publishers, {rule.publishers} are wanted"
    return None


_BOUNDS: dict[Bound, str] = {"low": "at least ", "best": "", "high": "at most "}


def number_words(threshold: Threshold, toll: Toll, number: int) -> str:
    """Such as "killed is at least 43"; an exact figure is said as one."""
    bound = "" if toll.low == toll.high else _BOUNDS[threshold.bound]
    return f"{threshold.kind} is {bound}{number}"


def reached(threshold: Threshold, toll: Toll | None) -> int | None:
    """The number that ``threshold`` reads; None when there is no figure.

    An open upper bound reaches any threshold on ``high``.
    """
    if toll is None or toll.best is None:
        return None
    if threshold.bound == "high" and toll.high is None:
        return max(threshold.at_least, toll.best)
    number: int | None = getattr(toll, threshold.bound)
    return number


def _expression(rule: Rule, incident: Incident) -> str | None:
    if rule.when is None or rule.when.holds(incident):
        return None
    return f"it no longer satisfies: {one_line(rule.when.source, 120)}"


def _parties(incident: Incident) -> list[tuple[str, str | None, str | None]]:
    return [
        (f"{actor.name or ''} {actor.text}".casefold(), actor.country, actor.role)
        for actor in (*incident.actors, *incident.targets)
    ]


def _is(party: Party, names: str, country: str | None, role: str | None) -> bool:
    return (
        (party.name is None or party.name.casefold() in names)
        and party.country in {None, country}
        and party.role in {None, role}
    )


def _named(party: Party) -> str:
    return " ".join(word for word in (party.name, party.country, party.role) if word)
