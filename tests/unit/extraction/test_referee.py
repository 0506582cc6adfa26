"""What the referees see around a figure, and how they weigh their rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from spacy.tokens import Doc

from tests.unit.extraction.reading import DAY, reader
from wirewatch.extraction.annotations import Heads
from wirewatch.extraction.referee.dated import carried
from wirewatch.extraction.referee.files import SHARE, referee
from wirewatch.extraction.referee.labels import TYPES
from wirewatch.extraction.referee.linear import REACH, Linear
from wirewatch.extraction.referee.mention import of_counted
from wirewatch.extraction.referee.neighbours import linked, other_figures, sentences_around
from wirewatch.extraction.referee.trees import Trees
from wirewatch.extraction.referee.wording import article_cues

TEXT = (
    "Gunmen killed 12 soldiers near Kandahar on Tuesday. They wounded 5 others. "
    "In 2009 a bombing there killed 30 people."
)
ATTACK = 1 + TYPES.index("attack")


def doc_of(text: str = TEXT) -> Doc:
    """The Doc as the rules read it."""
    nlp = reader()
    doc = nlp.make_doc(text)
    doc._.published = DAY
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc


def at(doc: Doc, word: str, nth: int = 0) -> int:
    return [t.i for t in doc if t.text == word][nth]


def heads(doc: Doc, marked: dict[int, float], figures: dict[int, float]) -> Heads:
    """Heads that mark words as attacks with odds of news, and figures with theirs."""
    n = len(doc)
    trigger = np.full((n, 1 + len(TYPES)), np.log(1e-4))
    trigger[:, 0] = np.log(0.99)
    trigger_when, figure_when = np.zeros((n, 2)), np.zeros((n, 2))
    link = np.zeros((n, 2))
    for i, odds in marked.items():
        trigger[i, 0], trigger[i, ATTACK] = np.log(0.1), np.log(0.9)
        trigger_when[i, 0] = odds
        link[i] = (5.0, 0.0) if odds > 0 else (0.0, 5.0)
    for i, odds in figures.items():
        figure_when[i, 0] = odds
        link[i] = (1.0, 0.0) if odds > 0 else (0.0, 1.0)
    none: Any = np.zeros((n, 1))
    return Heads(none, figure_when, none, none, trigger, trigger_when, none, link)


@pytest.fixture
def doc() -> Doc:
    found = doc_of()
    killed = [at(found, "killed"), at(found, "killed", 1)]
    numbers = [at(found, word) for word in ("12", "5", "30")]
    found._.heads = heads(
        found,
        dict(zip(killed, (3.0, -4.0), strict=True)),
        dict(zip(numbers, (2.0, 1.0, -6.0), strict=True)),
    )
    assert [c.figure.value for c in found._.counted] == [12, 5, 30]
    return found


def test_other_figures_speak_for_one(doc: Doc) -> None:
    beside, before, behind, first, alike, best, twins = other_figures(doc, doc._.counted[2])
    assert np.isnan([beside, behind, twins]).all()
    assert (before, first, alike, best) == (1.0, 2.0, -2.0, 2.0)


def test_a_figure_alone_has_no_company() -> None:
    alone = doc_of("Gunmen killed 12 soldiers.")
    alone._.heads = heads(alone, {}, {at(alone, "12"): 2.0})
    assert np.isnan(other_figures(alone, alone._.counted[0])[:4]).all()


def test_a_figure_goes_with_the_trigger_that_it_is_linked_to(doc: Doc) -> None:
    news, surest, share, sentence = linked(doc, doc._.counted[2])
    assert surest == -4.0
    assert news < -3.5
    assert share > 0.9
    assert sentence == 2
    assert linked(doc, doc._.counted[0])[1] == 3.0


def test_sentence_and_lead_say_what_is_news(doc: Doc) -> None:
    row = sentences_around(doc, of_counted(doc._.counted[2]))
    here, before, lead = row[0], row[2], row[4]
    assert here < -3.0
    assert lead > 2.0
    assert before == pytest.approx(0.0)
    assert row[6] == pytest.approx(np.log(0.9))


def test_without_heads_the_evidence_is_missing() -> None:
    doc = doc_of()
    counted = doc._.counted[0]
    rows = [*other_figures(doc, counted), *linked(doc, counted)]
    assert np.isnan([*rows, *sentences_around(doc, of_counted(counted))]).all()


def test_the_last_date_told_is_carried_on(doc: Doc) -> None:
    first, second, third = (carried(doc, of_counted(c)) for c in doc._.counted)
    assert np.isnan(first[0])  # its own date stands behind it
    assert (second[0], second[2]) == (1.0, 1.0)
    assert (third[0], third[2]) == (0.0, 0.0)
    assert first[8:] == [1.0, 0.0, 1.0, 1.0]


def test_a_court_in_the_lead_marks_the_article() -> None:
    ruling, killing = "A court convicted two men.", "Gunmen killed 12 soldiers."
    lead, aside = (article_cues(doc_of(t)) for t in (f"{ruling} {killing}", f"{killing} {ruling}"))
    assert lead[:10] != aside[:10]  # what title and first sentence hold
    assert lead[10:] == aside[10:]  # what the article holds
    assert not any(aside[:10])


def linear(**parts: float) -> Linear:
    values = {"median": 7.0, "mean": 5.0, "scale": 2.0, "weight": 10.0, "base": 1.0, **parts}
    return Linear(**{name: np.array([value]) for name, value in values.items()})


def test_missing_evidence_counts_as_the_median() -> None:
    rows = np.array([[np.nan], [7.0]])
    assert linear().scores(rows).tolist() == [[11.0], [11.0]]


def test_no_value_counts_for_more_than_its_reach() -> None:
    rows = np.array([[1e9], [-1e9]])
    assert linear().scores(rows).tolist() == [[10 * REACH + 1], [-10 * REACH + 1]]


def test_a_referee_weighs_its_linear_part_against_its_trees() -> None:
    none = {
        "feature": np.int16, "threshold": np.float64, "left": np.int16, "right": np.int16,
        "missing_left": np.bool_, "value": np.float64, "roots": np.int32, "classes": np.int16,
    }  # fmt: skip
    arrays: dict[str, Any] = {name: np.zeros(0, kind) for name, kind in none.items()}
    arrays["base"] = np.array([-3.0])
    rows = np.array([[7.0]])
    alone = referee(arrays)
    assert isinstance(alone.trees, Trees)
    assert alone.scores(rows).tolist() == [[-3.0]]
    own = linear()
    both = referee({**arrays, **{f"linear_{k}": getattr(own, k) for k in Linear.__slots__}})
    assert both.scores(rows).tolist() == [[SHARE * 11 - (1 - SHARE) * 3]]
