"""A day's articles through linking and rules: what is open, right, false and missed."""

from __future__ import annotations

from msgspec.structs import replace

from tests.unit.incidents.build import HERAT, claim, event
from wirewatch.evaluation.day import Heard, hear_day, score_day
from wirewatch.evaluation.labels import SourceArticle
from wirewatch.evaluation.labels import to_article as article_of
from wirewatch.evaluation.predict import Reading
from wirewatch.evaluation.replay import Replay
from wirewatch.model import Alert, Event
from wirewatch.rules import read

RULES = read(
    "rules:\n  - name: casualty\n    description: For a test.\n"
    "    toll: {killed: {low: 10}}\n    quiet: 0s\n",
    "t",
)


def reading(*events: Event) -> Reading:
    name = events[0].article.id
    return Reading(article_of(name, SourceArticle(text="x"), "here"), events)


DAY = [
    reading(event("a", 0, claim("killed", 12))),
    reading(event("b", 1, claim("killed", 15))),
    reading(event("c", 2, claim("killed", 11), place=HERAT, title="Fire at a depot in Herat",
                  text="Fuel burned at a depot near the river.")),
    reading(event("d", 3, claim("killed", 2), place=HERAT, date="2031-03-12",
                  title="Truck turns over", text="A truck turned over on a pass.")),
]  # fmt: skip


def test_reports_of_one_incident_leave_one_alert_open() -> None:
    heard, state = hear_day(DAY, RULES)
    assert (heard.counts()["alert"], heard.most_open) == (2, 1)
    assert len(state.incidents) == 3


def test_a_second_open_alert_is_seen_also_across_a_merger() -> None:
    heard, state = hear_day(DAY[:1], RULES)
    (first,) = heard.alerts.values()
    heard.hear([second_of(first, "other id")], state)
    assert heard.most_open == 2

    merged = Heard()
    known = state.incidents[first.incident.id]
    state.incidents["loser"] = replace(known, id="loser", merged_into=known.id)
    merged.hear([first, second_of(first, "other", "loser")], state)
    assert merged.most_open == 2


def second_of(alert: Alert, name: str, incident: str | None = None) -> Alert:
    about = replace(alert.incident, id=incident or alert.incident.id)
    return replace(alert, id=name, incident=about)


def test_a_cancelled_alert_is_not_open() -> None:
    heard, state = Heard(), Replay(RULES)
    state.incidents = hear_day(DAY[:1], RULES)[1].incidents
    (first,) = hear_day(DAY[:1], RULES)[0].alerts.values()
    gone = replace(first, id="gone", kind="cancel")
    heard.hear([first, gone, second_of(first, "again")], state)
    assert heard.most_open == 1


def test_alerts_are_right_by_any_report_of_their_incident() -> None:
    heard, state = hear_day(DAY, RULES)
    said = [event("x", 0, claim("killed", 14))]
    labels: dict[str, list[Event]] = {
        "article a": [], "article b": said, "article c": [], "article d": said,
    }  # fmt: skip
    (score,) = score_day(heard, state, RULES, labels)
    assert (score.right, score.false, score.missed) == (1, 1, 1)
    (unlabelled,) = score_day(heard, state, RULES, {"article b": said})
    assert (unlabelled.right, unlabelled.false, unlabelled.missed) == (1, 0, 0)
