"""The reader on sentences and small articles kept as data: see cases/*.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.extraction.reading import events, listed, number
from wirewatch.model import Event


def of_type(found: tuple[Event, ...], type_: str) -> Event:
    fitting = [event for event in found if event.type == type_]
    assert fitting, f"no {type_} among {[event.type for event in found]}"
    return fitting[0]


@pytest.mark.parametrize("row", [*listed("triggers"), *listed("phrases")])
def test_types_of_event(row: dict[str, Any]) -> None:
    found = {event.type for event in events(row["say"])}
    assert found == set(row["types"])


@pytest.mark.parametrize("row", listed("factuality"))
def test_news_and_history(row: dict[str, Any]) -> None:
    assert of_type(events(row["say"]), row["type"]).when == row["when"]


@pytest.mark.parametrize("row", listed("status"))
def test_status(row: dict[str, Any]) -> None:
    assert of_type(events(row["say"]), row["type"]).status == row["status"]


@pytest.mark.parametrize("row", listed("attribution"))
def test_attribution(row: dict[str, Any]) -> None:
    event = events(row["say"])[0]
    said = event.attribution
    assert (said.source if said else None, said.verb if said else None, event.confirmed) == (
        row["source"],
        row["verb"],
        row["confirmed"],
    )


@pytest.mark.parametrize("row", listed("parties"))
def test_parties(row: dict[str, Any]) -> None:
    event = of_type(events(row["say"]), row["type"])
    assert [actor.text for actor in event.actors] == row["actors"]
    assert [actor.text for actor in event.targets] == row["targets"]


@pytest.mark.parametrize("row", [*listed("events"), *listed("mishaps")])
def test_events_of_an_article(row: dict[str, Any]) -> None:
    found = sorted(map(told, events(row["text"], row.get("title", ""))))
    assert found == sorted(map(expected, row["events"]))


def told(event: Event) -> tuple[str, str, str, str, frozenset[str]]:
    claims = frozenset(number(claim) for claim in event.claims if claim.explicit)
    return event.type, event.when, event.status, event.country or "-", claims


def expected(line: str) -> tuple[str, str, str, str, frozenset[str]]:
    head, _, counts = line.partition(":")
    type_, when, status, country = (*head.split(), "-")[:4]
    figures = frozenset(count.strip() for count in counts.split(",") if count.strip())
    return type_, when, status, country, figures


def test_an_outbreak_that_was_declared_weeks_ago_goes_on() -> None:
    where = "Measles still spreads in Samoa, where an outbreak was declared on November 5."
    found = events(f"{where} It has killed 81 people so far.")
    assert {e.when for e in found if e.claims} == {"current"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Police have arrested a man suspected of planning the 2016 attack in Brussels.", None),
        ("Panama has detained a man accused of leading a band that bombed a bus in 1989.", None),
        ("On Monday police arrested a man over the 2016 attack.", "2018-12-24"),
        ("Police arrested a man in 2016 over the attack.", "2016-01-01"),
    ],
)
def test_day_of_an_arrest_is_not_that_of_the_deed(text: str, date: str | None) -> None:
    found = of_type(events(text), "arrest").date
    assert (found.start if found else None) == date


@pytest.mark.parametrize("row", listed("event_dates"))
def test_day_of_an_attack_is_not_that_of_the_trial(row: dict[str, Any]) -> None:
    found = of_type(events(row["say"]), "attack").date
    assert (found.start if found else None) == (str(row["date"]) if row["date"] else None)
