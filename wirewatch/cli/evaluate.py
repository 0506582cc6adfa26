"""``wirewatch evaluate``: how well the reader does on labelled articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from wirewatch.cli.evaluate_day import run_day
from wirewatch.cli.evaluate_linking import run_linking
from wirewatch.cli.evaluate_report import Report, print_report, write_page, write_plot
from wirewatch.cli.evaluate_suite import run_suite
from wirewatch.cli.options import console, print_json, settings, with_bar
from wirewatch.errors import ArticleError
from wirewatch.evaluation.findings import findings
from wirewatch.evaluation.labels import (
    Labelled,
    Split,
    in_split,
    load_articles,
    load_labels,
    prediction,
    split_of,
)
from wirewatch.evaluation.predict import read_all
from wirewatch.evaluation.reliability import judged
from wirewatch.evaluation.reliability import reliability as reliability_of
from wirewatch.evaluation.score import score
from wirewatch.evaluation.suites import SUITES
from wirewatch.model import Article
from wirewatch.streams.rulesfeed import configured_rules


class SplitName(StrEnum):
    """The thirds of a labelled set, by a hash of the document's id."""

    HELD_OUT = "held-out"
    LOOK = "look"
    DECIDE = "decide"
    ALL = "all"


_Read = tuple[Article, Labelled, str | None]
"""An article, what was read in it, and why reading failed if it did."""
SuiteName = StrEnum("SuiteName", {name.replace("-", "_"): name for name in SUITES})  # type: ignore[misc]

_Articles = Annotated[
    Path | None, typer.Option(help="Articles, one JSON object a line.", show_default=False)
]
_Gold = Annotated[
    Path | None, typer.Option(help="Labels of the same articles.", show_default=False)
]
_Predictions = Annotated[
    Path | None, typer.Option(help="Write what was read to this file.", show_default=False)
]
_Given = Annotated[
    Path | None,
    typer.Option(help="Score this file of predictions; read nothing anew.", show_default=False),
]
_WhichSplit = Annotated[SplitName, typer.Option(help="Which third of the articles.")]
_Reveal = Annotated[
    bool, typer.Option(help="Show errors of the held-out third too: it is then used up.")
]
_Reliability = Annotated[
    bool, typer.Option(help="How often claims of each tenth of confidence are right.")
]
_Plot = Annotated[
    Path | None, typer.Option(help="Draw the same as an SVG file.", show_default=False)
]
_Suite = Annotated[SuiteName | None, typer.Option(help="Another labelled set, with its file.")]
_File = Annotated[Path | None, typer.Argument(help="The suite's file.", show_default=False)]
_Linking = Annotated[
    Path | None,
    typer.Option(
        help="Score linking on this file, its unread half (--split look: the other).",
        show_default=False,
    ),
]
_Day = Annotated[
    Path | None,
    typer.Option(
        help="Link these articles by date of publication and count alerts ('demo': its day).",
        show_default=False,
    ),
]
_Html = Annotated[
    Path | None, typer.Option(help="Write a page of every article.", show_default=False)
]
_Errors = Annotated[int, typer.Option(help="Worst errors to list.", min=0)]
_Processes = Annotated[int, typer.Option(help="0: one a core.", min=0, max=256)]
_Json = Annotated[bool, typer.Option("--json", help="For programs.")]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What to read, and what to tell of it."""

    articles: Path
    gold: Path | None
    predictions: Path | None
    given: Path | None
    split: Split
    reveal: bool
    reliability: bool
    plot: Path | None
    html: Path | None
    errors: int
    processes: int
    as_json: bool


def evaluate(
    ctx: typer.Context,
    articles: _Articles = None,
    gold: _Gold = None,
    predictions: _Predictions = None,
    given: _Given = None,
    split: _WhichSplit = SplitName.ALL,
    reveal: _Reveal = False,
    reliability: _Reliability = False,
    plot: _Plot = None,
    suite: _Suite = None,
    file: _File = None,
    linking: _Linking = None,
    day: _Day = None,
    html: _Html = None,
    errors: _Errors = 20,
    processes: _Processes = 0,
    as_json: _Json = False,
) -> None:
    """Score the reader on labelled articles: the table, and the worst errors by cause."""
    if suite is not None:
        _evaluate_suite(suite, file, processes, as_json=as_json)
    elif linking is not None:
        held_out = split is not SplitName.LOOK
        run_linking(linking, unread_half=held_out, processes=processes, as_json=as_json)
    elif day is not None:
        rules = configured_rules(settings(ctx).rules_file)
        run_day(day, rules, gold=gold, split=split.value, processes=processes, as_json=as_json)
    elif articles is None:
        raise ArticleError("--articles FILE is needed (with --gold FILE to score)")
    else:
        _evaluate_articles(
            _Wanted(
                articles, gold, predictions, given, split.value, reveal, reliability, plot, html,
                errors, processes, as_json,
            )
        )  # fmt: skip


def _evaluate_suite(suite: SuiteName, file: Path | None, processes: int, *, as_json: bool) -> None:
    if file is None:
        raise ArticleError(f"--suite {suite} needs its file")
    run_suite(SUITES[str(suite)], file, processes=processes, as_json=as_json)


def _evaluate_articles(wanted: _Wanted) -> None:
    if wanted.gold is None and (wanted.reliability or wanted.plot):
        raise ArticleError("--reliability and --plot need --gold FILE")
    labels = load_labels(wanted.gold) if wanted.gold else None
    report = _collect(_readings(wanted, labels), labels, wanted)
    if wanted.html:
        write_page(wanted.html, report)
    if wanted.plot and report.reliability:
        write_plot(wanted.plot, report.reliability)
    if wanted.as_json:
        print_json(report.to_dict(wanted.errors))
    else:
        print_report(console(), report, wanted.errors)


def _readings(wanted: _Wanted, labels: dict[str, Labelled] | None) -> Iterator[_Read]:
    """What is read in each article of the split. Raises ArticleError when it has none."""
    total = sum(1 for _ in _chosen(wanted.articles, labels, wanted.split))
    if not total:
        of = "of these labels" if labels is not None else "in it"
        raise ArticleError(f"{wanted.articles}: no article of split {wanted.split!r} {of}")
    chosen = _chosen(wanted.articles, labels, wanted.split)
    return _given(chosen, wanted.given) if wanted.given else _read(chosen, total, wanted.processes)


def _chosen(path: Path, labels: dict[str, Labelled] | None, split: Split) -> Iterator[Article]:
    for article in load_articles(path):
        if in_split(article.id, split) and (labels is None or article.id in labels):
            yield article


def _read(articles: Iterable[Article], total: int, processes: int) -> Iterator[_Read]:
    for reading in with_bar(read_all(articles, processes=processes), total):
        yield reading.article, prediction(reading.article.id, reading.events), reading.failure


def _given(articles: Iterable[Article], path: Path) -> Iterator[_Read]:
    predicted = load_labels(path)
    for article in articles:
        yield article, predicted.get(article.id, Labelled(doc=article.id)), None


def _collect(
    readings: Iterable[_Read], labels: dict[str, Labelled] | None, wanted: _Wanted
) -> Report:
    report = Report()
    predicted: dict[str, Labelled] = {}
    with ExitStack() as stack:
        out = stack.enter_context(wanted.predictions.open("wb")) if wanted.predictions else None
        for article, found, failure in readings:
            predicted[article.id] = found
            if out:
                out.write(msgspec.json.encode(found) + b"\n")
            if failure:
                report.failures[article.id] = failure
            if labels and (wanted.reveal or split_of(article.id) != "held-out"):
                told = findings(labels[article.id], found, article.full_text)
                report.add(article, told, keep_page=wanted.html is not None)
    report.documents = len(predicted)
    if labels:
        _score(report, {doc: labels[doc] for doc in predicted}, predicted, wanted)
    return report


def _score(
    report: Report, labels: dict[str, Labelled], predicted: dict[str, Labelled], wanted: _Wanted
) -> None:
    report.scores = score(labels, predicted)
    if wanted.reliability or wanted.plot:
        pairs = ((label, predicted[doc]) for doc, label in labels.items())
        report.reliability = reliability_of(
            one for want, have in pairs for one in judged(want, have)
        )
