"""What the network says of places, from vectors made by hand."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Heads, register
from wirewatch.extraction.places.find import find_places
from wirewatch.extraction.places.locate import locate
from wirewatch.extraction.places.pointed import pointed

register()
NLP = spacy.blank("en")
TEXT = "Envoys of Chad met in Kenya to speak of Sudan."
MET, CHAD, KENYA, SUDAN = 3, 2, 5, 9
ONE, OTHER = np.array([8.0, 0.0]), np.array([0.0, 8.0])


def _doc(asked: np.ndarray, given: dict[int, np.ndarray]) -> Doc:
    """Only ``MET`` asks; names without a vector stand in sentences that were not read."""
    doc = NLP(TEXT)
    doc._.places = find_places(doc)
    unread = np.full((len(doc), 2), np.nan, np.float32)
    asks, gives = np.full((len(doc), 3), np.nan, np.float32), unread.copy()
    asks[MET] = asked
    for token, vector in given.items():
        gives[token] = vector
    doc._.heads = Heads(*[unread] * 7, asked=asks, given=gives)
    return doc


def test_odds_are_the_dot_product_less_those_of_none() -> None:
    doc = _doc(np.array([8.0, 0.0, 1.0]), {CHAD: OTHER, KENYA: ONE, SUDAN: ONE / 2})
    assert pointed(doc, MET, doc._.places) == [-1.0, 7.0, 3.0]


def test_odds_are_bounded_and_unread_names_have_none() -> None:
    doc = _doc(np.array([80.0, 0.0, 0.0]), {KENYA: ONE})
    assert pointed(doc, MET, doc._.places) == [0.0, 12.0, 0.0]


def test_a_word_that_was_not_read_asks_nothing() -> None:
    doc = _doc(np.array([8.0, 0.0, 0.0]), {KENYA: ONE})
    assert pointed(doc, MET + 1, doc._.places) is None
    doc._.heads = None
    assert pointed(doc, MET, doc._.places) is None


@pytest.mark.parametrize(
    ("given", "none", "country"),
    [({KENYA: ONE}, -4.0, "KE"), ({SUDAN: ONE}, -4.0, "SD"), ({}, 12.0, None)],
)
def test_the_place_pointed_to_is_the_events(
    given: dict[int, np.ndarray], none: float, country: str | None
) -> None:
    doc = _doc(np.array([8.0, 0.0, none]), dict.fromkeys((CHAD, KENYA, SUDAN), OTHER) | given)
    found = locate(doc, MET, MET + 1, "talks", MET)
    assert (found and found.place.country) == country
