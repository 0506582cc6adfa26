from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.fingerprint import signature, terms

REPORT = (
    "Gunmen fired on the Moren bakery in Herat on Tuesday, police said. The baker, Saba Quill, was "
    "hurt. Quill told Radio Sarn that 1600 people live in Moren Street, and Moren is poor."
)


def test_terms_are_names_inside_sentences_most_used_first() -> None:
    found = terms("Bakery in Moren fired on", REPORT)
    assert found[0] == "moren"
    assert {"herat", "saba", "quill", "sarn", "1600"} <= set(found)


def test_terms_leave_out_sentence_starts_days_and_plain_words() -> None:
    assert not {"gunmen", "the", "tuesday", "police"} & set(terms("", REPORT))


def test_terms_leave_out_years_and_small_numbers() -> None:
    assert terms("", "it happened in 2031 to 12 people at Lorva") == ("lorva",)


def test_signature_is_64_values_of_8_digits() -> None:
    assert len(signature(REPORT)) == 512
    assert int(signature(REPORT), 16) >= 0


def test_signature_of_too_few_words_is_empty() -> None:
    assert signature("three words only") == ""


@settings(deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_gives_bounded_terms_and_signature(title: str, text: str) -> None:
    found = terms(title, text)
    assert len(found) <= 24
    assert all(0 < len(term) <= 40 for term in found)
    assert len(signature(text)) in {0, 512}


def test_in_a_text_of_capitals_no_word_is_a_name() -> None:
    text = "THE ARMY SAID THAT FOUR MEN WITH GUNS CAME FROM LORVA AT 0700 AND LEFT. " * 3
    assert terms("", text) == ("0700",)


def test_ages_are_telling_however_they_are_written() -> None:
    assert terms("", "the boy, a 7-year-old, and the baker, 41, who was there") == (
        "aged 7", "aged 41",
    )  # fmt: skip


def test_what_speaks_of_the_publisher_tells_nothing() -> None:
    lines = (
        "Copyright 2031 by Radio Tulan. All rights reserved.\n(© 2031 Tulan)\n"
        "Rhea Vost contributed to this report.\nFollow us on Pelin."
    )
    assert terms("", f"it happened in Lorva\n{lines}") == ("lorva",)
    assert "tulan" in terms("", "they hold the copyright, said Omar Tulan")


def test_a_telephone_number_tells_nothing() -> None:
    text = "call the Lorva police at 555-700-3600, (555) 700-TIPS or 700-1111; it was at 3600"
    assert terms("", text) == ("3600", "lorva")


@pytest.mark.parametrize(
    "text", ["\n" * 50_000 + "x", "sign up for " * 8_000, ("download the " * 29 + "\n") * 3_000]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    began = time.process_time()
    terms("Title", text)
    assert time.process_time() - began < 2
