"""What only shows where rules and learned heads meet: the reader as it ships, on small articles."""

from __future__ import annotations

import pytest

from tests.unit.extraction.reading import article
from wirewatch.extraction import read
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
