"""Which sentences the encoder is asked to read."""

from __future__ import annotations

import pytest
import spacy

from wirewatch.extraction.learned.sentences import split
from wirewatch.extraction.tokenizer import adapt
from wirewatch.extraction.triggers.choose import choose

NLP = adapt(spacy.blank("en"))
FILLER = " The bread is good here. The bread is good here. The bread is good here."


GREATER = FILLER * 6


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("The bus rolled over.", True),
        ("The two neighbours re-established diplomatic relations.", True),
        ("The barber rolled over in bed.", False),
    ],
)
def test_a_phrase_beyond_doubt_is_read_in_any_article(sentence: str, *, read: bool) -> None:
    doc = NLP.make_doc(GREATER.strip() + " " + sentence)
    doc._.figures = ()
    assert choose(doc, split(doc).pairs())[-1] == read


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("The general will keep his soldiers in the valley.", True),
        ("The shop will keep its doors open in winter.", False),
        ("Forty more troops landed near the harbour.", True),
        ("The plane landed near the harbour.", False),
        ("The ceasefire holds.", True),
    ],
)
def test_a_weak_word_is_read_only_beside_what_it_needs(sentence: str, *, read: bool) -> None:
    doc = NLP.make_doc(FILLER.strip() + FILLER + " " + sentence)
    doc._.figures = ()
    chosen = choose(doc, split(doc).pairs())
    assert (chosen[-1], any(chosen)) == (read, read)


def test_a_sentence_that_speaks_against_its_one_word_is_left_out_of_a_report() -> None:
    faint = "You can see I like it, so you will find that I attack it if you let me."
    hot = "Soldiers will attack the valley on Monday."
    doc = NLP.make_doc(
        f"{FILLER.strip()}{FILLER}{FILLER} A bomb killed two officers on Tuesday. {faint} {hot}"
    )
    doc._.figures = ()
    assert choose(doc, split(doc).pairs())[-3:] == [True, False, True]
