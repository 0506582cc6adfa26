"""What only shows where rules and learned heads meet: the reader as it ships, on small articles."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.extraction.reading import article, listed
from wirewatch.extraction import read
from wirewatch.extraction.pipeline import shipped
from wirewatch.model import Event

FLOOD = (
    "Floods force 90,000 people from their homes in Nepal",
    (
        "Floods in southern Nepal have forced about 90,000 people from their homes in and around "
        "the city of Janakpur, officials said on Tuesday."
    ),
)
DENIAL = (
    "Uganda denies plan to withdraw troops from Somalia",
    (
        "KAMPALA - Uganda's government denied on Tuesday that it would withdraw 800 troops from "
        'Somalia. "There is no plan to withdraw our soldiers from Somalia," the minister told '
        "reporters in Kampala."
    ),
)
PLAN = (
    "Uganda to withdraw 800 troops from Somalia",
    (
        "KAMPALA - Uganda will withdraw about 800 of its 2,400 troops from Somalia by the end of "
        "the year, the army said on Tuesday."
    ),
)
MEMORIAL = (
    "Mosul remembers 40 killed in bombing eight years ago",
    (
        "MOSUL - Families met on Tuesday to remember the 40 people who were killed there by a car "
        "bomb eight years ago. The bombing wounded more than 90 people and was one of the "
        "bloodiest in the city's history."
    ),
)


def events(told: tuple[str, str]) -> tuple[Event, ...]:
    title, text = told
    return read(article(text, title))


@pytest.mark.parametrize(
    ("told", "name"), [(FLOOD, "Janakpur"), (DENIAL, "Somalia")], ids=["city", "left"]
)
def test_the_place_is_as_near_as_it_is_told(told: tuple[str, str], name: str) -> None:
    assert {event.place.name for event in events(told) if event.place} == {name}


@pytest.mark.parametrize("row", listed("where"))
def test_where_it_took_place(row: dict[str, Any]) -> None:
    found = {
        (event.place and event.place.text, event.country)
        for event in events(("", row["say"]))
        if event.type == row["type"]
    }
    assert found == {(row.get("place"), row.get("country"))}


def test_so_many_of_its_troops_leave_and_the_rest_is_its_strength() -> None:
    (event,) = events(PLAN)
    assert (event.type, event.status) == ("troop_withdrawal", "announced")
    assert {claim.value for claim in event.claims} == {800}


def test_a_denial_with_words_between_is_one() -> None:
    assert {event.status for event in events(DENIAL)} == {"denied"}


def test_what_is_dated_years_ago_is_history() -> None:
    found = events(MEMORIAL)
    assert found
    assert {event.when for event in found} == {"background"}


BRIEF = "Rebels attacked a convoy near Aleppo on Tuesday and killed nine soldiers, the army said."
GARDENS = (
    "The town's gardens open again on Saturday, and the head gardener says that they have never "
    "looked better. Visitors will find three new ponds, a path for prams and a café that serves "
    "cake until five. Tickets cost 12 pounds, and children under ten pay nothing. The roses were "
    "planted by a local school, whose pupils water them every week. A brass band plays at noon. "
    "Last year was a good one for the gardens, and the council hopes for another this summer. "
)


def test_an_article_without_news_of_the_kind_is_not_read_closely() -> None:
    doc = shipped()(GARDENS)
    assert doc._.unread
    assert doc._.events == ()
    assert read(article(GARDENS)) == ()
    assert not shipped()(GARDENS + BRIEF)._.unread


def test_a_brief_is_read_whatever_its_words() -> None:
    assert [event.type for event in read(article(BRIEF))] == ["attack"]


def test_only_sentences_that_may_tell_are_encoded() -> None:
    doc = shipped()(f"{GARDENS}It rained in March. The café is closed. {BRIEF} {GARDENS}")
    said = {sentence.text.split(".")[0]: sentence for sentence in doc.sents}
    encoded = {text for text, sentence in said.items() if sentence[0].tag_}
    assert any(text.startswith("Rebels attacked") for text in encoded)
    assert not any(text.startswith("A brass band") for text in encoded)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A humanitarian pause took effect in the besieged town on Monday.", {"ceasefire"}),
        ("The last marines shipped home from the island on Monday.", {"troop_withdrawal"}),
        ("Two parties resumed coalition talks in the capital on Monday.", set()),
        ("The 14,000 troops deployed in the valley celebrated Christmas on Tuesday.", set()),
        ("Firefighters were deployed to the warehouse on Monday.", set()),
        ("Troops were deployed to the border on Monday.", {"troop_deployment"}),
    ],
)
def test_words_beyond_doubt_win_over_the_heads(text: str, told: set[str]) -> None:
    assert {event.type for event in read(article(text)) if event.when == "current"} == told


def test_a_meeting_that_was_held_has_happened() -> None:
    (event,) = read(article("NATO defence ministers opened a two-day meeting on Tuesday."))
    assert (event.type, event.status) == ("talks", "happened")


@pytest.mark.parametrize(
    "text",
    [
        "A Belgian engineer was kidnapped by four armed men on Tuesday while driving to a mine.",
        "One guard was killed by three unknown men using knives in a village in Mali on Tuesday.",
    ],
)
def test_how_many_did_it_is_no_count_of_victims(text: str) -> None:
    told = [claim for event in events(("", text)) for claim in event.claims]
    assert {claim.value for claim in told} <= {1}


def test_how_many_did_it_before_the_deed_is_no_count_either() -> None:
    told = events(("", "In Goma, three soldiers killed 14 rebels and injured nine, the army said."))
    assert {(c.kind, c.value) for e in told for c in e.claims} == {("killed", 14), ("injured", 9)}


@pytest.mark.parametrize(
    "text",
    [
        "One clerk injured when a van came under small arms fire while driving.",
        "One guard was seriously beaten when unknown perpetrators raided the compound.",
    ],
)
def test_a_deed_and_those_it_hurt_are_one_event(text: str) -> None:
    found = read(article(text, published=None))
    assert [event.type for event in found] == ["attack"]


def test_whose_the_soldiers_are_is_no_part_of_their_name() -> None:
    text = 'The minister said on Monday: "Our soldiers will leave Somalia by June."'
    (event,) = events(("", text))
    assert [actor.text for actor in event.actors] == ["soldiers"]


@pytest.mark.parametrize("number", ["two", "four"])
def test_who_kills_somebody_is_no_victim_whatever_the_tags(number: str) -> None:
    doc = shipped()(f"Soldiers killed {number} rebels near the border on Monday.")
    (event,) = doc._.events
    assert [actor.text for actor in event.actors] == ["Soldiers"]
    assert [actor.text.split()[-1] for actor in event.targets] == ["rebels"]
