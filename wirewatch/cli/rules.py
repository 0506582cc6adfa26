"""``wirewatch rules``: check a file of rules, try it on past articles, compare two files."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from wirewatch.cli.options import console, print_json, settings, with_bar
from wirewatch.cli.past import ArticlesFile, FromTopic, Since, past_articles
from wirewatch.cli.rules_table import scores_document, scores_table
from wirewatch.evaluation.labels import Labelled, load_labels
from wirewatch.evaluation.predict import Reading, read_all
from wirewatch.evaluation.replay import Replay, RuleScore, labelled_events, score_rules
from wirewatch.model import Alert, Article
from wirewatch.rules import RuleSet, load
from wirewatch.safety import one_line
from wirewatch.show.alerts import print_evidence

_Turn = tuple[str, str, str, int]
app = typer.Typer(help="Check rules, try them on past articles, compare them.")

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
    file: RulesFile = None,
    articles: ArticlesFile = None,
    topic: FromTopic = None,
    since: Since = None,
    labels: Annotated[
        Path | None, typer.Option(help="Labels of the same articles: gives precision and recall.")
    ] = None,
    processes: Processes = 0,
    as_json: AsJson = False,
) -> None:
    """Show what would have been raised on past articles, with the evidence."""
    rules = _rules(ctx, file)
    known = load_labels(labels) if labels else None
    trial = _Trial(past_articles(ctx, articles, topic, since), rules)
    alerts = [alert for _, alert in trial.run(processes, known or {})]
    scores = _scores(rules, trial.judged, known) if known is not None else []
    if as_json:
        print_json(_document(rules, alerts, scores, trial))
        return
    out = console()
    for alert in alerts:
        print_evidence(out, alert)
    out.print(f"{len(alerts)} alerts on {trial.count} articles, rules {rules.version}")
    trial.complain()
    if known is not None:
        out.print(scores_table(scores))


@app.command()
def diff(
    ctx: typer.Context,
    old: Annotated[Path, typer.Argument(help="Rules as they were.")],
    new: Annotated[Path, typer.Argument(help="Rules as they are to be.")],
    articles: ArticlesFile = None,
    topic: FromTopic = None,
    since: Since = None,
    processes: Processes = 0,
    as_json: AsJson = False,
) -> None:
    """Show which alerts a change of rules adds and removes on the same articles."""
    before, after = load(old), load(new)
    trial = _Trial(past_articles(ctx, articles, topic, since), before, after)
    removed, added = _compare(trial, processes)
    if as_json:
        print_json({
            "articles": trial.count, "unread": trial.unread, "errors": list(trial.errors),
            "removed": msgspec.to_builtins(removed), "added": msgspec.to_builtins(added),
        })  # fmt: skip
        return
    out = console()
    for sign, alerts in (("-", removed), ("+", added)):
        for alert in alerts:
            headline = one_line(alert.incident.headline, 120)
            out.print(f"{sign} {alert.rule} {alert.kind}: {one_line(alert.reason)} | {headline}")
    out.print(f"{len(removed)} alerts removed, {len(added)} added on {trial.count} articles")
    trial.complain()


class _Trial:
    """Past articles read once, and what one or two sets of rules make of them."""

    def __init__(self, articles: list[Article], *rules: RuleSet) -> None:
        self.count = len(articles)
        self.unread = 0
        """Articles that the reader failed on."""
        self.judged: list[Reading] = []
        """The readings of those articles that labels are there for."""
        self._articles = articles
        self._replay = Replay(*rules)
        self._sides = len(rules)

    @property
    def errors(self) -> dict[str, None]:
        """Rules whose expression failed, and why."""
        return self._replay.errors

    def run(self, processes: int, known: Container[str] = ()) -> Iterator[tuple[int, Alert]]:
        """Each alert with the number of the rules that raise it."""
        readings = read_all(self._articles, processes=processes)
        for reading in with_bar(readings, self.count):
            self.unread += reading.failure is not None
            if reading.article.id in known:
                self.judged.append(reading)
            for number, alerts in enumerate(self._replay.take(reading.events)):
                yield from ((number % self._sides, alert) for alert in alerts)

    def complain(self) -> None:
        """Say on standard error what could not be read or evaluated."""
        out = console(stderr=True)
        if self.unread:
            out.print(f"{self.unread} articles could not be read")
        for error in self.errors:
            out.print(f"rule failed: {one_line(error)}")


def _rules(ctx: typer.Context, file: Path | None) -> RuleSet:
    if file is None:
        file = settings(ctx).rules_file
    if file is not None:
        return load(file)
    with as_file(files("wirewatch.config") / "rules.yaml") as shipped:
        return load(shipped)


def _scores(
    rules: RuleSet, readings: Iterable[Reading], known: dict[str, Labelled]
) -> list[RuleScore]:
    judged = [reading for reading in readings if reading.article.id in known]
    wanted = {
        reading.article.id: labelled_events(known[reading.article.id], reading.article)
        for reading in judged
    }
    return score_rules(rules, {one.article.id: one.events for one in judged}, wanted)


def _compare(trial: _Trial, processes: int) -> tuple[list[Alert], list[Alert]]:
    """Alerts that only the old rules raise, and those that only the new ones do.

    Two are the same when a rule says the same kind of thing at the same turn of an incident;
    ids differ with the threshold that was passed.
    """
    sides: tuple[dict[_Turn, Alert], dict[_Turn, Alert]] = ({}, {})
    for number, alert in trial.run(processes):
        incident = alert.incident
        sides[number][alert.rule, alert.kind, incident.id, incident.revision] = alert
    removed = [alert for turn, alert in sides[0].items() if turn not in sides[1]]
    added = [alert for turn, alert in sides[1].items() if turn not in sides[0]]
    return removed, added


def _document(
    rules: RuleSet, alerts: list[Alert], scores: list[RuleScore], trial: _Trial
) -> dict[str, Any]:
    document: dict[str, Any] = {
        "rules": rules.version, "articles": trial.count, "unread": trial.unread,
        "errors": list(trial.errors), "alerts": msgspec.to_builtins(alerts),
    }  # fmt: skip
    if scores:
        document["scores"] = scores_document(scores)
    return document
