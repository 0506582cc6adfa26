"""Which figures may belong to which type of event, and the types' PLOVER codes."""

from __future__ import annotations

from wirewatch.model import ClaimKind, EventType

HOSTS: dict[ClaimKind, tuple[EventType, ...]] = {
    "killed": ("attack", "accident", "disaster", "outbreak", "protest", "abduction", "arrest",
               "displacement"),
    "injured": ("attack", "accident", "disaster", "outbreak", "protest", "arrest"),
    "missing": ("accident", "disaster", "attack", "abduction"),
    "abducted": ("abduction", "attack"),
    "arrested": ("arrest", "protest"),
    "displaced": ("displacement", "disaster", "attack", "accident"),
    "troops": ("troop_withdrawal", "troop_deployment"),
}  # fmt: skip
"""Kind → types that may hold it, the likeliest first."""

DEFAULT: dict[ClaimKind, EventType] = {
    "killed": "attack",
    "injured": "attack",
    "missing": "disaster",
    "abducted": "abduction",
    "arrested": "arrest",
    "displaced": "displacement",
    "troops": "troop_deployment",
}
"""The type of an event that only its figure tells."""

DEADLY: tuple[EventType, ...] = ("attack", "accident", "disaster", "outbreak")

PLOVER: dict[EventType, str] = {
    "attack": "ASSAULT",
    "abduction": "COERCE",
    "arrest": "COERCE",
    "protest": "PROTEST",
    "troop_withdrawal": "RETREAT",
    "troop_deployment": "MOBILIZE",
    "talks": "CONSULT",
    "ceasefire": "RETREAT",
    "agreement": "AGREE",
    "sanctions": "SANCTION",
}
"""PLOVER's codes; it has none for displacement, accident, disaster and outbreak."""

MEETINGS: frozenset[EventType] = frozenset({"talks", "agreement", "ceasefire"})
"""Types whose happening is told apart by who takes part."""
MOVES: frozenset[EventType] = frozenset({"troop_withdrawal", "troop_deployment"})
