"""Rules tried on events, and how linking is scored, without a reader."""

from __future__ import annotations

import pytest

from tests.unit.incidents.build import claim, event
from wirewatch.evaluation.labels import Labelled, LabelledClaim, LabelledEvent, SourceArticle
from wirewatch.evaluation.labels import to_article as article_of
from wirewatch.evaluation.linking import BCubed, bcubed, bcubed_of, linked
from wirewatch.evaluation.replay import Replay, labelled_events, replay, score_rules
from wirewatch.rules import read

RULES = (
    "rules:\n  - name: casualty\n    description: For a test.\n"
    "    toll: {killed: {low: 10}}\n    quiet: 0s\n"
)


def test_articles_raise_what_the_rules_say() -> None:
    readings = [[event("a", 0, claim("killed", 9))], [event("b", 1, claim("killed", 12))]]
    (alert,) = replay(readings, read(RULES, "t"))
    assert (alert.rule, alert.kind, len(alert.incident.reports)) == ("casualty", "alert", 2)


def test_two_rule_sets_are_decided_on_one_linking() -> None:
    strict = RULES.replace("low: 10", "low: 20")
    state = Replay(read(RULES, "t"), read(strict, "t"))
    told = list(state.take([event("a", 0, claim("killed", 12))]))
    assert [len(alerts) for alerts in told] == [1, 0]


def test_rules_are_scored_against_labels() -> None:
    article = article_of("d", SourceArticle(text="x", published="2031-03-04"), "here")
    killed = LabelledClaim(kind="killed", value=12, modifier="at_least")
    label = LabelledEvent(type="attack", when="current", country="AF", claims=(killed,))
    wanted = labelled_events(Labelled(doc="d", events=(label,)), article)
    (right,) = score_rules(read(RULES, "t"), {"d": wanted}, {"d": wanted})
    assert (right.right, right.precision, right.recall) == (1, 1.0, 1.0)
    (missed,) = score_rules(read(RULES, "t"), {"d": []}, {"d": wanted})
    assert (missed.missed, missed.precision, missed.recall) == (1, None, 0.0)


def test_linked_gives_each_article_its_incident() -> None:
    first, second = event("a", 0, claim("killed", 9)), event("b", 1, claim("killed", 9))
    other = event("c", 1, date="2031-03-09", title="Quite another matter")
    found = linked([first, second, other])
    assert found["article a"] == found["article b"] != found["article c"]


@pytest.mark.parametrize(
    ("found", "precision", "recall"),
    [
        ({"a": "1", "b": "1", "c": "2"}, 1.0, 1.0),
        ({"a": "1", "b": "1", "c": "1"}, 5 / 9, 1.0),
        ({"a": "1", "b": "2", "c": "3"}, 1.0, 2 / 3),
    ],
)
def test_bcubed(found: dict[str, str], precision: float, recall: float) -> None:
    score: BCubed = bcubed({"a": "x", "b": "x", "c": "y"}, found)
    assert score.precision == pytest.approx(precision)
    assert score.recall == pytest.approx(recall)


def test_bcubed_of_some_reports_counts_the_others_joined_to_them() -> None:
    gold, found = {"a": "x", "b": "x", "c": "y"}, {"a": "1", "b": "2", "c": "2"}
    score = bcubed_of(gold, found, ["b"])
    assert (score.reports, score.incidents, score.precision, score.recall) == (1, 1, 0.5, 0.5)
