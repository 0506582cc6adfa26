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


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["say"][:60])
def test_leaning_of_a_figure(row: dict[str, Any]) -> None:
    nlp = reader()
    doc = nlp.make_doc(row["say"])
    doc._.published = datetime(2018, 12, 26, tzinfo=UTC)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    told = [c for c in doc._.counted if c.figure.explicit]
    assert [word(lean(doc, of_counted(c))) for c in told] == row["leans"]
