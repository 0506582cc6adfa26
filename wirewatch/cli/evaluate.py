"""``wirewatch evaluate``: how well the reader does on labelled articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from wirewatch.cli.evaluate_day import run_day
from wirewatch.cli.evaluate_linking import run_linking
from wirewatch.cli.evaluate_report import Report, print_report, write_page
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


def evaluate(
    ctx: typer.Context,
    articles: Annotated[
        Path | None, typer.Option(help="Articles, one JSON object a line.", show_default=False)
    ] = None,
    gold: Annotated[
        Path | None, typer.Option(help="Labels of the same articles.", show_default=False)
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="Write what was read to this file.", show_default=False)
    ] = None,
    given: Annotated[
        Path | None,
        typer.Option(help="Score this file of predictions; read nothing anew.", show_default=False),
    ] = None,
    split: Annotated[SplitName, typer.Option(help="Which third of the articles.")] = SplitName.ALL,
    reveal: Annotated[
        bool, typer.Option(help="Show errors of the held-out third too: it is then used up.")
    ] = False,
    suite: Annotated[
        SuiteName | None, typer.Option(help="Another labelled set, with its file.")
    ] = None,
    file: Annotated[
        Path | None, typer.Argument(help="The suite's file.", show_default=False)
    ] = None,
    linking: Annotated[
        Path | None,
        typer.Option(
            help="Score linking on this file, its unread half (--split look: the other).",
            show_default=False,
        ),
    ] = None,
    day: Annotated[
        Path | None,
        typer.Option(
            help="Link these articles by date of publication and count alerts ('demo': its day).",
            show_default=False,
        ),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write a page of every article.", show_default=False)
    ] = None,
    errors: Annotated[int, typer.Option(help="Worst errors to list.", min=0)] = 20,
    processes: Annotated[int, typer.Option(help="0: one a core.", min=0, max=256)] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Score the reader on labelled articles: the table, and the worst errors by cause."""
    if suite is not None:
        if file is None:
            raise ArticleError(f"--suite {suite} needs its file")
        run_suite(SUITES[str(suite)], file, processes=processes, as_json=as_json)
        return
    if linking is not None:
        held_out = split is not SplitName.LOOK
        run_linking(linking, unread_half=held_out, processes=processes, as_json=as_json)
        return
    if day is not None:
        rules = configured_rules(settings(ctx).rules_file)
        run_day(day, rules, gold=gold, split=split.value, processes=processes, as_json=as_json)
        return
    if articles is None:
        raise ArticleError("--articles FILE is needed (with --gold FILE to score)")
    labels = load_labels(gold) if gold else None
    total = sum(1 for _ in _chosen(articles, labels, split.value))
    if not total:
        wanted = "of these labels" if labels is not None else "in it"
        raise ArticleError(f"{articles}: no article of split {split.value!r} {wanted}")
    chosen = _chosen(articles, labels, split.value)
    readings = _given(chosen, given) if given else _read(chosen, total, processes)
    report = _collect(readings, labels, predictions, keep_page=html is not None, reveal=reveal)
    if html:
        write_page(html, report)
    if as_json:
        print_json(report.to_dict(errors))
    else:
        print_report(console(), report, errors)


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
    readings: Iterable[_Read],
    labels: dict[str, Labelled] | None,
    predictions: Path | None,
    *,
    keep_page: bool,
    reveal: bool,
) -> Report:
    report = Report()
    predicted: dict[str, Labelled] = {}
    with ExitStack() as stack:
        out = stack.enter_context(predictions.open("wb")) if predictions else None
        for article, found, failure in readings:
            predicted[article.id] = found
            if out:
                out.write(msgspec.json.encode(found) + b"\n")
            if failure:
                report.failures[article.id] = failure
            if labels and (reveal or split_of(article.id) != "held-out"):
                judged = findings(labels[article.id], found, article.full_text)
                report.add(article, judged, keep_page=keep_page)
    report.documents = len(predicted)
    if labels:
        report.scores = score({doc: labels[doc] for doc in predicted}, predicted)
    return report
