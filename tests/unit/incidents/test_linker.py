"""The linker on the situations that news brings."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from wirewatch.incidents import Case, Linker, MemoryStore
from wirewatch.model import Claim, DateSpan, Event, Incident, Place

from .build import AFGHANISTAN, HERAT, KABUL, at, claim, event

MARKET = "A bomb went off at the Lorva market in Kabul, said Omar Tulan, who runs a Lorva stall."
SCHOOL = "Gunmen stormed the Pelin school in Kabul, said Rhea Vost, whose son goes to Pelin."
BAKERY = "Two men fired on the Moren bakery in Herat, the baker Saba Quill said at Moren hospital."


def run(*events: Event, linker: Linker | None = None) -> list[Incident]:
    """Link in this order; the incidents as last published, those that still stand first."""
    linker = linker or Linker(MemoryStore())
    told: dict[str, Incident] = {}
    for number, one in enumerate(events):
        for incident in linker.link(one, at(number)):
            told[incident.id] = incident
    return sorted(told.values(), key=lambda incident: (incident.merged_into or "", incident.id))


def own(text: str, name: str) -> str:
    """``text`` with enough of the reporter's own words that it is no copy."""
    return f"{text} " + " ".join(f"{name}{number} words" for number in range(12))


def market(name: str, hours: float, *claims: Claim, **more: Any) -> Event:
    title = "Bomb kills many at Kabul market"
    return event(name, hours, *claims, title=title, text=own(MARKET, name), **more)


def school(name: str, hours: float, *claims: Claim, **more: Any) -> Event:
    title = "Gunmen storm school in Kabul"
    return event(name, hours, *claims, title=title, text=own(SCHOOL, name), **more)


def test_day_of_a_plan_or_a_denial_tells_no_incidents_apart() -> None:
    plan = {"type": "troop_withdrawal", "title": "Kenya to withdraw troops from Somalia"}
    planned = event("a", 0, status="announced", date="2031-12-31", **plan)
    denied = event("b", 8, status="denied", date="2031-03-04", **plan)
    (incident,) = run(planned, denied)
    assert incident.status == "denied"


def test_who_still_tells_of_the_plan_does_not_undo_what_is_done() -> None:
    truce = {"type": "ceasefire", "title": "Truce at Lorva signed"}
    signed = event("a", 0, status="happened", **truce)
    (incident,) = run(signed, event("b", 2, status="announced", **truce))
    assert incident.status == "happened"


def test_what_an_article_leads_with_outweighs_a_denial_further_down() -> None:
    talks = {"type": "talks", "title": "Talks in Kabul", "status": "happened"}
    first = event("a", 0, **talks)
    later = replace(
        event("a", 0, **{**talks, "status": "denied"}), id="later",
        evidence=replace(first.evidence, start=200, end=210),
    )  # fmt: skip
    (incident,) = run(first, later)
    assert incident.status == "happened"


def test_first_report_opens_an_incident_and_a_second_joins_it() -> None:
    linker = Linker(MemoryStore())
    (first,) = linker.link(market("a", 0, claim("killed", 9)), at(0))
    (second,) = linker.link(market("b", 1, claim("killed", 12)), at(1))
    assert second.id == first.id
    assert (first.revision, second.revision) == (1, 2)
    assert (first.tolls["killed"].best, second.tolls["killed"].best) == (9, 12)
    assert second.publishers == 2
    assert "killed 9 → 12" in second.changed


def test_same_event_again_changes_nothing() -> None:
    linker = Linker(MemoryStore())
    linker.link(market("a", 0, claim("killed", 9)), at(0))
    linker.link(market("b", 1, claim("killed", 12)), at(1))
    assert linker.link(market("a", 0, claim("killed", 9)), at(5)) == ()
    assert linker.link(market("b", 1, claim("killed", 12)), at(5)) == ()


def test_two_bombings_in_one_city_on_one_day_stay_two() -> None:
    incidents = run(market("a", 0), school("b", 1), market("c", 2), school("d", 3))
    assert [len(incident.reports) for incident in incidents] == [2, 2]


def test_the_same_city_on_another_day_is_another_incident() -> None:
    again = event("b", 50, title="Bomb kills many at Kabul market", date="2031-03-06")
    assert len(run(event("a", 0, title="Bomb kills many at Kabul market"), again)) == 2


def test_another_city_on_the_same_day_is_another_incident() -> None:
    assert len(run(market("a", 0), event("b", 1, place=HERAT, title="Bomb kills in Herat"))) == 2


SPOKESMEN = "said Omar Tulan and Rhea Vost, the spokesmen."


def test_the_same_spokesmen_on_another_day_speak_of_another_attack() -> None:
    told = [
        event("a", 6, title="Blast kills three in Kabul", text=named("blast", "A")),
        event("b", 50, title="Gunmen attack a Kabul ministry", text=named("attack", "B"),
              date="2031-03-06"),
    ]  # fmt: skip
    assert len(run(*told)) == 2


def named(what: str, names: str) -> str:
    """A report of the one spokesmen and of a dozen people of its own."""
    return f"An {what}, {SPOKESMEN} " + " ".join(f"so {names}{n}n{n} told," for n in "abcdefghijkl")


def place(name: str, country: str, lat: float, lon: float) -> Place:
    return Place(text=name, name=name, country=country, lat=lat, lon=lon, precision="city")


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (place("Kabul", "PK", 33.0, 70.5), 1),
        (place("Lorva", "PE", -12.0, -77.0), 1),
        (place("Parachinar", "PK", 33.9, 70.1), 2),
    ],
)
def test_country_that_the_reader_may_have_mistaken_parts_no_reports(
    other: Place, count: int
) -> None:
    assert len(run(market("a", 0), market("b", 1, place=other))) == count


def test_talks_in_two_countries_are_two_whatever_words_they_share() -> None:
    talks = {"type": "talks", "title": "Ministers meet", "text": MARKET}
    lima = place("Lima", "PE", -12.0, -77.0)
    assert len(run(event("a", 0, **talks), event("b", 1, place=lima, **talks))) == 2


def test_two_incidents_of_one_article_stay_two() -> None:
    first = market("a", 0, claim("killed", 9), article="x")
    second = replace(school("b", 0, claim("killed", 3)), article=first.article)
    third = market("c", 1, claim("killed", 9))
    assert [len(one.reports) for one in run(first, second, third)] in ([2, 1], [1, 2])


def test_two_events_of_one_article_that_agree_are_one_incident() -> None:
    first = market("a", 0, claim("killed", 9), article="x")
    second = replace(market("b", 0, claim("injured", 30), date=None), article=first.article)
    (incident,) = run(first, second)
    assert set(incident.tolls) == {"killed", "injured"}


def test_second_event_of_an_article_never_takes_the_first_ones_incident() -> None:
    for name in "zyxwv":
        first = event("m", 0, claim("killed", 9), article="x")
        second = replace(event(name, 0, date=None), article=first.article)
        third = replace(event(f"0{name}", 0, date=None), article=first.article)
        (incident,) = run(second, first, third)
        assert incident.merged_from == ()


def test_follow_up_a_week_later_joins() -> None:
    incidents = run(market("a", 0, claim("killed", 9)), market("b", 7 * 24, claim("killed", 11)))
    assert len(incidents) == 1
    assert incidents[0].tolls["killed"].best == 11


def test_place_is_refined_from_country_to_city() -> None:
    (incident,) = run(market("a", 0, place=AFGHANISTAN), market("b", 1))
    assert incident.place == KABUL
    assert "place Afghanistan → Kabul" in incident.changed


def test_event_without_place_or_date_is_linked_by_its_words() -> None:
    nowhere = market("b", 1, place=None, date=None)
    first = market("a", 0, place=None, date=None)
    (incident,) = run(first, nowhere)
    assert incident.place is None
    assert incident.date is None
    assert len(incident.reports) == 2


def test_background_mention_of_an_open_incident_joins_it() -> None:
    (incident,) = run(market("a", 0, claim("killed", 9)),
                      market("b", 1, claim("killed", 90), when="background"))  # fmt: skip
    assert len(incident.reports) == 2
    assert incident.tolls["killed"].best == 9
    assert [kept.claim.value for kept in incident.tolls["killed"].claims] == [9, 90]


def test_background_mention_of_an_unknown_incident_is_not_published() -> None:
    store = MemoryStore()
    assert Linker(store).link(market("a", 0, when="background"), at(0)) == ()
    assert [case.incident.when for case in store.items()] == ["background"]


def test_background_mention_that_came_first_is_found_by_the_news() -> None:
    incidents = run(market("a", 0, when="background"), market("b", 1))
    assert len(incidents) == 1
    assert len(incidents[0].reports) == 2


def test_total_of_a_war_never_enters_a_toll() -> None:
    years = DateSpan(start="2029-01-01", end="2031-03-04", precision="year")
    total = replace(market("b", 1, claim("killed", 9000)), date=years)
    told = run(market("a", 0, claim("killed", 9)), total, market("c", 2, claim("killed", 9)))
    assert sorted((one.tolls["killed"].best, len(one.reports)) for one in told) == [
        (9, 2),
        (9000, 1),
    ]


@pytest.mark.parametrize(("killed", "count"), [(9, 1), (31, 2)])
def test_last_year_joins_the_incident_whose_figure_it_gives(killed: int, count: int) -> None:
    year = DateSpan(start="2031-01-01", end="2031-12-31", precision="year")
    vague = replace(market("b", 1, claim("killed", killed)), date=year)
    assert len(run(market("a", 0, claim("killed", 9)), vague)) == count


def test_place_that_only_the_headline_names_speaks_for_joining() -> None:
    linker = Linker(MemoryStore())
    linker.link(market("a", 0), at(0))
    (incident,) = linker.link(market("b", 1, place=None), at(1))
    assert linker.why(incident.id)[0][3]["place_named"] > 0


def test_edit_from_12_to_43_retracts_the_old_figure_and_keeps_it() -> None:
    (incident,) = run(market("a", 0, claim("killed", 12)),
                      market("a", 0, claim("killed", 43), revision=2))  # fmt: skip
    toll = incident.tolls["killed"]
    assert (toll.best, toll.low, toll.high) == (43, 43, 43)
    assert [(kept.claim.value, kept.retracted) for kept in toll.claims] == [(12, True), (43, False)]


def test_older_revision_that_comes_late_does_not_win() -> None:
    (incident,) = run(market("a", 0, claim("killed", 43), revision=2),
                      market("a", 0, claim("killed", 12)))  # fmt: skip
    assert incident.tolls["killed"].best == 43


def test_withdrawn_article_leaves_no_standing_figure() -> None:
    gone = replace(market("a", 0, claim("killed", 12), revision=2), retracted=True)
    (incident,) = run(market("a", 0, claim("killed", 12)), gone)
    assert incident.tolls["killed"].best is None
    assert incident.tolls["killed"].claims[0].retracted
    assert incident.publishers == 0
    assert incident.when == "background"


def test_retraction_that_comes_before_its_event_wins_all_the_same() -> None:
    gone = replace(market("a", 0, claim("killed", 12), revision=2), retracted=True)
    assert run(gone, market("a", 0, claim("killed", 12))) == []


def bridge() -> tuple[Event, Event, Event]:
    """Two reports with little in common, and one that has much in common with both."""
    stall, lessons = MARKET.replace("in Kabul", ""), SCHOOL.replace("in Kabul", "")
    left = event("l", 0, claim("killed", 9), date=None, place=AFGHANISTAN, text=stall,
                 title="Blast at Lorva market")  # fmt: skip
    right = event("r", 1, claim("killed", 12), date=None, place=AFGHANISTAN, text=lessons,
                  title="Pelin school fired on")  # fmt: skip
    both = event("b", 2, claim("killed", 12), date=None, place=AFGHANISTAN,
                 text=f"{stall}\n{lessons}",
                 title="Blast at Lorva market and Pelin school fired on")  # fmt: skip
    return left, right, both


def test_report_that_shows_two_incidents_to_be_one_merges_them() -> None:
    left, right, both = bridge()
    linker = Linker(MemoryStore())
    opened = [one for event_ in (left, right) for one in linker.link(event_, at(1))]
    assert len({one.id for one in opened}) == 2
    told = {one.id: one for one in linker.link(both, at(2))}
    survivor, loser = (told[one.id] for one in opened)
    assert survivor.merged_from == (loser.id,)
    assert len(survivor.reports) == 3
    assert loser.closed
    assert loser.merged_into == survivor.id


def test_merger_ends_when_the_report_behind_it_is_withdrawn() -> None:
    left, right, both = bridge()
    linker = Linker(MemoryStore())
    for one in (left, right, both):
        linker.link(one, at(2))
    gone = replace(both, retracted=True, article=replace(both.article, revision=2))
    told = linker.link(gone, at(3))
    standing = [one for one in told if not one.closed]
    assert len(standing) == 2
    assert all(one.merged_into is None and one.merged_from == () for one in standing)


def test_incident_closes_when_nothing_is_heard_of_it_and_takes_no_more() -> None:
    linker = Linker(MemoryStore(), open_for=timedelta(days=2))
    (first,) = linker.link(market("a", 0), at(0))
    told = linker.link(market("b", 24 * 3), at(24 * 3))
    assert [(one.id == first.id, one.closed) for one in told] == [(True, True), (False, False)]
    assert linker.open_events == 1


def test_event_of_a_closed_incident_is_still_known() -> None:
    linker = Linker(MemoryStore(), open_for=timedelta(days=2))
    linker.link(market("a", 0), at(0))
    linker.link(school("b", 24 * 3, date="2031-03-07"), at(24 * 3))
    assert linker.link(market("a", 0), at(24 * 3)) == ()


def test_incident_is_forgotten_after_the_longer_time() -> None:
    store = MemoryStore()
    linker = Linker(store, open_for=timedelta(days=2), keep_for=timedelta(days=4))
    linker.link(market("a", 0), at(0))
    linker.link(school("b", 24 * 5), at(24 * 5))
    assert len(store.items()) == 1


def test_what_was_published_and_is_forgotten_is_told_once() -> None:
    linker = Linker(MemoryStore(), open_for=timedelta(days=2), keep_for=timedelta(days=4))
    (first,) = linker.link(market("a", 0), at(0))
    linker.link(school("b", 0, when="background"), at(0))
    assert linker.forgotten == ()
    linker.link(event("c", 24 * 5, place=HERAT, date="2031-03-09"), at(24 * 5))
    assert linker.forgotten == (first.id,)
    linker.link(event("d", 24 * 5, place=HERAT, date="2031-03-09"), at(24 * 5))
    assert linker.forgotten == ()


def test_clock_that_jumps_back_or_forth_ends_nothing() -> None:
    linker = Linker(MemoryStore())
    (first,) = linker.link(market("a", 5, claim("killed", 9)), at(5))
    (second,) = linker.link(market("b", 6, claim("killed", 12)), at(-24 * 400))
    (third,) = linker.link(market("c", 7, claim("killed", 14)), at(24 * 400))
    assert first.id == second.id == third.id
    assert third.tolls["killed"].best == 14


def test_linker_made_anew_from_its_store_goes_on_where_it_was() -> None:
    store = MemoryStore()
    (first,) = Linker(store).link(market("a", 0), at(0))
    (second,) = Linker(store).link(market("b", 1), at(1))
    assert first.id == second.id
    assert Linker(store).link(market("b", 1), at(2)) == ()


def test_case_survives_json() -> None:
    store = MemoryStore()
    Linker(store).link(market("a", 0, claim("killed", 9)), at(0))
    (case,) = store.items()
    assert msgspec.json.decode(msgspec.json.encode(case), type=Case) == case


def test_why_names_the_features_that_spoke_for_joining() -> None:
    store = MemoryStore()
    linker = Linker(store)
    linker.link(market("a", 0), at(0))
    (incident,) = linker.link(market("b", 1), at(1))
    event_, match, chance, why = linker.why(incident.id)[0]
    assert (event_, match) == ("event a", "event b")
    assert chance > 0.9
    assert why["place_same"] > 0
    assert why["date_same"] > 0


def test_crowd_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wirewatch.incidents.grouping.MOST_TOGETHER", 4)
    monkeypatch.setattr("wirewatch.incidents.linker.MOST_HEARD", 8)
    store = MemoryStore()
    linker = Linker(store)
    for number in range(12):
        linker.link(market(f"e{number}", number / 100), at(3))
    (case,) = store.items()
    assert [one.event.id for one in case.heard] == [f"event e{number}" for number in range(4, 12)]
    assert linker.open_events == 8


TEXTS = [
    ("Bomb kills many at Kabul market", MARKET, KABUL),
    ("Gunmen storm school in Kabul", SCHOOL, KABUL),
    ("Bakery fired on in Herat", BAKERY, HERAT),
    ("Lorva market bomb", MARKET, AFGHANISTAN),
    ("Pelin school and Lorva market hit", f"{MARKET} {SCHOOL}", KABUL),
]


@st.composite
def reports(draw: st.DrawFn) -> list[Event]:
    """Up to nine events, some of them revisions, retractions, background or without a date."""
    made = []
    for number in range(draw(st.integers(2, 9))):
        title, text, place = draw(st.sampled_from(TEXTS))
        one = event(
            f"{number}", draw(st.integers(0, 40)) / 4,
            claim("killed", draw(st.sampled_from([3, 9, 12, 43])),
                  source=draw(st.sampled_from([None, "police", "social media"])),
                  modifier=draw(st.sampled_from(["exact", "at_least"]))),
            title=title, text=text, place=place,
            publisher=draw(st.sampled_from(["one.example", "two.example", "three.example"])),
            date=draw(st.sampled_from(["2031-03-04", "2031-03-04", None])),
            when=draw(st.sampled_from(["current", "current", "current", "background"])),
        )  # fmt: skip
        made.append(one)
        if draw(st.integers(0, 4)) == 0:
            article = replace(one.article, revision=2)
            gone = draw(st.booleans())
            made.append(replace(one, article=article, retracted=gone,
                                claims=(claim("killed", 20),)))  # fmt: skip
    return made


def canonical(store: MemoryStore) -> list[Incident]:
    """What stands, without the ids and revision numbers that depend on which report came first."""
    told = [
        replace(case.incident, id="", revision=0, changed=(), merged_from=())
        for case in store.items()
        if not case.incident.merged_into
    ]
    return sorted(told, key=lambda one: str(one.reports) + str(one.tolls))


@settings(max_examples=40, deadline=None)
@given(reports(), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_incidents_and_tolls(events: list[Event], random: Random) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)
    stores = []
    for order in (events, shuffled):
        store = MemoryStore()
        linker = Linker(store)
        for one in order:
            linker.link(one, at(50))
        stores.append(canonical(store))
    assert stores[0] == stores[1]


@settings(max_examples=20, deadline=None)
@given(reports(), st.integers(0, 8))
def test_replay_and_restart_change_nothing(events: list[Event], cut: int) -> None:
    straight, broken = MemoryStore(), MemoryStore()
    linker = Linker(straight)
    for one in events:
        linker.link(one, at(50))
    for one in events[:cut]:
        Linker(broken).link(one, at(50))
    again = Linker(broken)
    for one in events:
        again.link(one, at(50))
    assert canonical(straight) == canonical(broken)
    assert all(again.link(one, at(50)) == () for one in events)
