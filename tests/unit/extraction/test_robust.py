"""The reader as it ships on what is no report, on any machine, and with another pipeline."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import msgspec
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.extraction.reading import article
from tests.unit.extraction.test_reading import GERMAN, NO_REPORTS
from wirewatch.evaluation.predict import read_all, shipped_reader
from wirewatch.extraction import load, notes, read
from wirewatch.extraction.clean import MAX_CHARS
from wirewatch.extraction.learned.weights import WeightsError
from wirewatch.extraction.pipeline import shipped
from wirewatch.model import Article
from wirewatch.streams.reader import shipped_reader as workers_reader

BOMB = "A bomb killed 12 people at a market in Baghdad on Tuesday, police said."
SIEGE = (
    "Rebels shelled the town of Duma for a third day, killing at least 31 people and wounding some "
    "200, a doctor said. The army denied that it would withdraw its 4,000 soldiers from the north. "
    "In 2009, an attack there killed 70. Ministers of both sides hold talks in Geneva on Friday."
)
STORM = (
    "Thousands fled their homes as a storm hit northern Luzon on Sunday. Officials said that nine "
    "people drowned and 14 fishermen were missing. Schools stay closed until Wednesday."
)
MENU = "\n".join(["Home", "World", "Bomb kills 12 in Kabul", "Sport", "Storm hits coast"] * 12)
MARKUP = (
    f'<div class="body"><p>{BOMB}</p><script>var killed = 40;</script>'
    '<a href="/x?killed=900">Read on</a></div>'
)
MARKS = ["\n\n", "|", "(", "“", "”", "'", "-", "½", "١٢", "死", "é", "\x00"]


def some() -> list[Article]:
    texts = [BOMB, SIEGE, STORM, MARKUP] * 5
    return [article(text, id=f"a{number}") for number, text in enumerate(texts)]


def as_bytes(one: Article) -> bytes:
    return msgspec.json.encode(read(one))


def test_what_was_read_before_does_not_matter() -> None:
    first = [as_bytes(one) for one in some()[:4]]
    again = [as_bytes(one) for one in reversed(some()[:4])]
    assert first == again[::-1]
    assert read(some()[1])


def test_the_number_of_processes_does_not_matter() -> None:
    one, two = (
        [msgspec.json.encode(found.events) for found in read_all(some(), processes=count)]
        for count in (1, 2)
    )
    assert one == two


def test_the_number_of_threads_does_not_matter() -> None:
    shared = load()
    shared.remove_pipe("wirewatch_encode")
    shared.add_pipe("wirewatch_encode", after="wirewatch_numbers", config={"threads": 2})
    every = load()
    every.get_pipe("wirewatch_encode").choose = None
    for text in (SIEGE, STORM):
        one = article(text)
        assert msgspec.json.encode(read(one, shared)) == msgspec.json.encode(read(one, every))


@pytest.mark.parametrize("text", [*NO_REPORTS.values(), MENU], ids=[*NO_REPORTS, "menu"])
def test_what_is_no_report_raises_no_alarm(text: str) -> None:
    began = time.process_time()
    found = read(article(text))
    assert not [event for event in found if event.when == "current" and event.claims]
    assert time.process_time() - began < 6


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", "empty"),
        (GERMAN, "not English"),
        (MENU, "a list of links, not a report"),
        (f"{BOMB} " * 70_000, "cut at 100,000 characters"),
    ],
)
def test_what_is_not_read_is_marked(text: str, note: str) -> None:
    assert note in notes(article(text))


def test_markup_is_not_read_and_moves_no_quotation() -> None:
    one = article(MARKUP)
    (event,) = read(one)
    assert [claim.value for claim in event.claims] == [12]
    assert one.full_text[event.evidence.start : event.evidence.end] == event.evidence.quote


def test_five_megabytes_in_one_line_take_seconds() -> None:
    one = article(f"{BOMB} " * 70_000)
    began = time.process_time()
    found = read(one)
    assert time.process_time() - began < 6, "3 seconds on an idle machine"
    assert found
    assert all(event.evidence.end <= MAX_CHARS for event in found)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from([*BOMB.split(), *MARKS])))
def test_any_order_of_words_gives_events_or_none(words: list[str]) -> None:
    one = article(" ".join(words))
    for event in read(one):
        assert one.full_text[event.evidence.start : event.evidence.end] == event.evidence.quote


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_gives_events_or_none(text: str, title: str) -> None:
    one = article(f"{BOMB}\n{text}", title)
    for event in read(one):
        assert one.full_text[event.evidence.start : event.evidence.end] == event.evidence.quote


def test_claims_less_certain_than_the_setting_are_left_out() -> None:
    one = article(SIEGE)
    sure = {claim.confidence for event in read(one) for claim in event.claims}
    assert len(sure) > 1
    middle = sorted(sure)[1]
    for reader in (partial(read, nlp=load(min_confidence=middle)), workers_reader(middle)):
        kept = {claim.confidence for event in reader(one) for claim in event.claims}
        assert kept == {each for each in sure if each >= middle}


def test_a_pipeline_of_ones_own_takes_the_models_place(tmp_path: Path) -> None:
    own = spacy.blank("en")
    own.add_pipe("sentencizer")
    own.to_disk(tmp_path / "own")
    for reader in (
        partial(read, nlp=load(base=str(tmp_path / "own"))),
        workers_reader(base=str(tmp_path / "own")),
    ):
        (event,) = reader(article(BOMB))
        assert [(claim.kind, claim.value) for claim in event.claims] == [("killed", 12)]


def test_a_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(WeightsError, match="cannot load the spaCy pipeline en_nowhere"):
        load(base="en_nowhere")


def test_the_evaluations_reader_is_the_one_that_ships() -> None:
    assert msgspec.json.encode(shipped_reader()(some()[1])) == as_bytes(some()[1])
    assert shipped() is shipped()
