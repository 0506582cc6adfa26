"""Places and where events took place, from cases that anyone can read and extend."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from wirewatch.extraction.annotations import PlaceMention, register
from wirewatch.extraction.places.find import find_places
from wirewatch.extraction.places.gazetteer import Gazetteer, load
from wirewatch.extraction.places.locate import locate

register()
NLP = spacy.blank("en")
FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def _describe(mention: PlaceMention) -> str:
    kind = "people" if mention.demonym else mention.place.precision
    return f"{mention.place.country} {kind}"


@pytest.mark.parametrize("case", cases("places.yaml"), ids=lambda case: case["text"][:60])
def test_places(case: dict[str, Any]) -> None:
    doc = NLP.make_doc(case["text"])
    doc.ents = list(_entities(doc, case.get("entities") or {}))
    found = {mention.place.text: _describe(mention) for mention in find_places(doc)}
    assert found == (case.get("places") or {})


def _entities(doc: Doc, labels: dict[str, str]) -> Iterator[Span]:
    """What a recogniser may have called the names."""
    for name, label in labels.items():
        begin = doc.text.index(name)
        yield doc.char_span(begin, begin + len(name), label=label)


def _bracketed(text: str) -> tuple[Doc, int, int]:
    begin, end = text.index("["), text.index("]") - 1
    doc = NLP.make_doc(text.replace("[", "").replace("]", ""))
    doc._.places = find_places(doc)
    span = doc.char_span(begin, end, alignment_mode="expand")
    return doc, span.start, span.end


@pytest.mark.parametrize("case", cases("locate.yaml"), ids=lambda case: case["text"][:60])
def test_where_an_event_took_place(case: dict[str, Any]) -> None:
    doc, start, end = _bracketed(case["text"])
    found = locate(doc, start, end, case.get("type"))
    assert (found and f"{found.place.text} {found.place.country}") == case.get("place")


def test_entity_of_a_person_is_no_place() -> None:
    doc = NLP.make_doc("In Paris Jackson sang.")
    doc.ents = [Span(doc, 1, 3, label="PERSON")]
    assert find_places(doc) == ()


def test_resolved_place_has_coordinates_and_an_id() -> None:
    (mention,) = find_places(NLP.make_doc("A bomb went off in Kabul."))
    place = mention.place
    assert (place.name, place.geonameid) == ("Kabul", 1138958)
    assert (place.lat, place.lon) == (
        pytest.approx(34.53, abs=0.01),
        pytest.approx(69.17, abs=0.01),
    )


def test_gazetteer_loads_fast() -> None:
    begin = time.process_time()
    Gazetteer()
    assert time.process_time() - begin < 1.0


def test_capitals_are_known() -> None:
    found = {code: load().capital(code) for code in ("AF", "FR", "KE", "US")}
    assert [entry.name for entry in found.values() if entry] == [
        "Kabul",
        "Paris",
        "Nairobi",
        "Washington",
    ]


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=60)
def test_any_text_is_survived(text: str) -> None:
    doc = NLP.make_doc(text)
    doc._.places = find_places(doc)
    end = 0
    for mention in doc._.places:
        assert end <= mention.start < mention.end <= len(doc)
        end = mention.end
    locate(doc, 0, len(doc))


def test_a_long_text_is_weighed_around_the_event_and_at_its_start() -> None:
    far = "Farmers in Peru sold maize to Chile. Japan and Ghana bought cocoa. " * 150
    near = "A bomb exploded in Kabul on Monday. Police in Kabul closed roads. "
    doc = NLP.make_doc(far + near + far)
    doc._.places = find_places(doc)
    at = next(token.i for token in doc if token.text == "bomb")
    started = time.process_time()
    found = [locate(doc, at, at + 2, "attack") for _ in range(100)]
    assert {mention.place.name for mention in found if mention} == {"Kabul"}
    assert time.process_time() - started < 1


@pytest.mark.parametrize("piece", ["New York City of the ", "Paris, Texas, ", "San-San-", "US "])
def test_time_grows_with_length_only(piece: str) -> None:
    doc = NLP.make_doc(piece * 1500)
    begin = time.process_time()
    doc._.places = find_places(doc)
    locate(doc, 10, 12)
    assert time.process_time() - begin < 5
