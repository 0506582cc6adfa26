"""``load`` and ``read``: evidence, ids, edits, bad input, sameness."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.extraction.reading import article, events, reader, revised
from wirewatch.extraction import notes, read
from wirewatch.extraction.clean import MAX_CHARS, masked

BOMB = "A bomb killed 12 people at a market in Baghdad on Tuesday, police said."
CRASH = "A bus plunged into a river in Nepal on Monday, killing 21 passengers."


def test_evidence_is_the_articles_own_text_at_its_offsets() -> None:
    one = article(f"<p>{BOMB}</p>\n\n{CRASH}", title="Bomb kills 12 in Baghdad")
    found = read(one, reader())
    quotes = [e.evidence for e in found] + [c.evidence for e in found for c in e.claims]
    assert len(quotes) >= 3
    for quote in quotes:
        assert one.full_text[quote.start : quote.end] == quote.quote


def test_ids_stay_when_the_toll_changes() -> None:
    before, after = events(BOMB), events(BOMB.replace("12", "43"))
    assert [e.id for e in before] == [e.id for e in after]
    assert before[0].claims[0].id != after[0].claims[0].id


def test_ids_differ_between_articles() -> None:
    assert events(BOMB)[0].id != events(BOMB, id="a2")[0].id


def test_what_an_edit_removed_is_retracted_under_its_id() -> None:
    gone = events(BOMB)[0]
    found = read(revised(CRASH, f"{BOMB} {CRASH}"), reader())
    assert [(e.type, e.retracted) for e in found] == [("accident", False), ("attack", True)]
    assert found[1].id == gone.id


def test_an_edit_that_keeps_the_event_retracts_nothing() -> None:
    found = read(revised(BOMB.replace("12", "43"), BOMB), reader())
    assert [(e.retracted, e.claims[0].value) for e in found] == [(False, 43)]


def test_the_reference_carries_what_linking_needs() -> None:
    found = events(f"BAGHDAD (AFP) - {BOMB}", url="https://example.org/1")[0].article
    assert found.agency == "AFP"
    assert (found.url, found.revision, len(found.signature)) == ("https://example.org/1", 1, 512)


SPANISH = (
    "En el ataque murieron 12 personas y otras 30 resultaron heridas, dijo la policía el lunes en "
    "la ciudad de Bogotá, donde varios hombres armados abrieron fuego contra la multitud."
)
GERMAN = (
    "Bei einem Anschlag in der Stadt wurden am Montag 12 Menschen getötet und 30 verletzt, wie die "
    "Polizei mitteilte. Niemand bekannte sich zunächst zu der Tat in der Hauptstadt."
)
NO_REPORTS = {
    "empty": "",
    "blank": " \n\t ",
    "numbers": "12 34 56 " * 5_000,
    "digits": "9" * 60_000,
    "letters": "a" * 200_000,
    "one word": "killed " * 9_000,
    "markup": "<div><span>12</span></div>" * 4_000,
    "links": "Bomb kills 12\n" * 3_000,
    "brackets": "(((" * 20_000,
    "spanish": SPANISH,
    "german": GERMAN,
}


@pytest.mark.parametrize("text", NO_REPORTS.values(), ids=NO_REPORTS)
def test_what_is_no_report_raises_no_alarm(text: str) -> None:
    started = time.perf_counter()
    found = events(text)
    assert not [e for e in found if e.when == "current" and e.claims]
    assert time.perf_counter() - started < 20


def test_five_megabytes_in_one_line_are_cut_and_marked() -> None:
    one = article(f"{BOMB} " * 70_000)
    started = time.perf_counter()
    found = read(one, reader())
    assert time.perf_counter() - started < 30
    assert all(e.evidence.end <= MAX_CHARS for e in found)
    assert notes(one) == ("cut at 100,000 characters",)


def test_leftovers_of_a_page_are_not_read() -> None:
    found = events(
        f"{CRASH}\nRead more: Bomb kills 40 in Kabul\nRelated: Storm kills 300 in Haiti\n"
    )
    assert {e.type for e in found} == {"accident"}


def test_the_same_article_gives_the_same_bytes() -> None:
    one = article(f"{BOMB} {CRASH}")
    assert msgspec.json.encode(read(one, reader())) == msgspec.json.encode(read(one, reader()))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_gives_events_or_none(text: str, title: str) -> None:
    one = article(text, title)
    for event in read(one, reader()):
        assert one.full_text[event.evidence.start : event.evidence.end] == event.evidence.quote


WORDS = [
    "killed",
    "bomb",
    "12",
    "at",
    "least",
    "in",
    "Kabul",
    "on",
    "Monday",
    "withdraw",
    "troops",
    "talks",
    ".",
    ",",
    "said",
    "(",
    ")",
    '"',
    "'s",
    "not",
]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_order_of_news_words_gives_events_or_none(words: list[Any]) -> None:
    one = article(" ".join(words))
    for event in read(one, reader()):
        assert one.full_text[event.evidence.start : event.evidence.end] == event.evidence.quote


@given(st.text(max_size=300))
def test_masking_moves_no_character(text: str) -> None:
    assert len(masked(text)) == len(text)
