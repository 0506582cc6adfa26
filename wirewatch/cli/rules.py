"""``wirewatch rules``: check a file of rules, try it on past articles, compare two files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from wirewatch.cli.options import console, print_json, settings, with_bar
from wirewatch.cli.rules_table import scores_document, scores_table
from wirewatch.errors import ArticleError
from wirewatch.evaluation.labels import Labelled, load_articles, load_labels
from wirewatch.evaluation.predict import Reading, read_all
from wirewatch.evaluation.replay import Replay, RuleScore, labelled_events, replay, score_rules
from wirewatch.model import Alert, Article
from wirewatch.rules import RuleSet, load
from wirewatch.safety import one_line
from wirewatch.show.alerts import print_alert

app = typer.Typer(help="Check rules, try them on past articles, compare them.")

ArticlesFile = Annotated[Path, typer.Option("--articles", help="Articles, one JSON object a line.")]
RulesFile = Annotated[
    Path | None, typer.Argument(help="A file of rules; without one, those in force.")
]
Processes = Annotated[int, typer.Option(help="0: one a core.", min=0, max=256)]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command()
def check(ctx: typer.Context, file: RulesFile = None, as_json: AsJson = False) -> None:
    """Check a file of rules; say what is wrong with file, line, key and the allowed words."""
    rules = _rules(ctx, file)
    if as_json:
        names = [rule.name for rule in rules.rules]
        print_json({"file": rules.source, "version": rules.version, "rules": names})
        return
    out = console()
    for rule in rules.rules:
        out.print(f"{rule.name}: {one_line(rule.description)}")
    out.print(f"{len(rules.rules)} rules, version {rules.version}: no fault found")


@app.command(name="try")
def try_(
    ctx: typer.Context,
    articles: ArticlesFile,
    file: RulesFile = None,
    labels: Annotated[
        Path | None, typer.Option(help="Labels of the same articles: gives precision and recall.")
    ] = None,
    processes: Processes = 0,
    as_json: AsJson = False,
) -> None:
    """Show what would have been raised on past articles, with the evidence."""
    rules = _rules(ctx, file)
    known = load_labels(labels) if labels else None
    readings = _readings(articles, processes)
    alerts = list(replay((reading.events for reading in readings), rules))
    scores = _scores(rules, readings, known) if known is not None else []
    if as_json:
        print_json(_document(rules, alerts, scores))
        return
    out = console()
    for alert in alerts:
        print_alert(out, alert)
    out.print(f"{len(alerts)} alerts on {len(readings)} articles, rules {rules.version}")
    if scores:
        out.print(scores_table(scores))


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="Rules as they were.")],
    new: Annotated[Path, typer.Argument(help="Rules as they are to be.")],
    articles: ArticlesFile,
    processes: Processes = 0,
    as_json: AsJson = False,
) -> None:
    """Show which alerts a change of rules adds and removes on the same articles."""
    before, after = load(old), load(new)
    removed, added = _compare(before, after, _readings(articles, processes))
    if as_json:
        print_json({
            "removed": msgspec.to_builtins(removed), "added": msgspec.to_builtins(added),
        })  # fmt: skip
        return
    out = console()
    for sign, alerts in (("-", removed), ("+", added)):
        for alert in alerts:
            headline = one_line(alert.incident.headline, 120)
            out.print(f"{sign} {alert.rule} {alert.kind}: {one_line(alert.reason)} | {headline}")
    out.print(f"{len(removed)} alerts removed, {len(added)} added")


def _rules(ctx: typer.Context, file: Path | None) -> RuleSet:
    if file is None:
        file = settings(ctx).rules_file
    if file is not None:
        return load(file)
    with as_file(files("wirewatch.config") / "rules.yaml") as shipped:
        return load(shipped)


def _readings(path: Path, processes: int) -> list[Reading]:
    """The readings in order of publication, as they would have come; undated articles first."""
    articles = sorted(load_articles(path), key=_moment)
    if not articles:
        raise ArticleError(f"{path}: no articles")
    return list(with_bar(read_all(articles, processes=processes), len(articles)))


def _moment(article: Article) -> tuple[float, str]:
    return (article.published.timestamp() if article.published else 0.0, article.id)


def _scores(
    rules: RuleSet, readings: Iterable[Reading], known: dict[str, Labelled]
) -> list[RuleScore]:
    judged = [reading for reading in readings if reading.article.id in known]
    wanted = {
        reading.article.id: labelled_events(known[reading.article.id], reading.article)
        for reading in judged
    }
    return score_rules(rules, {one.article.id: one.events for one in judged}, wanted)


def _compare(
    before: RuleSet, after: RuleSet, readings: Iterable[Reading]
) -> tuple[list[Alert], list[Alert]]:
    """Alerts that only the old rules raise, and those that only the new ones do, by id."""
    state = Replay(before, after)
    sides: tuple[dict[str, Alert], dict[str, Alert]] = ({}, {})
    for number, alert in _numbered(state, readings):
        sides[number][alert.id] = alert
    removed = [alert for name, alert in sides[0].items() if name not in sides[1]]
    added = [alert for name, alert in sides[1].items() if name not in sides[0]]
    return removed, added


def _numbered(state: Replay, readings: Iterable[Reading]) -> Iterator[tuple[int, Alert]]:
    for reading in readings:
        for number, alerts in enumerate(state.take(reading.events)):
            yield from ((number % 2, alert) for alert in alerts)


def _document(rules: RuleSet, alerts: list[Alert], scores: list[RuleScore]) -> dict[str, Any]:
    document: dict[str, Any] = {"rules": rules.version, "alerts": msgspec.to_builtins(alerts)}
    if scores:
        document["scores"] = scores_document(scores)
    return document
