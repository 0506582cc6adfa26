"""Records in plain words: what one person would tell another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wirewatch.model import (
    Actor,
    Attribution,
    Claim,
    DateSpan,
    Event,
    EventType,
    Incident,
    Place,
    Toll,
)  # fmt: skip
from wirewatch.safety import one_line

UNKNOWN_PLACE = "place unknown"
UNKNOWN_DATE = "date unknown"
MAX_WORDS = 80
"""Characters of one name, source or place: enough for any real one."""


def type_words(event_type: EventType) -> str:
    """An event type as it is spoken: "troop withdrawal"."""
    return event_type.replace("_", " ")


def bounds_words(value: int | None, low: int | None, high: int | None) -> str:
    """A number with its bounds: "43", "at least 43", "36 to 40", "40 (36 to 44)"."""
    if value is not None and (low, high) in {(value, value), (None, None)}:
        return f"{value:,}"
    if value is not None and low is not None and high is not None and low < high:
        return f"{value:,} ({low:,} to {high:,})"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}" if low != high else f"{low:,}"
    if low is not None:
        return f"at least {low:,}" if value in {None, low} else f"{value:,} (at least {low:,})"
    if high is not None:
        return f"at most {high:,}"
    return "some"


def figure_words(claim: Claim) -> str:
    """A claim's number as its words bound it: "about 7,000 of 14,000"."""
    match claim.modifier:
        case "vague":
            bound = f" (at least {claim.low:,})" if claim.low else ""
            return one_line(claim.vague or "some", 30) + bound
        case "approx" if claim.value is not None:
            figure = f"about {claim.value:,}"
        case "at_least" if claim.value is not None:
            figure = f"at least {claim.value:,}"
        case "at_most" if claim.value is not None:
            figure = f"at most {claim.value:,}"
        case "exact" if claim.value is not None:
            figure = f"{claim.value:,}"
        case _:
            figure = bounds_words(claim.value, claim.low, claim.high)
    return f"{figure} of {claim.base:,}" if claim.base is not None else figure


def claim_words(claim: Claim) -> str:
    """A claim in words: "at least 43 killed", "11 of them killed", "12 killed, denied"."""
    words = f"{figure_words(claim)} {claim.kind}"
    if claim.subset and claim.who:
        words += f", {one_line(claim.who, 40)} among them"
    elif claim.subset:
        words += " among them"
    return words if claim.status == "asserted" else f"{words}, {claim.status}"


def toll_words(kind: str, toll: Toll) -> str:
    """A toll with its bounds: "at least 43 killed", "about 7,000 of 14,000 troops"."""
    for entry in reversed(toll.claims):
        claim = entry.claim
        if not entry.retracted and claim.value is not None and claim.value == toll.best:
            stands_alone = (toll.low, toll.high) in {
                (claim.low, claim.high),
                (claim.value, claim.value),
            }
            if stands_alone:
                return f"{figure_words(claim)} {kind}"
    return f"{bounds_words(toll.best, toll.low, toll.high)} {kind}"


def tolls_words(incident: Incident) -> str:
    """All tolls of an incident, deaths first; empty when it has none."""
    order = {"killed": 0, "injured": 1, "missing": 2, "abducted": 3}
    kinds = sorted(incident.tolls, key=lambda kind: (order.get(kind, 9), kind))
    return ", ".join(toll_words(kind, incident.tolls[kind]) for kind in kinds)


def place_words(place: Place | None) -> str:
    """Where: "Kabul (AF)"."""
    if place is None:
        return UNKNOWN_PLACE
    name = one_line(place.name or place.text, MAX_WORDS)
    if not place.country or place.precision == "country":
        return name
    return f"{name} ({one_line(place.country, 2)})"


def date_words(span: DateSpan | None) -> str:
    """When: "24 Dec 2018", "17 to 23 Dec 2018", "Dec 2018", "2018"."""
    if span is None:
        return UNKNOWN_DATE
    try:
        first, last = date.fromisoformat(span.start), date.fromisoformat(span.end)
    except ValueError:
        return one_line(span.text or UNKNOWN_DATE, 40)
    if span.precision == "year" and first.year == last.year:
        return str(first.year)
    if span.precision == "month" and (first.year, first.month) == (last.year, last.month):
        return f"{first:%b %Y}"
    if first == last:
        return f"{first.day} {first:%b %Y}"
    return f"{first.day} {first:%b} to {last.day} {last:%b %Y}"


def parties_words(actors: Iterable[Actor], most: int | None = None) -> str:
    """Names of the first ``most`` parties, each once, joined by commas; empty for none."""
    names = dict.fromkeys(one_line(actor.name or actor.text, MAX_WORDS) for actor in actors)
    return ", ".join(list(names)[:most])


def source_words(attribution: Attribution | None) -> str:
    """Who says so; empty when nobody is named."""
    return one_line(attribution.source, MAX_WORDS) if attribution else ""


def confirmation_words(confirmed: bool | None) -> str:
    """Either "confirmed" or "not confirmed"; nothing where the reports do not say."""
    if confirmed is None:
        return ""
    return "confirmed" if confirmed else "not confirmed"


def event_words(event: Event) -> str:
    """What, where, when and how certain, on one line."""
    parts = [
        type_words(event.type),
        place_words(event.place),
        date_words(event.date),
        event.status,
        "news" if event.when == "current" else "history",
        confirmation_words(event.confirmed),
    ]
    return " · ".join(part for part in parts if part)


def outlets_words(incident: Incident) -> str:
    """How many independent outlets report it, and how many only copy: "3 outlets, 1 copy".

    A second report of an outlet that also reports by itself is no copy.
    """
    alone = {report.publisher for report in incident.reports if report.independent}
    copies = len({report.publisher for report in incident.reports} - alone)
    outlets = f"{incident.publishers} outlet{'' if incident.publishers == 1 else 's'}"
    return outlets + (f", {copies} cop{'y' if copies == 1 else 'ies'}" if copies else "")
