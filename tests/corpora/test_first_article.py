"""The article that the project was created from, end to end (design/1-product.md)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from wirewatch.extraction import read
from wirewatch.model import Article, Event

FILE = Path(__file__).parents[2] / "../shared/data/seed/iran-taliban-talks.txt"
DAY = datetime(2018, 12, 26, tzinfo=UTC)
pytestmark = pytest.mark.corpora


@pytest.fixture(scope="module")
def found() -> tuple[Event, ...]:
    text = FILE.read_text(encoding="utf-8")
    return read(
        Article(
            id="seed", revision=1, feed="seed", publisher="seed", url=None, title="", text=text,
            fetched_at=DAY, published=DAY,
        )
    )  # fmt: skip


def current(found: tuple[Event, ...], type_: str) -> list[Event]:
    return [event for event in found if event.type == type_ and event.when == "current"]


def test_the_attack(found: tuple[Event, ...]) -> None:
    (attack,) = current(found, "attack")
    (claim,) = attack.claims
    assert (attack.status, attack.country, attack.place and attack.place.text) == (
        "happened", "AF", "Kabul",
    )  # fmt: skip
    assert attack.date is not None
    assert (attack.date.start, attack.date.end) == ("2018-12-24", "2018-12-24")
    assert (claim.kind, claim.value, claim.low, claim.modifier) == ("killed", 43, 43, "at_least")
    assert any("largest militant group" in actor.text for actor in attack.actors)


def test_the_withdrawal(found: tuple[Event, ...]) -> None:
    (decided,) = [e for e in current(found, "troop_withdrawal") if e.status != "proposed"]
    (claim,) = decided.claims
    assert (decided.status, decided.country, decided.confirmed) == ("announced", "AF", False)
    assert (claim.value, claim.base, claim.fraction, claim.modifier) == (7000, 14000, 0.5, "approx")
    assert decided.attribution is not None
    assert decided.attribution.source == "An American official"


def test_the_talks(found: tuple[Event, ...]) -> None:
    talks = current(found, "talks")
    sides = {e: {a.country or a.name or a.text for a in e.actors} for e in talks}
    assert any("ongoing" in e.status and "Iran" in e.evidence.quote for e in talks)
    assert any(e.country == "AE" and "US" in sides[e] for e in talks)
    assert any("Shamkhani" in e.evidence.quote or "Mohib" in e.evidence.quote for e in talks)


def test_nothing_else_that_would_alert(found: tuple[Event, ...]) -> None:
    assert len(current(found, "attack")) == 1
    withdrawals = current(found, "troop_withdrawal")
    assert len([e for e in withdrawals if e.status != "proposed"]) == 1
    assert sum(len(e.claims) for e in found if e.when == "current") == 2
