"""Articles by date of publication: at most one open alert of a rule on an incident, ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from wirewatch.evaluation.day import hear_day
from wirewatch.evaluation.labels import load_articles, load_labels
from wirewatch.evaluation.predict import Reading, read_one, shipped_reader
from wirewatch.evaluation.replay import labelled_events
from wirewatch.model import Article
from wirewatch.streams.rulesfeed import configured_rules

GOLD = Path(__file__).parents[3] / "shared/data/gold"
pytestmark = pytest.mark.corpora


def by_date(name: str) -> list[Article]:
    return sorted(load_articles(GOLD / name), key=lambda one: (one.fetched_at, one.id))


def as_labelled() -> Iterator[Reading]:
    """Twelve hundred articles over years, as a person read them."""
    labels = load_labels(GOLD / "voa_labels.jsonl")
    for article in by_date("voa_articles.jsonl"):
        yield Reading(article, tuple(labelled_events(labels[article.id], article)))


def as_read() -> Iterator[Reading]:
    """A hundred articles as the shipped reader reads them."""
    reader = shipped_reader()
    return (read_one(reader, article) for article in by_date("articles.jsonl"))


@pytest.mark.parametrize("readings", [as_labelled, as_read])
def test_one_open_alert_an_incident_and_rule(readings: Callable[[], Iterable[Reading]]) -> None:
    heard, _ = hear_day(readings(), configured_rules(None))
    assert heard.counts()["alert"] >= 10
    assert heard.most_open == 1
