"""``wirewatch evaluate --day``: articles by date of publication, and the alerts they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from wirewatch.cli.options import console, print_json, with_bar
from wirewatch.cli.rules_table import scores_document, scores_table
from wirewatch.demo.articles import articles as articles_of
from wirewatch.demo.day import load_day
from wirewatch.demo.outcome import differences
from wirewatch.errors import ArticleError
from wirewatch.evaluation.day import Heard, hear_day, score_day
from wirewatch.evaluation.labels import Split, in_split, load_articles, load_labels
from wirewatch.evaluation.predict import Reading, read_all
from wirewatch.evaluation.replay import Replay, RuleScore, labelled_events
from wirewatch.model import Article
from wirewatch.rules import RuleSet

DEMO = Path("demo")
"""In place of a file: the demo's day, which knows what must come of it."""
DEMO_DATE = date(2026, 3, 3)


def run_day(
    path: Path, rules: RuleSet, *, gold: Path | None, split: Split, processes: int, as_json: bool
) -> None:
    """Read, link and decide; print incidents, alerts, and those that labels call false."""
    articles = _articles(path, split)
    if not articles:
        raise ArticleError(f"{path}: no articles")
    readings = list(with_bar(read_all(articles, processes=processes), len(articles)))
    heard, state = hear_day(readings, rules)
    scores = _scores(heard, state, rules, readings, gold) if gold else []
    wrong = differences(load_day(DEMO_DATE), heard.alerts.values()) if path == DEMO else None
    if as_json:
        print_json(_document(readings, heard, state, scores, wrong))
        return
    out = console()
    out.print(_sentence(readings, heard, state))
    if scores:
        out.print(scores_table(scores))
    if wrong is not None:
        out.print("\n".join(wrong) or "as the day must come out: none missing, none false")


def _articles(path: Path, split: Split) -> list[Article]:
    if path == DEMO:
        return list(articles_of(load_day(DEMO_DATE)))
    found = (article for article in load_articles(path) if in_split(article.id, split))
    return sorted(found, key=lambda one: (one.fetched_at, one.id))


def _scores(
    heard: Heard, state: Replay, rules: RuleSet, readings: Sequence[Reading], gold: Path
) -> list[RuleScore]:
    known = load_labels(gold)
    labels = {
        reading.article.id: labelled_events(known[reading.article.id], reading.article)
        for reading in readings
        if reading.article.id in known
    }
    return score_day(heard, state, rules, labels)


def _counts(readings: Sequence[Reading], heard: Heard, state: Replay) -> Mapping[str, int]:
    kinds = heard.counts()
    return {
        "articles": len(readings),
        "events": sum(len(reading.events) for reading in readings),
        "incidents": len(state.incidents),
        "alerted": len({alert.incident.id for alert in heard.alerts.values()}),
        "alerts": kinds["alert"],
        "updates": kinds["update"],
        "cancels": kinds["cancel"],
        "most_open": heard.most_open,
    }


def _sentence(readings: Sequence[Reading], heard: Heard, state: Replay) -> str:
    count = _counts(readings, heard, state)
    return (
        f"{count['articles']:,} articles, {count['events']:,} events, {count['incidents']:,} "
        f"incidents, {count['alerted']:,} of them alerted: {count['alerts']:,} alerts, "
        f"{count['updates']:,} updates, {count['cancels']:,} cancelled; at most "
        f"{count['most_open']} open at once of one rule on one incident"
    )


def _document(
    readings: Sequence[Reading], heard: Heard, state: Replay, scores: list[RuleScore],
    wrong: list[str] | None,
) -> dict[str, Any]:  # fmt: skip
    document: dict[str, Any] = dict(_counts(readings, heard, state))
    if scores:
        document["scores"] = scores_document(scores)
    if wrong is not None:
        document["wrong"] = wrong
    return document
