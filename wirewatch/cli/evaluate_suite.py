"""``wirewatch evaluate --suite``: exact figures on the other labelled sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from rich import box
from rich.table import Table

from wirewatch.cli.options import console, print_json, with_bar
from wirewatch.evaluation.predict import read_all
from wirewatch.evaluation.suites import Case, Suite, Tally, load_cases, tally
from wirewatch.model import Event


def run_suite(suite: Suite, path: Path, *, processes: int, as_json: bool) -> None:
    """Read the suite's texts and print how often each kind's figure is exact."""
    cases = list(load_cases(suite, path))
    result = tally(suite, _read(cases, processes))
    if as_json:
        print_json({kind: asdict(counts) for kind, counts in result.items()})
    else:
        console().print(_table(suite, result))


def _read(cases: list[Case], processes: int) -> Iterator[tuple[Case, tuple[Event, ...]]]:
    readings = read_all((case.article for case in cases), processes=processes)
    shown = with_bar(readings, len(cases))
    return ((case, reading.events) for case, reading in zip(cases, shown, strict=True))


def _table(suite: Suite, result: dict[str, Tally]) -> Table:
    table = Table(suite.name, "exact", "cases", "exact where any", "cases", box=box.SIMPLE_HEAD)
    for kind, counts in result.items():
        table.add_row(
            kind,
            _share(counts.right, counts.cases),
            str(counts.cases),
            _share(counts.right_where_any, counts.cases_where_any),
            str(counts.cases_where_any),
        )
    return table


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"
