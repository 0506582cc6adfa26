"""The demo's day is sound data, and its feeds show what it says, when it says it."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from wirewatch.config.settings import Settings
from wirewatch.config.sources import load_settings
from wirewatch.demo.day import Day, load_day
from wirewatch.demo.files import write_feeds, write_rules
from wirewatch.demo.outcome import complete, differences
from wirewatch.demo.render import ATOM, render
from wirewatch.demo.run import Seen
from wirewatch.demo.server import FeedServer
from wirewatch.demo.service import environment
from wirewatch.demo.summary import summary
from wirewatch.feeds import registry
from wirewatch.model import Alert, AlertTimes, Incident, Place, Report
from wirewatch.rules import read as read_rules

TUESDAY = date(2026, 3, 3)


@pytest.fixture(scope="module")
def day() -> Day:
    return load_day(TUESDAY)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"{TUESDAY}T{clock}:00+00:00")


def test_every_article_has_an_outlet_a_url_of_its_own_and_the_length_of_a_wire_report(
    day: Day,
) -> None:
    assert {story.outlet for story in day.stories} == set(day.outlets)
    assert len({story.slug for story in day.stories}) == len(day.stories)
    for item in day.visible(at("23:59")):
        assert 90 <= len(item.text.split()) <= 300, item.slug
        assert "{" not in item.title + item.text


def test_weekdays_follow_the_date() -> None:
    for offset in range(1, 8):
        day = load_day(date(2026, 3, offset))
        first = day.visible(datetime(2026, 3, offset, 23, tzinfo=UTC))[0]
        assert f"{day.date:%A}" in first.text


def test_articles_appear_and_change_at_their_minute(day: Day) -> None:
    def titles(clock: str) -> set[str]:
        return {item.title for item in day.visible(at(clock))}

    assert "Twelve dead after explosion at Quetta bus station" not in titles("09:29")
    assert "Twelve dead after explosion at Quetta bus station" in titles("09:30")
    assert "Twelve dead after explosion at Quetta bus station" not in titles("16:10")
    assert "Forty-three dead after explosion at Quetta bus station" in titles("16:10")
    assert [item.slug for item in day.changes(at("16:10"))] == ["twelve-dead-in-quetta"]


def test_each_moment_changes_something(day: Day) -> None:
    moments = day.moments()
    assert moments == sorted(moments)
    assert all(day.changes(moment) for moment in moments)


@pytest.mark.parametrize("outlet", ["halden-wire", "port-courier", "meridian-post"])
def test_feeds_hold_the_articles(day: Day, outlet: str) -> None:
    shown = [item for item in day.visible(at("23:00")) if item.outlet == outlet]
    body = render(day.outlets[outlet], shown)
    titles = {
        "rss": lambda: [e.text for e in ET.fromstring(body).iterfind("channel/item/title")],
        "atom": lambda: [
            e.text for e in ET.fromstring(body).iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}title")
        ],
        "json": lambda: [item["title"] for item in json.loads(body)["items"]],
    }[day.outlets[outlet].format]()
    assert titles == [item.title for item in shown]


@pytest.mark.parametrize("outlet", ["halden-wire", "port-courier", "meridian-post"])
def test_an_outlet_that_has_published_nothing_yet_has_a_feed(day: Day, outlet: str) -> None:
    assert day.outlets[outlet].name.encode() in render(day.outlets[outlet], [])


def get(url: str, headers: dict[str, str]) -> tuple[int, str | None, bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    connection.request("GET", parts.path, headers=headers)
    response = connection.getresponse()
    answer = response.status, response.headers["ETag"], response.read()
    connection.close()
    return answer


def test_the_server_answers_304_until_something_changes(day: Day) -> None:
    with FeedServer(day) as server:
        server.show(at("08:20"))
        status, tag, body = get(server.url("halden-wire"), {})
        assert status == 200
        assert b"kills 12" in body
        assert tag
        assert get(server.url("halden-wire"), {"If-None-Match": tag})[0] == 304
        server.show(at("15:40"))
        assert b"At least 43 dead" in get(server.url("halden-wire"), {"If-None-Match": tag})[2]
        assert get(server.url("nobody"), {})[0] == 404
        assert server.polled()["halden-wire"] == 3


def test_the_worker_gets_our_settings_and_none_of_its_owner(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WIREWATCH_PARTITIONS", "99")
    monkeypatch.setenv("WIREWATCH_RULES_FILE", "/etc/rules.yaml")
    given = Settings(
        broker="kafka://127.0.0.1:1", partitions=2, data_dir=tmp_path, allow_private_addresses=True
    )
    variables = environment(given)
    assert "WIREWATCH_RULES_FILE" not in variables
    assert variables["PATH"]
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("WIREWATCH_"):
            monkeypatch.delenv(name)
    for name, value in variables.items():
        if name.startswith("WIREWATCH_"):
            monkeypatch.setenv(name, value)
    assert load_settings() == given


def test_the_demo_runs_the_rules_that_ship_without_their_quiet_times(tmp_path: Path) -> None:
    rules = write_rules(tmp_path / "rules.yaml")
    shipped = read_rules(resources.files("wirewatch.config").joinpath("rules.yaml").read_text(), "")
    assert [rule.name for rule in rules.rules] == [rule.name for rule in shipped.rules]
    assert {rule.quiet for rule in rules.rules} == {timedelta(0)}
    assert any(rule.quiet for rule in shipped.rules)


def test_the_demo_watches_every_outlet(day: Day, tmp_path: Path) -> None:
    with FeedServer(day) as server:
        write_feeds(tmp_path / "feeds.yaml", server)
        feeds = registry.load(tmp_path / "feeds.yaml")
        assert {feed.url for feed in feeds} == {server.url(outlet) for outlet in day.outlets}
        assert {feed.interval for feed in feeds} == {1.0}


def alert(rule: str, kind: str, number: int, place: str = "Quetta", url: str = "") -> Alert:
    report = Report(
        article="a", revision=1, publisher="p", url=url, title="", published=at("08:20")
    )
    incident = Incident(
        id=place,
        revision=1,
        type="attack",
        status="happened",
        when="current",
        headline="",
        first_seen=at("08:20"),
        last_seen=at("08:20"),
        place=Place(text=place, name=place),
        reports=(report,),
    )
    times = AlertTimes(
        published=None,
        fetched=at("08:20"),
        extracted=None,
        linked=None,
        emitted=at("08:20") + timedelta(seconds=number),
    )
    return Alert(
        id=f"{rule}-{place}-{number}",
        rule=rule,
        severity="severe",
        kind=kind,  # type: ignore[arg-type]
        reason="",
        incident=incident,
        evidence=(),
        times=times,
    )


def test_the_outcome_counts_a_repeated_alert_once(day: Day) -> None:
    raised = [
        alert("mass-casualty", "alert", 1),
        alert("mass-casualty", "update", 2),
        alert("mass-casualty", "update", 2),
        alert("mass-casualty", "update", 3),
    ]
    wrong = differences(day, raised)
    assert not any("Quetta" in line for line in wrong)
    assert "missing: troop-withdrawal at Somalia: alert, cancel" in wrong
    assert not complete(day, raised)
    assert differences(day, [*raised, alert("ceasefire", "alert", 4)])[-1] == (
        "unexpected: ceasefire at Quetta: alert"
    )


def test_the_summary_names_what_stayed_silent_and_what_did_not(day: Day) -> None:
    loud = "https://kestrelnews.example/cup-final"
    seen = Seen()
    assert seen.add(alert("mass-casualty", "alert", 2, url=loud))
    assert not seen.add(alert("mass-casualty", "alert", 2, url=loud))
    lines = list(summary(day, seen))
    assert any("Kirkuk" in line and "(an anniversary)" in line for line in lines)
    assert not any("Rovers" in line for line in lines)
    assert "from an article fetched to its alert: 2.00 s (median)" in lines
    assert any(line.startswith("not as it should be: missing") for line in lines)
