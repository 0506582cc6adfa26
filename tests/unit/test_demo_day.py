"""The demo's day is sound data, and its feeds show what it says, when it says it."""

import json
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from wirewatch.demo.day import Day, load_day
from wirewatch.demo.render import ATOM, render
from wirewatch.demo.server import FeedServer

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
        assert 60 <= len(item.text.split()) <= 300, item.slug
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
