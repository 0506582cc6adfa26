"""Actors, from cases that anyone can read and extend."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from wirewatch.extraction.actors.component import actors
from wirewatch.extraction.actors.describe import describe
from wirewatch.extraction.places.component import places

NLP = spacy.blank("en")
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "actors.yaml").read_text(encoding="utf-8")
)


def read(text: str, published: datetime | None = None) -> Doc:
    doc = NLP.make_doc(text)
    doc._.published = published
    return actors(places(doc))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_actors(case: dict[str, Any]) -> None:
    found = [mention.actor for mention in read(case["text"])._.actors]
    described = {actor.text: f"{actor.country or '-'} {actor.role or '-'}" for actor in found}
    assert described == (case.get("actors") or {})


def test_office_holders_change_with_time() -> None:
    before = read("Kofi Annan spoke.", datetime(1999, 5, 1))._.actors  # noqa: DTZ001 (a day)
    assert [(mention.actor.name, mention.actor.role) for mention in before] == [
        ("Kofi Annan", "IGO")
    ]


@pytest.mark.parametrize(
    ("phrase", "country", "role"),
    [
        ("at least seven Afghan soldiers", "AF", "MIL"),
        ("a delegation from Iran", "IR", "GOV"),
        ("a spokesman for the Taliban", None, "GOV"),
        ("France", "FR", "GOV"),
        ("blue chairs", None, None),
    ],
)
def test_describe_reads_any_phrase(phrase: str, country: str | None, role: str | None) -> None:
    doc = read(phrase)
    actor = describe(doc, 0, len(doc))
    assert (actor.text, actor.country, actor.role) == (phrase, country, role)


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=40)
def test_any_text_is_survived(text: str) -> None:
    doc = read(text)
    end = 0
    for mention in doc._.actors:
        assert end <= mention.start < mention.end <= len(doc)
        end = mention.end


@pytest.mark.parametrize("piece", ["soldiers ", "Afghan national ", "President of the ", "Al al-"])
def test_time_grows_with_length_only(piece: str) -> None:
    begin = time.process_time()
    read(piece * 1500)
    assert time.process_time() - begin < 6
