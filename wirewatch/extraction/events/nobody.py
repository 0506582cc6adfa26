"""Arrests, abductions and flights of nobody: "no one is in custody" tells of no arrest."""

from __future__ import annotations

from wirewatch.extraction.events.mentions import Mention

_OF_PEOPLE = frozenset({"arrest", "abduction", "displacement"})
"""Types of which nothing is left where nobody underwent it; an attack without dead is still one."""


def of_somebody(found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions, less figures that count none and the triggers that have no others."""
    people = [m for m in found if m.claim and m.type in _OF_PEOPLE]
    some = {m.host for m in people if not _counts_none(m)}
    none = {m.host for m in people if _counts_none(m)} - some
    return tuple(
        m
        for m in found
        if m.type not in _OF_PEOPLE or not (_counts_none(m) or (not m.claim and m.token in none))
    )


def _counts_none(mention: Mention) -> bool:
    return mention.claim is not None and mention.claim.figure.value == 0
