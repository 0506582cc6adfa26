"""What ``wirewatch evaluate`` reports: the table, the errors by cause, the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from rich import box
from rich.console import Console
from rich.table import Table

from wirewatch.errors import ArticleError
from wirewatch.evaluation.findings import Finding, Span
from wirewatch.evaluation.reliability import Reliability
from wirewatch.evaluation.score import Rate, Scores
from wirewatch.model import Article
from wirewatch.safety import one_line
from wirewatch.show.compare import Judged, compared_html
from wirewatch.show.highlight import Mark
from wirewatch.show.html import page, table
from wirewatch.show.reliability import reliability_svg

BIN_HEAD = ("confidence", "claims", "mean", "right")
RATE_HEAD = ("", "precision", "recall", "F1", "right", "wrong", "missed")


@dataclass(slots=True)
class Report:
    """Scores and findings of one evaluation."""

    documents: int = 0
    scores: Scores | None = None
    reliability: Reliability | None = None
    errors: list[Finding] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    sections: list[str] = field(default_factory=list)

    def add(self, article: Article, judged: list[Finding], *, keep_page: bool) -> None:
        """Take up the findings of one article."""
        self.errors.extend(item for item in judged if item.verdict != "right")
        if keep_page and judged:
            self.sections.append(_section(article, judged))

    def worst(self, count: int) -> list[Finding]:
        """The ``count`` errors that matter most."""
        return sorted(self.errors, key=lambda item: (-item.weight, item.doc))[:count]

    def causes(self) -> list[tuple[str, int]]:
        """How many errors each cause explains, the most frequent first."""
        return Counter(item.cause for item in self.errors).most_common()

    def to_dict(self, errors: int) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "documents": self.documents,
            "scores": msgspec.to_builtins(self.scores),
            "reliability": msgspec.to_builtins(self.reliability),
            "causes": dict(self.causes()),
            "worst": [_error(item) for item in self.worst(errors)],
            "failures": self.failures,
        }


def _error(item: Finding) -> dict[str, str]:
    return {
        "doc": item.doc,
        "verdict": item.verdict,
        "cause": item.cause,
        "what": item.what,
        "quote": item.quote,
    }


def print_report(console: Console, report: Report, errors: int) -> None:
    """The table, then the errors by cause, then the worst ones."""
    console.print(f"{report.documents} articles")
    for doc, failure in report.failures.items():
        console.print(f"failed: {one_line(doc, 80)}: {one_line(failure)}", style="bold red")
    if report.scores is None:
        return
    console.print(_table(RATE_HEAD, list(_rate_rows(report.scores))))
    for line in _single_figures(report.scores):
        console.print(line)
    if report.reliability is not None:
        console.print(_table(BIN_HEAD, list(_bin_rows(report.reliability))))
        console.print(f"mean gap: {report.reliability.error:.3f}")
    if errors and report.errors:
        console.print(_table(("errors", "cause"), [(str(n), c) for c, n in report.causes()]))
        rows = [
            (item.doc, item.verdict, item.cause, item.what, one_line(item.quote, 90))
            for item in report.worst(errors)
        ]
        console.print(_table(("worst", "", "cause", "what", "quotation"), rows))


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    shown = Table(*head, box=box.SIMPLE_HEAD)
    for row in rows:
        shown.add_row(*(one_line(cell) for cell in row))
    return shown


def _rate_rows(scores: Scores) -> Iterator[tuple[str, ...]]:
    yield _row("claims", scores.claims)
    yield _row("claims, current", scores.claims_current)
    for kind, rate in scores.claims_by_kind.items():
        yield _row(f"  {kind}", rate)
    for name, rate in scores.alerts.items():
        yield _row(f"alert {name.removeprefix('type:').replace('>=', ' ≥ ')}", rate)
    yield _row("type and country", scores.type_country_current)


def _row(name: str, rate: Rate) -> tuple[str, ...]:
    shares = (f"{share:.3f}" for share in (rate.p, rate.r, rate.f1))
    return (name, *shares, str(rate.tp), str(rate.fp), str(rate.fn))


def _bin_rows(found: Reliability) -> Iterator[tuple[str, ...]]:
    for each in found.bins:
        shares = (f"{each.confidence:.3f}", f"{each.right:.3f}")
        yield (f"{each.low:.1f} to {each.high:.1f}", str(each.claims), *shares)


def _single_figures(scores: Scores) -> list[str]:
    alarms = scores.background_false_alarms
    share = f"{alarms.rate:.1%} ({alarms.fired} of {alarms.documents})"
    return [
        f"news or history: {scores.when_accuracy:.1%} right",
        f"country, where the type is right: {scores.country_accuracy:.1%} right",
        f"alarms on articles whose only deaths are history: {share}",
    ]


def write_plot(path: Path, found: Reliability) -> None:
    """The drawing of ``--plot``. Raises ArticleError when it cannot be written."""
    _write(path, reliability_svg(found.bins))


def write_page(path: Path, report: Report) -> None:
    """The page of ``--html``. Raises ArticleError when it cannot be written."""
    body = f"<h1>Evaluation</h1><p>{report.documents} articles</p>"
    if report.scores is not None:
        body += table(RATE_HEAD, list(_rate_rows(report.scores)))
        body += table((), [(line,) for line in _single_figures(report.scores)])
    if report.reliability is not None:
        body += table(BIN_HEAD, list(_bin_rows(report.reliability)))
    causes = [(str(count), cause) for cause, count in report.causes()]
    body += table(("errors", "cause"), causes) + "".join(report.sections)
    _write(path, page("wirewatch: evaluation", body))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise ArticleError(f"{path}: {error.strerror or error}") from error


def _section(article: Article, judged: list[Finding]) -> str:
    labelled = [_mark(item.labelled, item) for item in judged if item.labelled]
    read = [_mark(item.read, item) for item in judged if item.read]
    lines = [Judged(item.verdict, item.what, item.cause, item.quote) for item in judged]
    return compared_html(article.id, article.full_text, labelled, read, lines)


def _mark(span: Span, item: Finding) -> Mark:
    return Mark(span.start, span.end, item.verdict, item.what)
