"""``wirewatch evaluate --linking``: how well reports of one incident find together."""

from __future__ import annotations

from pathlib import Path

from wirewatch.cli.options import console, print_json, with_bar
from wirewatch.errors import ArticleError
from wirewatch.evaluation.linking import bcubed, linked, load, main_event, unread
from wirewatch.evaluation.predict import read_all


def run_linking(path: Path, *, unread_half: bool, processes: int, as_json: bool) -> None:
    """Read and link the grouped reports of one half, and print BCubed precision, recall, F1."""
    reports = [one for one in load(path) if unread(one.incident) == unread_half]
    if not reports:
        raise ArticleError(f"{path}: no reports in this half")
    reports.sort(key=lambda one: (one.published, one.doc))
    readings = read_all((one.article for one in reports), processes=processes)
    events = [
        main_event(reading.events, reading.article) for reading in with_bar(readings, len(reports))
    ]
    score = bcubed({one.doc: one.incident for one in reports}, linked(events))
    half = "unread" if unread_half else "read"
    if as_json:
        print_json({
            "half": half, "reports": score.reports, "incidents": score.incidents,
            "precision": score.precision, "recall": score.recall, "f1": score.f1,
        })  # fmt: skip
        return
    console().print(
        f"linking, the {half} half: {score.reports} reports of {score.incidents} incidents, BCubed "
        f"precision {score.precision:.3f}, recall {score.recall:.3f}, F1 {score.f1:.3f}"
    )
