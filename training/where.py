"""Where labelled events took place: which of a text's names of places is meant, if any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.lexicons.phrases import letters


@dataclass(frozen=True, slots=True)
class Where:
    """What is known of one event's place; places count in those of its text."""

    places: frozenset[int] = frozenset()
    """Those in the event's country; empty where the labels name no country."""
    named: frozenset[int] = frozenset()
    """Those of them that the labels' own name of the place holds."""
    nowhere: bool = False
    """The labels name no country: no place is meant, or several are."""


def where(event: dict[str, Any], found: Sequence[PlaceMention]) -> Where:
    """Which of a text's places are an event's; nothing where its country is never named."""
    country = event.get("country")
    if country is None:
        return Where(nowhere=True)
    there = [i for i, each in enumerate(found) if each.place.country == country]
    name = letters(event.get("place") or "")
    named = [i for i in there if _same(letters(found[i].place.text), name)]
    return Where(frozenset(there), frozenset(named))


def _same(one: str, other: str) -> bool:
    return bool(one) and bool(other) and (one in other or other in one)
