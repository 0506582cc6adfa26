"""What was told as news is taken up by later triggers, not by figures or history."""

from dataclasses import replace

import pytest

from tests.unit.extraction.reading import reader
from wirewatch.extraction.context import context
from wirewatch.extraction.events.again import told_again
from wirewatch.extraction.events.mentions import mentions

NEWS = "A bomb killed a man outside a bar in Denver on Sunday."


def chances(later: str) -> list[tuple[bool, float]]:
    """For each mention behind the news whether it is a figure, and its chance, in doubt before."""
    doc = reader()(f"{NEWS} {later}")
    first = context(doc).sentence
    told = mentions(doc)
    found = tuple(replace(m, current=0.4 if first[m.token] else 0.9) for m in told)
    again = told_again(doc, found)
    return [(m.claim is not None, m.current) for m in again if first[m.token]]


def test_what_was_told_as_news_is_taken_up() -> None:
    assert {chance for _, chance in chances("The bombing destroyed two shops.")} == {0.51}


@pytest.mark.parametrize(
    "later", ["A bombing destroyed two shops in 2009.", "The verdict on the bombing is due."]
)
def test_history_is_not(later: str) -> None:
    assert {chance for _, chance in chances(later)} == {0.4}


def test_figures_keep_their_chance() -> None:
    told = chances("The bombing killed two women.")
    assert {chance for figure, chance in told if figure} == {0.4}
    assert {chance for figure, chance in told if not figure} == {0.51}
