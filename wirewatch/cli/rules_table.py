"""How rules did on labelled articles, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich import box
from rich.table import Table

from wirewatch.evaluation.replay import RuleScore


def scores_table(scores: Iterable[RuleScore]) -> Table:
    """A row a rule."""
    table = Table("rule", "right", "false", "missed", "precision", "recall", box=box.SIMPLE_HEAD)
    for one in scores:
        counts = (str(number) for number in (one.right, one.false, one.missed))
        table.add_row(one.rule, *counts, _share(one.precision), _share(one.recall))
    return table


def scores_document(scores: Iterable[RuleScore]) -> list[dict[str, Any]]:
    """The same as JSON."""
    return [
        {"rule": one.rule, "right": one.right, "false": one.false, "missed": one.missed,
         "precision": one.precision, "recall": one.recall}
        for one in scores
    ]  # fmt: skip


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
