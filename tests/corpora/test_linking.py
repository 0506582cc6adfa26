"""Linking on reports grouped by incident, those of the half that development read."""

from __future__ import annotations

from pathlib import Path

import pytest

from wirewatch.evaluation.linking import bcubed, linked, load, main_event, unread
from wirewatch.evaluation.predict import shipped_reader

REPORTS = Path(__file__).parents[3] / "shared/data/eval/shooting_reports.jsonl"


@pytest.mark.corpora
@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif(not REPORTS.exists(), reason="needs ../shared/data")
def test_reports_of_one_incident_find_together() -> None:
    reports = [one for one in load(REPORTS) if not unread(one.incident)]
    reports.sort(key=lambda one: (one.published, one.doc))
    read = shipped_reader()
    found = linked([main_event(read(one.article), one.article) for one in reports])
    score = bcubed({one.doc: one.incident for one in reports}, found)
    assert score.precision >= 0.95
    assert score.f1 >= 0.92
