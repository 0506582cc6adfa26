"""What the network says of places, and how an event's mentions vote, from vectors made by hand."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Heads, register
from wirewatch.extraction.events.mentions import Mention
from wirewatch.extraction.events.places import place_of
from wirewatch.extraction.places.find import find_places
from wirewatch.extraction.places.locate import locate
from wirewatch.extraction.places.pointed import pointed

register()
NLP = spacy.blank("en")
TEXT = "Envoys of Chad met in Kenya to speak of Sudan."
MET, CHAD, KENYA, SPEAK, SUDAN = 3, 2, 5, 7, 9
ONE, OTHER = np.array([8.0, 0.0]), np.array([0.0, 8.0])


def _doc(asked: dict[int, np.ndarray], given: dict[int, np.ndarray], text: str = TEXT) -> Doc:
    """Words and names without a vector stand in sentences that were not read."""
    doc = NLP(text)
    doc._.places = find_places(doc)
    unread = np.full((len(doc), 2), np.nan, np.float32)
    asks, gives = np.full((len(doc), 3), np.nan, np.float32), unread.copy()
    for token, vector in asked.items():
        asks[token] = vector
    for token, vector in given.items():
        gives[token] = vector
    doc._.heads = Heads(*[unread] * 7, asked=asks, given=gives)
    return doc


def test_odds_are_the_dot_product_less_those_of_none() -> None:
    doc = _doc({MET: np.array([8.0, 0.0, 1.0])}, {CHAD: OTHER, KENYA: ONE, SUDAN: ONE / 2})
    assert pointed(doc, MET, doc._.places) == [-1.0, 7.0, 3.0]


def test_odds_are_bounded_and_unread_names_have_none() -> None:
    doc = _doc({MET: np.array([80.0, 0.0, 0.0])}, {KENYA: ONE})
    assert pointed(doc, MET, doc._.places) == [0.0, 12.0, 0.0]


def test_a_word_that_was_not_read_asks_nothing() -> None:
    doc = _doc({MET: np.array([8.0, 0.0, 0.0])}, {KENYA: ONE})
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
    names = dict.fromkeys((CHAD, KENYA, SUDAN), OTHER)
    doc = _doc({MET: np.array([8.0, 0.0, none])}, names | given)
    found = locate(doc, MET, MET + 1, "talks", MET)
    assert (found and found.place.country) == country


def _talks(token: int) -> Mention:
    return Mention(token, "talks", 1.0, "happened", token, token + 1, 1.0)


def test_the_mentions_of_an_event_vote() -> None:
    """One that points to a place a little is outvoted by one that is sure of none."""
    asked = {MET: np.array([8.0, 0.0, 2.0]), SPEAK: np.array([0.0, 0.0, 12.0])}
    doc = _doc(asked, {CHAD: OTHER, KENYA: ONE, SUDAN: OTHER})
    met, spoke = _talks(MET), _talks(SPEAK)
    place = place_of(doc, [met], met)
    assert place is not None
    assert place.country == "KE"
    assert place_of(doc, [met, spoke], met) is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Talks between Chad and Sudan in Kenya go on.", "KE"),
        ("Talks between Chad and Sudan on calm in Kenya go on.", None),
        ("Talks with Chad and Sudan in Kenya go on.", None),
    ],
)
def test_where_two_meet_goes_before_the_network(text: str, country: str | None) -> None:
    names = {
        i: OTHER for i, token in enumerate(NLP(text)) if token.text in {"Chad", "Sudan", "Kenya"}
    }
    doc = _doc({0: np.array([8.0, 0.0, 12.0])}, names, text)
    place = place_of(doc, [_talks(0)], _talks(0))
    assert (place and place.country) == country
