"""Counts of people without a number, one by one, against ``cases/implied.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml

import wirewatch.extraction.claims.component  # registers the factory
import wirewatch.extraction.numbers.component  # noqa: F401 (registers the factory)
from wirewatch.extraction.annotations import Counted
from wirewatch.extraction.tokenizer import adapt

NLP = adapt(spacy.blank("en"))
NLP.add_pipe("wirewatch_numbers")
NLP.add_pipe("wirewatch_claims")
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases/implied.yaml").read_text(encoding="utf8")
)


def written(counted: Counted) -> str:
    figure = counted.figure
    return f"{counted.kind} {'vague' if figure.value is None else figure.value}"


@pytest.mark.parametrize(
    "case", [case for cases in CASES.values() for case in cases], ids=lambda c: c["say"]
)
def test_counts_of_one(case: dict[str, Any]) -> None:
    found = [c for c in NLP(case["say"])._.counted if not c.figure.explicit]
    assert [written(c) for c in found] == case["means"]
