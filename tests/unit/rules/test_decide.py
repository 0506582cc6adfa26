"""Alerts, updates and cancellations over an incident's life."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.unit.incidents.build import AFGHANISTAN, HERAT, KABUL, at
from wirewatch.model import Actor, Alert, Incident, Report, Toll
from wirewatch.rules import AlertState, decide, read

HEAD = "rules:\n  - name: test-rule\n    description: For a test.\n"
CASUALTY = (
    HEAD + "    types: [attack]\n    toll: {killed: {low: 10}}\n    status: [happened, ongoing]\n"
    "    severity: {moderate: 10, severe: 50}\n    steps: [10, 50, 100]\n    quiet: 0s\n"
)
WITHDRAWAL = HEAD + "    types: [troop_withdrawal]\n    quiet: 0s\n"


def toll(low: int | None, best: int | None = None, high: int | None = None) -> Toll:
    return Toll(best=best or low, low=low, high=high, rule="only figure", as_of=at(0))


def incident(revision: int = 1, killed: int | None = None, **more: Any) -> Incident:
    hours = more.pop("hours", revision)
    exact = more.pop("exact", False)
    tolls = {"killed": toll(killed, high=killed if exact else None)} if killed is not None else {}
    report = Report(
        article="a", revision=1, publisher="a.example", url=None, title="t", published=at(hours),
        fetched_at=at(hours),
    )  # fmt: skip
    fields: dict[str, Any] = {
        "id": "i1", "type": "attack", "status": "happened", "when": "current", "headline": "t",
        "place": KABUL, "tolls": tolls, "reports": (report,), "publishers": 1,
    }  # fmt: skip
    return Incident(revision=revision, first_seen=at(0), last_seen=at(hours), **{**fields, **more})


class Desk:
    """A subscriber: follows one incident's revisions and keeps what it was told."""

    def __init__(self, rules: str) -> None:
        self.rules = read(rules, "test.yaml")
        self.state: AlertState | None = None

    def hear(self, told: Incident) -> list[Alert]:
        decision = decide(self.rules, told, self.state, at(99))
        again = decide(self.rules, told, self.state, at(500))
        assert [one.id for one in again.alerts] == [one.id for one in decision.alerts]
        assert again.state == decision.state
        self.state = msgspec.json.decode(msgspec.json.encode(decision.state), type=AlertState)
        assert decide(self.rules, told, self.state, at(99)).alerts == ()
        assert not decision.errors
        return list(decision.alerts)


def test_alert_when_the_threshold_is_reached_and_not_before() -> None:
    desk = Desk(CASUALTY)
    assert desk.hear(incident(1, 9)) == []
    (alert,) = desk.hear(incident(2, 43))
    assert (alert.kind, alert.severity, alert.supersedes) == ("alert", "moderate", None)
    assert alert.reason == "killed is at least 43 (threshold 10)"
    assert alert.rules_version == desk.rules.version
    assert alert.times.emitted == at(99)


def test_exact_figure_is_said_as_such() -> None:
    (alert,) = Desk(CASUALTY).hear(incident(1, 43, exact=True))
    assert alert.reason == "killed is 43 (threshold 10)"


def test_update_at_the_next_step_and_only_then() -> None:
    desk = Desk(CASUALTY)
    (first,) = desk.hear(incident(1, 12))
    assert desk.hear(incident(2, 31)) == []
    (update,) = desk.hear(incident(3, 52))
    assert (update.kind, update.severity, update.supersedes) == ("update", "severe", first.id)
    assert "52, passed 50" in update.reason


def test_correction_below_a_step_is_an_update_and_below_the_threshold_a_cancellation() -> None:
    desk = Desk(CASUALTY)
    desk.hear(incident(1, 60))
    (down,) = desk.hear(incident(2, 20))
    assert (down.kind, down.reason) == ("update", "killed is at least 20, fell back to 10")
    (cancel,) = desk.hear(incident(3, 8, exact=True))
    assert (cancel.kind, cancel.supersedes) == ("cancel", down.id)
    assert cancel.reason == "killed is 8, below the threshold 10"
    assert desk.hear(incident(4, 7)) == []


def test_alert_after_a_cancellation_has_an_id_of_its_own() -> None:
    desk = Desk(CASUALTY)
    (first,) = desk.hear(incident(1, 12))
    (cancel,) = desk.hear(incident(2, 8))
    (second,) = desk.hear(incident(3, 12))
    assert second.kind == "alert"
    assert second.supersedes == cancel.id
    assert len({first.id, cancel.id, second.id}) == 3


def test_retraction_of_all_reports_cancels() -> None:
    desk = Desk(CASUALTY)
    desk.hear(incident(1, 12))
    (cancel,) = desk.hear(incident(2, None, when="background", publishers=0, closed=True))
    assert cancel.kind == "cancel"
    assert "retracted" in cancel.reason


def test_merged_incident_cancels_and_names_the_survivor() -> None:
    desk = Desk(CASUALTY)
    desk.hear(incident(1, 12))
    (cancel,) = desk.hear(incident(2, 12, closed=True, merged_into="i2"))
    assert (cancel.kind, cancel.reason) == ("cancel", "merged into incident i2")


def test_incident_that_only_grew_old_says_nothing() -> None:
    desk = Desk(CASUALTY)
    (first,) = desk.hear(incident(1, 12))
    assert desk.hear(incident(2, 12, closed=True)) == []
    assert desk.state is not None
    assert desk.state.rules["test-rule"].alert == first.id


def test_nothing_fires_on_background() -> None:
    assert Desk(CASUALTY).hear(incident(1, 4000, when="background")) == []


def test_withdrawal_is_announced_confirmed_and_denied() -> None:
    desk = Desk(WITHDRAWAL)
    kind = {"type": "troop_withdrawal", "place": AFGHANISTAN}
    assert desk.hear(incident(1, status="proposed", **kind)) == []
    (alert,) = desk.hear(incident(2, status="announced", confirmed=False, **kind))
    assert alert.reason == "troop withdrawal announced, unconfirmed"
    (confirmed,) = desk.hear(incident(3, status="announced", confirmed=True, **kind))
    assert (confirmed.kind, confirmed.reason) == ("update", "confirmed")
    (begun,) = desk.hear(incident(4, status="ongoing", confirmed=True, **kind))
    assert begun.reason == "now ongoing, was announced"
    (cancel,) = desk.hear(incident(5, status="denied", confirmed=True, **kind))
    assert (cancel.kind, cancel.reason) == ("cancel", "it is now denied")


def test_going_on_and_done_are_one_to_a_subscriber() -> None:
    desk = Desk(CASUALTY)
    (first,) = desk.hear(incident(1, 12, status="happened"))
    assert first.kind == "alert"
    assert desk.hear(incident(2, 12, status="ongoing")) == []
    assert desk.hear(incident(3, 12, status="happened")) == []


def test_refined_place_is_an_update_and_a_vaguer_one_is_not() -> None:
    desk = Desk(CASUALTY)
    desk.hear(incident(1, 12, place=AFGHANISTAN))
    (update,) = desk.hear(incident(2, 12, place=KABUL))
    assert update.reason == "place is Kabul, was Afghanistan"
    assert desk.hear(incident(3, 12, place=AFGHANISTAN)) == []
    assert desk.hear(incident(4, 12, place=HERAT)) == []


def test_update_waits_until_the_quiet_time_is_over() -> None:
    desk = Desk(CASUALTY.replace("quiet: 0s", "quiet: 2h"))
    desk.hear(incident(1, 12, hours=0))
    assert desk.hear(incident(2, 52, hours=1)) == []
    (update,) = desk.hear(incident(3, 53, hours=2))
    assert "passed 50" in update.reason


def test_cancellation_does_not_wait() -> None:
    desk = Desk(CASUALTY.replace("quiet: 0s", "quiet: 2h"))
    desk.hear(incident(1, 12, hours=0))
    assert [one.kind for one in desk.hear(incident(2, 5, hours=1))] == ["cancel"]


def test_clock_that_jumps_back_raises_no_second_alert() -> None:
    desk = Desk(CASUALTY)
    desk.hear(incident(1, 12, hours=5))
    assert desk.hear(incident(2, 12, hours=-9000)) == []


def test_older_revision_says_nothing() -> None:
    desk = Desk(CASUALTY)
    desk.hear(incident(3, 12))
    assert desk.hear(incident(2, 9)) == []


def test_changed_rules_cancel_what_no_longer_holds() -> None:
    desk = Desk(CASUALTY)
    desk.hear(incident(1, 12))
    desk.rules = read(CASUALTY.replace("low: 10", "low: 40").replace("[10, 50", "[40, 50"), "t")
    (cancel,) = desk.hear(incident(1, 12))
    assert cancel.reason == "killed is at least 12, below the threshold 40"


def test_removed_rule_cancels_its_alert() -> None:
    desk = Desk(CASUALTY)
    desk.hear(incident(1, 12))
    desk.rules = read(WITHDRAWAL.replace("test-rule", "other-rule"), "t")
    (cancel,) = desk.hear(incident(2, 12))
    assert (cancel.rule, cancel.reason) == ("test-rule", "the rule is no longer in force")


@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ("countries: [IQ]", {}),
        ("regions: [africa]", {}),
        ("publishers: 2", {}),
        ("confirmed: true", {}),
        ("confirmed: false", {}),
        ("actors: [{country: US}]", {"actors": (Actor(text="fighters", country="AF"),)}),
        ("toll: {injured: {best: 1}}", {}),
        ("when: injured.best > 0", {}),
        ("when: actors.exists(a, a.role == 'MIL')", {}),
    ],
)
def test_condition_that_is_not_met_keeps_quiet(condition: str, changes: dict[str, Any]) -> None:
    assert Desk(f"{HEAD}    {condition}\n").hear(incident(1, 12, **changes)) == []


@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ("countries: [AF]", {}),
        ("regions: [southern asia]", {}),
        ("publishers: 2", {"publishers": 2}),
        ("confirmed: true", {"confirmed": True}),
        ("actors: [Taliban]", {"actors": (Actor(text="the Taliban movement"),)}),
        ("actors: [{role: MIL}]", {"targets": (Actor(text="soldiers", role="MIL"),)}),
        ("toll: {killed: {high: 500}}", {}),
        ("when: killed.low >= 12 && country == 'AF'", {}),
        ("when: actors.exists(a, a.role == 'MIL')", {"actors": (Actor(text="x", role="MIL"),)}),
        ("when: headline.matches('^t$')", {}),
    ],
)
def test_condition_that_is_met_speaks(condition: str, changes: dict[str, Any]) -> None:
    assert len(Desk(f"{HEAD}    {condition}\n").hear(incident(1, 12, **changes))) == 1


def test_expression_that_fails_keeps_the_state_and_is_named() -> None:
    rules = read(f"{HEAD}    when: 10 / (publishers - 7) < 0\n", "t")
    first = decide(rules, incident(1, 12), None, at(0))
    assert [alert.kind for alert in first.alerts] == ["alert"]
    failed = decide(rules, incident(2, 12, publishers=7), first.state, at(0))
    assert failed.alerts == ()
    assert failed.state.rules == first.state.rules
    assert failed.errors[0].startswith("test-rule: the expression cannot be evaluated")


def test_of_a_forgotten_incident_nothing_is_said_when_its_records_are_read_again() -> None:
    desk = Desk(CASUALTY)
    desk.hear(incident(1, 12))
    assert desk.state
    desk.state = replace(desk.state, rules={}, forgotten=at(900))
    assert desk.hear(incident(1, 12)) == []
    assert desk.hear(incident(2, 60)) == []


def test_two_rules_speak_apart() -> None:
    both = CASUALTY + CASUALTY.removeprefix("rules:\n").replace("test-rule", "second")
    alerts = Desk(both).hear(incident(1, 12))
    assert [one.rule for one in alerts] == ["test-rule", "second"]
    assert len({one.id for one in alerts}) == 2


def test_ids_are_of_rule_incident_and_what_crossed() -> None:
    (one,) = Desk(CASUALTY).hear(incident(1, 12))
    (same,) = Desk(CASUALTY).hear(replace(incident(7, 13), headline="another"))
    (step,) = Desk(CASUALTY).hear(incident(1, 52))
    assert one.id == same.id != step.id


def test_an_alert_carries_the_severities_told_since_it_was_raised() -> None:
    desk = Desk(CASUALTY)
    (first,) = desk.hear(incident(1, killed=52))
    (down,) = desk.hear(incident(2, killed=12))
    (cancel,) = desk.hear(incident(3, killed=2))
    (second,) = desk.hear(incident(4, killed=11))
    assert (first.severity, first.told) == ("severe", ())
    assert (down.severity, down.told) == ("moderate", ("severe",))
    assert (cancel.kind, cancel.told) == ("cancel", ("severe", "moderate"))
    assert (second.kind, second.told) == ("alert", ())
