"""The rows of a Doc's candidate triggers, made once a Doc: three referees read them."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.referee.features import trigger_row
from wirewatch.extraction.referee.mention import of_candidate
from wirewatch.extraction.referee.weights import weighed

_KEY = "wirewatch.rows"


def candidate_rows(doc: Doc) -> list[list[float]]:
    """One row for each of ``weighed(doc)``."""
    found = doc.user_data.get(_KEY)
    if found is None:
        others = weighed(doc)
        found = doc.user_data[_KEY] = [
            trigger_row(doc, of_candidate(c), others, odds, c.weak) for c, odds in others
        ]
    rows: list[list[float]] = found
    return rows
