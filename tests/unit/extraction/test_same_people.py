"""Counts of the same people are as old as each other."""

from __future__ import annotations

import pytest

from tests.unit.extraction.reading import reader
from wirewatch.extraction.factuality.same_people import of_same_people


@pytest.mark.parametrize(
    ("text", "alone", "together"),
    [
        ("At least 200 people have died. The dead include 60 guards.", [0.1, 0.9], [0.1, 0.1]),
        ("At least 200 people have died. The dead include 60 guards.", [0.9, 0.1], [0.9, 0.9]),
        ("Raids killed 20 people. A week ago 60 guards were killed.", [0.9, 0.1], [0.9, 0.1]),
        ("Mr Banda was killed last year. He rang before Mr Banda was killed.",
         [0.1, 0.8], [0.1, 0.1]),
        ("Mr Banda was killed last year. Mr Ngoma was killed.", [0.1, 0.8], [0.1, 0.8]),
        ("A woman whose son was killed came to speak of the death of her son.",
         [0.1, 0.8], [0.1, 0.1]),
        ("Her son was killed. She came to speak of the death of her son.", [0.1, 0.8], [0.1, 0.1]),
    ],
)  # fmt: skip
def test_counts_of_the_same_people(text: str, alone: list[float], together: list[float]) -> None:
    doc = reader()(text)
    assert len(doc._.counted) == len(alone), [str(doc[c.start : c.end]) for c in doc._.counted]
    assert of_same_people(doc, alone) == together
