"""What the words settle of a figure's time, against ``cases/lean.yaml``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.unit.extraction.reading import cases, reader
from wirewatch.extraction.factuality.joint import joined
from wirewatch.extraction.factuality.lean import lean
from wirewatch.extraction.referee.mention import of_counted

ROWS = [row for rows in cases("lean").values() for row in rows]


def word(odds: float) -> str:
    return "open" if odds == 0 else "news" if odds > 0 else "history"


def leanings(text: str) -> list[float]:
    nlp = reader()
    doc = nlp.make_doc(text)
    doc._.published = datetime(2018, 12, 26, tzinfo=UTC)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return [lean(doc, of_counted(c)) for c in doc._.counted if c.figure.explicit]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["say"][:60])
def test_leaning_of_a_figure(row: dict[str, Any]) -> None:
    assert list(map(word, leanings(row["say"]))) == row["leans"]


def test_a_plea_leaves_less_doubt_than_a_suspicion() -> None:
    (plea,) = leanings("The man pleaded guilty to killing four people.")
    (suspicion,) = leanings("The man is suspected of killing four people.")
    assert plea < suspicion < 0


@pytest.mark.parametrize(
    ("text", "chances"),
    [
        ("A bomb left 10 dead and 30 injured.", [0.6, 0.6]),
        ("A bomb left 10 dead, and at least 30 people were injured.", [0.6, 0.6]),
        ("A bomb left 10 dead in the port and a fire 30 injured.", [0.4, 0.6]),
        ("A bomb left 10 dead. Another left 30 injured.", [0.4, 0.6]),
        ("Police arrested 10 men and killed 30.", [0.4, 0.6]),
    ],
)
def test_figures_told_in_one_breath_are_of_one_time(text: str, chances: list[float]) -> None:
    doc = reader()(text)
    assert joined(doc, [0.4, 0.6]) == chances
