"""The number finder against ``cases/numbers.yaml``, hostile input, and the clock."""

import time
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.extraction.annotations import Figure
from wirewatch.extraction.numbers import find_figures, head_token
from wirewatch.extraction.tokenizer import adapt
from wirewatch.extraction.wordlists import read_sections

NLP = adapt(spacy.blank("en"))
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases/numbers.yaml").read_text(encoding="utf8")
)
ALL = [case for cases in CASES.values() for case in cases]


def written(figure: Figure) -> object:
    if figure.modifier == "range":
        return f"{figure.low}-{figure.high}"
    if figure.modifier == "vague":
        return f"vague {figure.low}"
    return figure.value if figure.modifier == "exact" else f"{figure.modifier} {figure.value}"


@pytest.mark.parametrize("case", [c for c in ALL if "means" in c], ids=lambda c: c["say"])
def test_value_and_bounds(case: dict[str, Any]) -> None:
    found = [f for f in find_figures(NLP.make_doc(case["say"])) if f.not_people is None]
    assert [written(f) for f in found] == case["means"]


@pytest.mark.parametrize("case", [c for c in ALL if "why" in c], ids=lambda c: c["say"])
def test_reason_not_to_count_people(case: dict[str, Any]) -> None:
    assert [f.not_people for f in find_figures(NLP.make_doc(case["say"]))] == case["why"]


@pytest.mark.parametrize("case", [c for c in ALL if "means" in c], ids=lambda c: c["say"])
def test_letter_case_does_not_matter(case: dict[str, Any]) -> None:
    plain, upper = (find_figures(NLP.make_doc(t)) for t in (case["say"], case["say"].upper()))
    assert [(f.value, f.low, f.high) for f in plain] == [(f.value, f.low, f.high) for f in upper]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("at least 12 people", "12"),
        ("between 36 and 40", "40"),
        ("12 or more", "12"),
        ("tens of thousands of people", "thousands"),
        ("a dozen men", "dozen"),
        ("half of the 14,000", "half"),
        ("the third person to die", "third"),
    ],
)
def test_head_token_is_the_last_of_the_number_proper(text: str, head: str) -> None:
    doc = NLP.make_doc(text)
    assert doc[head_token(find_figures(doc)[0])].text == head


def test_spans_cross_the_line_breaks_of_wires() -> None:
    doc = NLP.make_doc("AT LEAST\nSIX\nREBELS AND BETWEEN 5\nAND 9 OTHERS")
    assert [doc[f.start : f.end].text for f in find_figures(doc)] == [
        "AT LEAST\nSIX",
        "BETWEEN 5\nAND 9",
    ]


def test_a_paragraph_ends_a_number() -> None:
    values = [f.value for f in find_figures(NLP.make_doc("twenty\n\nthree men"))]
    assert values == [20, 3]


def test_heads_are_distinct_even_where_figures_nest() -> None:
    found = find_figures(NLP.make_doc("half of the 70 dead and all but one of the 16"))
    heads = [head_token(f) for f in found]
    assert len(set(heads)) == len(heads) == 4


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_figures_inside_it(text: str) -> None:
    doc = NLP.make_doc(text)
    for figure in find_figures(doc):
        assert 0 <= figure.start <= head_token(figure) < figure.end <= len(doc)


PIECES_TEXT = (
    "at least a half of all but one hundred and 12 - – % $ million between to or no of the "
    "3.5 m several dozen thousands May 2010 , . ( ) 1/3 ½ 12th score 1,000 00 "
    "9999999999999999 "
)
PIECES = st.sampled_from([*PIECES_TEXT.split(), "\n"])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_any_row_of_number_words_is_survived(pieces: list[str]) -> None:
    doc = NLP.make_doc(" ".join(pieces))
    for figure in find_figures(doc):
        assert figure.low is None or figure.high is None or figure.low <= figure.high


@pytest.mark.parametrize(
    "unit", ["12 ", "at least a half of all but one hundred and ", "1,", "two-"]
)
def test_time_grows_with_the_text_only(unit: str) -> None:
    def seconds(length: int) -> float:
        doc = NLP.make_doc(unit * (length // len(unit)))
        start = time.process_time()
        find_figures(doc)
        return time.process_time() - start

    short, long = seconds(10_000), seconds(100_000)
    assert long < 30 * max(short, 0.01)


def test_a_table_of_numbers_is_read_up_to_a_bound() -> None:
    found = find_figures(NLP.make_doc("12 apples, " * 4_000))
    assert len(found) == 3_000
    assert [figure.start for figure in found[-2:]] == [2998 * 3, 2999 * 3]


def test_word_lists_allow_remarks() -> None:
    assert read_sections("# head\n[a]\none two # rest\n[b]\nthree") == {
        "a": frozenset(("one", "two")),
        "b": frozenset(("three",)),
    }


def test_a_heading_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\[a\] stands twice"):
        read_sections("[a]\none\n[b]\ntwo\n[a]\nthree")


def test_a_month_that_lost_its_blank_is_cut_off() -> None:
    words = [token.text for token in NLP.make_doc("Since November16 and 16March 2016 maybe")]
    assert words == ["Since", "November", "16", "and", "16", "March", "2016", "maybe"]
