"""What subscribers hear over an incident's life, from events through linking to alerts."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit.incidents.build import AFGHANISTAN, KABUL, at, claim, event
from tests.unit.rules.test_decide import CASUALTY, incident
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.model import Alert, Event, Incident, Place
from wirewatch.rules import AlertState, decide, read

MARKET = "A bomb went off at the Lorva market, said Omar Tulan, who runs a Lorva stall."
SCHOOL = "Gunmen stormed the Pelin school, said Rhea Vost, whose son goes to Pelin."
NOWHERE = Place(text="x", name=None, country=None)


class Desk:
    """Links events, decides on what changed, and keeps what a subscriber was told."""

    def __init__(self, rules: str = CASUALTY) -> None:
        self.told: list[Alert] = []
        self._linker = Linker(MemoryStore())
        self._rules = read(rules, "t")
        self._states: dict[str, AlertState] = {}

    def hear(self, *events: Event) -> list[tuple[str, str]]:
        """Kind and reason of the alerts that ``events`` lead to."""
        fresh: list[Alert] = []
        for one in events:
            for changed in self._linker.link(one, at(0)):
                before = self._states.get(changed.id)
                decision = decide(self._rules, changed, before, at(0))
                self._states[changed.id] = decision.state
                fresh += decision.alerts
        self.told += fresh
        return [(alert.kind, alert.reason) for alert in fresh]


def market(name: str, hours: float, killed: int, **more: Any) -> Event:
    said = claim("killed", killed, source=more.pop("source", None))
    fields = {"title": "Bomb kills many at Lorva market", "text": MARKET, **more}
    return event(name, hours, said, **fields)


def test_an_edit_from_12_to_43_is_an_update_and_the_withdrawal_cancels() -> None:
    desk = Desk()
    first = market("a", 0, 12)
    assert desk.hear(first) == [("alert", "killed is 12 (threshold 10)")]
    edited = market("a", 0, 72, revision=2)
    assert desk.hear(edited) == [("update", "killed is 72, passed 50")]
    gone = replace(edited, article=replace(edited.article, revision=3), retracted=True)
    assert desk.hear(gone) == [
        ("cancel", "no current report stands any more: retracted, or told as background only")
    ]
    raised, updated, cancelled = desk.told
    assert (updated.supersedes, cancelled.supersedes) == (raised.id, updated.id)


def test_a_correction_by_the_authority_that_gave_the_figure_cancels() -> None:
    desk = Desk()
    desk.hear(market("a", 0, 12, source="the health ministry"))
    corrected = market("b", 2, 9, source="the health ministry")
    assert desk.hear(corrected) == [("cancel", "killed is 9, below the threshold 10")]


def test_a_lower_figure_from_elsewhere_cancels_nothing() -> None:
    desk = Desk()
    desk.hear(market("a", 0, 12, source="the health ministry"))
    assert desk.hear(market("b", 2, 9, source="a shopkeeper")) == []


def test_a_denial_cancels() -> None:
    rules = "rules:\n  - name: t\n    description: d\n    types: [ceasefire]\n    quiet: 0s\n"
    desk = Desk(rules)
    told = {"type": "ceasefire", "title": "Truce at Lorva", "text": MARKET}
    assert desk.hear(event("a", 0, status="announced", **told))[0][0] == "alert"
    denied = [event(name, 1, status="denied", **told) for name in "bc"]
    assert desk.hear(*denied) == [("cancel", "it is now denied")]


def test_a_refined_place_is_one_update() -> None:
    desk = Desk()
    desk.hear(market("a", 0, 12, place=AFGHANISTAN))
    assert desk.hear(market("b", 1, 12, place=KABUL)) == [
        ("update", "place is Kabul, was Afghanistan")
    ]


def test_a_follow_up_a_week_later_and_a_copy_say_nothing_new() -> None:
    desk = Desk()
    desk.hear(market("a", 0, 12))
    assert desk.hear(market("b", 7 * 24, 13), market("c", 7 * 24, 13)) == []


def test_two_attacks_in_one_city_on_one_day_are_two_alerts() -> None:
    desk = Desk()
    school = event("b", 1, claim("killed", 20), title="Gunmen storm Pelin school", text=SCHOOL)
    desk.hear(market("a", 0, 12), school)
    assert len({alert.incident.id for alert in desk.told if alert.kind == "alert"}) == 2


def test_background_never_speaks_alone_nor_beside_the_news() -> None:
    desk = Desk()
    assert desk.hear(market("a", 0, 300, when="background")) == []
    assert desk.hear(market("b", 1, 3)) == []
    assert desk.hear(market("c", 2, 400, when="background")) == []


def test_an_event_without_place_and_date_speaks_where_the_rule_names_no_country() -> None:
    nowhere = market("a", 0, 12, place=None, date=None)
    assert Desk().hear(nowhere) == [("alert", "killed is 12 (threshold 10)")]
    assert Desk(f"{CASUALTY}    countries: [AF]\n").hear(nowhere) == []
    assert Desk().hear(market("a", 0, 12, place=NOWHERE)) != []


def bridge() -> tuple[Event, Event, Event]:
    """Two reports with little in common, and one that has much in common with both."""
    shared: dict[str, Any] = {"date": None, "place": AFGHANISTAN}
    left = event("l", 0, claim("killed", 12), text=MARKET, title="Blast at Lorva market", **shared)
    right = event("r", 1, claim("killed", 12), text=SCHOOL, title="Pelin school hit", **shared)
    both = event("b", 2, claim("killed", 12), text=f"{MARKET}\n{SCHOOL}",
                 title="Blast at Lorva market and Pelin school hit", **shared)  # fmt: skip
    return left, right, both


def test_a_merger_cancels_the_losers_alert_and_a_parting_raises_a_new_one() -> None:
    left, right, both = bridge()
    desk = Desk()
    desk.hear(left, right)
    survivor, loser = desk.told
    assert desk.hear(both) == [("cancel", f"merged into incident {survivor.incident.id}")]
    assert desk.told[-1].supersedes == loser.id
    assert desk.told[-1].incident.merged_into == survivor.incident.id
    gone = replace(both, retracted=True, article=replace(both.article, revision=2))
    assert [kind for kind, _ in desk.hear(gone)] == ["alert"]
    again = desk.told[-1]
    assert again.incident.id == loser.incident.id
    assert again.id != loser.id
    assert again.supersedes == desk.told[-2].id


@st.composite
def lives(draw: st.DrawFn) -> list[Incident]:
    """An incident's revisions as any linker may tell them, some of them twice or out of order."""
    count = draw(st.integers(1, 12))
    told = [
        incident(
            number + 1,
            draw(st.sampled_from([None, 0, 9, 10, 12, 49, 50, 120])),
            status=draw(st.sampled_from(["happened", "ongoing", "announced", "denied"])),
            when=draw(st.sampled_from(["current", "current", "current", "background"])),
            place=draw(st.sampled_from([None, AFGHANISTAN, KABUL])),
            confirmed=draw(st.sampled_from([None, True, False])),
            closed=draw(st.sampled_from([False, False, False, True])),
            merged_into=draw(st.sampled_from([None, None, None, "i2"])),
        )
        for number in range(count)
    ]
    repeats = draw(st.lists(st.integers(0, count - 1), max_size=6))
    order = sorted([*range(count), *repeats])
    for place in draw(st.lists(st.integers(0, len(order) - 1), max_size=2)):
        order.append(order[place])
    return [told[number] for number in order]


@settings(max_examples=200, deadline=None)
@given(lives())
def test_at_most_one_alert_is_open_and_each_names_the_one_before(told: list[Incident]) -> None:
    rules, state, alerts = read(CASUALTY, "t"), None, []
    for one in told:
        decision = decide(rules, one, state, at(0))
        alerts += decision.alerts
        state = msgspec.json.decode(msgspec.json.encode(decision.state), type=AlertState)
    assert len({alert.id for alert in alerts}) == len(alerts)
    assert [alert.supersedes for alert in alerts] == [None, *(alert.id for alert in alerts)][:-1]
    is_open = False
    for alert in alerts:
        assert is_open == (alert.kind != "alert")
        is_open = alert.kind != "cancel"
        assert alert.reason
        assert "\n" not in alert.reason
        assert alert.kind == "cancel" or alert.incident.when == "current"


@settings(max_examples=100, deadline=None)
@given(lives(), st.data())
def test_a_replay_from_any_point_repeats_ids_and_invents_none(
    told: list[Incident], data: st.DataObject
) -> None:
    """A killed worker reads again from its last commit, with the state of some later moment."""
    rules = read(CASUALTY, "t")
    states: list[AlertState | None] = [None]
    alerts: list[Alert] = []
    for one in told:
        decision = decide(rules, one, states[-1], at(0))
        states.append(decision.state)
        alerts += decision.alerts
    kept = data.draw(st.integers(0, len(told)))
    again = data.draw(st.integers(0, kept))
    state, repeated = states[kept], []
    for one in told[again:]:
        decision = decide(rules, one, state, at(5))
        state = decision.state
        repeated += decision.alerts
    assert {alert.id for alert in repeated} <= {alert.id for alert in alerts}
    assert state == states[-1]


@pytest.mark.parametrize("hours", [-9000, 9000])
def test_a_clock_that_jumps_changes_no_id_and_no_decision(hours: float) -> None:
    first = decide(read(CASUALTY, "t"), incident(1, 12), None, at(0))
    again = decide(read(CASUALTY, "t"), incident(1, 12), None, at(hours))
    assert [one.id for one in again.alerts] == [one.id for one in first.alerts]
    assert again.state == first.state
