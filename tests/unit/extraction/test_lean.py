"""What the words settle of a figure's time, against ``cases/lean.yaml``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.unit.extraction.reading import cases, reader
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
