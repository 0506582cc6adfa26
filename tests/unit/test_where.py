"""Which names in a text the network is taught to take for an event's place."""

from __future__ import annotations

from typing import Any

import pytest
import spacy

from training.where import Where, where
from wirewatch.extraction.annotations import register
from wirewatch.extraction.places.find import find_places

register()
TEXT = (
    "Kenyan envoys flew to Mombasa, where the presidents of Chad and Sudan spoke of Darfur. "
    "Nairobi offered to host the next round."
)
KENYAN, MOMBASA, CHAD, SUDAN, DARFUR, NAIROBI = range(6)


@pytest.mark.parametrize(
    ("event", "meant"),
    [
        (
            {"country": "KE", "place": "Mombasa"},
            Where(frozenset({KENYAN, MOMBASA, NAIROBI}), frozenset({MOMBASA})),
        ),
        ({"country": "KE", "place": None}, Where(frozenset({KENYAN, MOMBASA, NAIROBI}))),
        (
            {"country": "SD", "place": "the Darfur region"},
            Where(frozenset({SUDAN, DARFUR}), frozenset({DARFUR})),
        ),
        ({"country": None, "place": "Darfur"}, Where(nowhere=True)),
        ({"country": "FR", "place": "Paris"}, Where()),
    ],
    ids=["named", "country alone", "part of a longer name", "no country", "never named"],
)
def test_which_names_are_meant(event: dict[str, Any], meant: Where) -> None:
    found = find_places(spacy.blank("en")(TEXT))
    assert [each.place.text for each in found] == [
        "Kenyan", "Mombasa", "Chad", "Sudan", "Darfur", "Nairobi",
    ]  # fmt: skip
    assert where(event, found) == meant
