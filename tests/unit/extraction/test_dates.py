"""Date expressions, from cases that anyone can read and extend."""

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

from wirewatch.extraction.annotations import DateMention
from wirewatch.extraction.dates.component import find_dates
from wirewatch.extraction.dates.words import words_of

NLP = spacy.blank("en")
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "dates.yaml").read_text(encoding="utf-8")
)


def _published(case: dict[str, Any]) -> datetime | None:
    value = case.get("published", "2018-12-26")
    return None if value == "none" else datetime.fromisoformat(f"{value}T12:00:00")


def _flags(mention: DateMention) -> list[str]:
    ahead = mention.days_ago is not None and mention.days_ago < 0
    names = {"news": mention.recent is True, "history": mention.recent is False, "ahead": ahead}
    return [name for name, holds in (*names.items(), ("stretch", mention.duration)) if holds]


def _describe(mention: DateMention) -> str:
    span = mention.span
    days = (
        "-"
        if span is None
        else span.start
        if span.start == span.end
        else f"{span.start}..{span.end}"
    )
    return " ".join([days, *_flags(mention)])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_case(case: dict[str, Any]) -> None:
    doc = NLP(case["text"])
    found = find_dates(doc, _published(case))
    expected = {key: str(value) for key, value in (case.get("dates") or {}).items()}
    assert {doc[m.start : m.end].text: _describe(m) for m in found} == expected


def test_component_writes_doc() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("wirewatch_dates")
    doc = nlp.make_doc("Three guards died on Monday.")
    doc._.published = datetime.fromisoformat("2018-12-26T00:30:00+00:00")
    doc = nlp(doc)
    assert [mention.days_ago for mention in doc._.dates] == [2]


@given(st.text(max_size=200), st.none() | st.datetimes())
@settings(deadline=None, max_examples=150)
def test_any_text_gives_spans_in_order(text: str, published: datetime | None) -> None:
    doc = NLP.make_doc(text)
    end = 0
    for mention in find_dates(doc, published):
        assert end <= mention.start < mention.end <= len(doc) or mention.start == end - 1
        end = mention.end


DATE_WORDS = (
    "on last two days week year Monday May March 12 31 2004 1990s since ago , - the next in "
    "every Christmas Eve New Year 's anniversary 9999 0 12/31/99 2018-02-30 early decades for"
)
WORDS = st.sampled_from(words_of(DATE_WORDS))


@given(st.lists(WORDS, max_size=25), st.none() | st.datetimes())
@settings(deadline=None, max_examples=300)
def test_any_run_of_date_words_is_survived(words: list[str], published: datetime | None) -> None:
    for mention in find_dates(NLP.make_doc(" ".join(words)), published):
        assert mention.span is None or mention.span.start <= mention.span.end


@pytest.mark.parametrize(
    "piece", ["on Monday ", "1990-", "the last two ", "in May 2014, ", "a few "]
)
def test_time_grows_with_length_only(piece: str) -> None:
    doc = NLP.make_doc(piece * 4000)
    begin = time.process_time()
    find_dates(doc, None)
    assert time.process_time() - begin < 3
