"""What two places say about whether two events are one."""

from __future__ import annotations

import pytest

from wirewatch.incidents.node import Node, node
from wirewatch.incidents.score import VETO, Scorer, shipped
from wirewatch.model import Place, PlacePrecision

from .build import at, event


def place(name: str, lat: float, lon: float, precision: PlacePrecision = "city") -> Place:
    return Place(
        text=name, name=name, country="US", lat=lat, lon=lon, precision=precision,
        geonameid=int(100 * lat - lon),
    )  # fmt: skip


def one(name: str, where: Place, **more: str) -> Node:
    return node(event(name, place=where, **more), "case", at(0))


QUELL = place("Quell", 40.0, -90.0)


@pytest.mark.parametrize(
    ("other", "feature"),
    [
        (place("Quell", 30.0, -85.0), "place_namesake"),
        (place("Quell Heights", 41.0, -90.0), "place_namesake"),
        (place("Tarn", 30.0, -85.0), "place_apart"),
        (place("Tarn", 40.1, -90.0), "place_near"),
        (place("Ostia", 40.5, -90.5, "region"), "place_within"),
        (place("Ostia", 43.0, -90.0, "region"), "place_wide"),
        (place("Ostia", 52.0, -90.0, "region"), "place_outside"),
    ],
)
def test_where_two_places_lie_to_one_another(other: Place, feature: str) -> None:
    found = Scorer(shipped()).features(one("a", QUELL), one("b", other))
    assert [name for name in found if name.startswith("place_")] == [feature]


def test_a_place_that_the_other_headline_names_lies_less_apart() -> None:
    scorer = Scorer(shipped())
    named = one("b", place("Tarn", 30.0, -85.0), title="Man shot in Tarn, an hour from Quell")
    assert scorer.features(one("a", QUELL), named)["place_told"] == 1.0


def test_two_places_of_one_article_are_two_events_though_its_headline_names_both() -> None:
    title = "Bombs in Tarn and Quell"
    first = one("a", QUELL, title=title, article="x")
    second = one("b", place("Tarn", 30.0, -85.0), title=title, article="x")
    assert Scorer(shipped()).probability(first, second) == VETO
