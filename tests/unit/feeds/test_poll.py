"""One check of one feed against a real HTTP server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import msgspec
import pytest
from aiohttp import web

from tests.unit.feeds.conftest import Site
from tests.unit.feeds.documents import item, rss
from wirewatch.feeds import Feed, FeedState, Fetcher, poll

HOUR = timedelta(hours=1)


def feed_of(site: Site, path: str = "/feed", **fields: object) -> Feed:
    return msgspec.convert({"url": site.url(path), "name": "Example Wire", **fields}, Feed)


async def test_first_poll_publishes_and_sets_the_next_check(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    site.set(body=rss(item()))
    result = await poll(feed_of(site), FeedState(), fetcher, now)
    assert result.outcome == "articles"
    (article,) = result.articles
    assert article.title == "Ferry sinks off Port Amity"
    assert article.revision == 1
    assert article.previous is None
    assert article.publisher == "news.example"
    assert article.published == datetime.fromisoformat("2031-05-06T09:00:00+00:00")
    assert article.published_from == "entry"
    assert article.fetched_at == now
    assert article.language == "en"
    assert result.state.next_check == now + timedelta(minutes=5)


async def test_same_document_again_publishes_nothing(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    site.set(body=rss(item()))
    first = await poll(feed_of(site), FeedState(), fetcher, now)
    second = await poll(feed_of(site), first.state, fetcher, now + HOUR)
    assert (second.outcome, second.articles) == ("unchanged", ())


async def test_validators_are_sent_and_304_is_understood(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    date = "Tue, 06 May 2031 10:00:00 GMT"
    site.set(body=rss(item()), headers={"ETag": '"v1"', "Last-Modified": date})
    first = await poll(feed_of(site), FeedState(), fetcher, now)
    site.set(status=304, headers={"Cache-Control": "max-age=600"})
    second = await poll(feed_of(site), first.state, fetcher, now + HOUR)
    assert site.requests[-1].headers["If-None-Match"] == '"v1"'
    assert site.requests[-1].headers["If-Modified-Since"] == date
    assert second.outcome == "not_modified"
    assert second.state.next_check == now + HOUR + timedelta(minutes=10)
    assert second.state.seen == first.state.seen
    third = await poll(feed_of(site), second.state, fetcher, now + 25 * HOUR)
    assert "If-None-Match" not in site.requests[-1].headers
    assert third.outcome == "http_error"


async def test_revision_carries_the_former_text(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    site.set(body=rss(item(text="A bomb killed 12 people in Port Amity.")))
    first = await poll(feed_of(site), FeedState(), fetcher, now)
    site.set(body=rss(item(text="A bomb killed 43 people in Port Amity.")))
    second = await poll(feed_of(site), first.state, fetcher, now + HOUR)
    (article,) = second.articles
    assert article.id == first.articles[0].id
    assert article.revision == 2
    assert article.previous is not None
    assert article.previous.text == "A bomb killed 12 people in Port Amity."
    assert article.content_hash != first.articles[0].content_hash


@pytest.mark.parametrize(("status", "outcome"), [(500, "http_error"), (404, "http_error")])
async def test_errors_back_off_and_come_back(
    site: Site, fetcher: Fetcher, now: datetime, status: int, outcome: str
) -> None:
    site.set(status=status)
    state, waits = FeedState(), []
    for _ in range(4):
        result = await poll(feed_of(site), state, fetcher, now)
        state = result.state
        assert result.outcome == outcome
        assert state.next_check is not None
        waits.append((state.next_check - now).total_seconds() / 300)
    for count, wait in enumerate(waits):
        assert 0.75 <= wait / 2**count <= 1.25
    site.set(body=rss(item()))
    result = await poll(feed_of(site), state, fetcher, now)
    assert (result.outcome, result.state.failures) == ("articles", 0)


@pytest.mark.parametrize(
    "case",
    [
        ("<ttl>20</ttl>", {}, 20),
        ("<ttl>20</ttl>", {"Cache-Control": "max-age=1500"}, 25),
        (
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            {},
            15,
        ),
        ("<skipHours><hour>12</hour></skipHours>", {}, 60),
        ("<ttl>99999999999</ttl>", {"Cache-Control": "max-age=99999999999999"}, 30),
        ("<ttl>-5</ttl>", {}, 5),
        ("<ttl>0</ttl>", {"Cache-Control": "max-age=-1"}, 5),
        ("<ttl>soon</ttl><sy:updatePeriod>weakly</sy:updatePeriod>", {}, 5),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            {},
            30,
        ),
        (f"<skipHours>{''.join(f'<hour>{n}</hour>' for n in range(24))}</skipHours>", {}, 5),
        ("<skipHours><hour>36</hour><hour>-1</hour><hour>noon</hour></skipHours>", {}, 5),
    ],
)
async def test_what_a_document_says_of_its_rhythm_sets_the_next_check(
    site: Site, fetcher: Fetcher, now: datetime, case: tuple[str, dict[str, str], int]
) -> None:
    channel, headers, minutes = case
    site.set(body=rss(item(), channel=channel), headers=headers | {"ETag": '"1"'})
    first = await poll(feed_of(site), FeedState(), fetcher, now)
    assert first.state.next_check == now + timedelta(minutes=minutes)
    site.set(status=304, headers=headers)
    again = await poll(feed_of(site), first.state, fetcher, now)
    assert again.state.next_check == now + timedelta(minutes=minutes)


async def test_410_ends_the_feed(site: Site, fetcher: Fetcher, now: datetime) -> None:
    site.set(status=410)
    result = await poll(feed_of(site), FeedState(), fetcher, now)
    assert (result.outcome, result.state.gone, result.state.next_check) == ("gone", True, None)
    again = await poll(feed_of(site), result.state, fetcher, now + HOUR)
    assert again.outcome == "gone"
    assert len(site.requests) == 1


async def test_410_behind_a_temporary_redirect_does_not(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    site.set("/feed", status=302, headers={"Location": "/maintenance"})
    site.set("/maintenance", status=410)
    result = await poll(feed_of(site), FeedState(), fetcher, now)
    assert (result.outcome, result.state.gone) == ("http_error", False)


async def test_a_feed_that_came_back_after_410_is_listed_under_a_new_name(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    site.set(body=rss(item()))
    feed, revived = feed_of(site), feed_of(site, "/feed#again")
    before = await poll(feed, FeedState(), fetcher, now)
    after = await poll(revived, FeedState(), fetcher, now)
    assert feed.id != revived.id
    assert [one.id for one in before.articles] == [one.id for one in after.articles]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("value", ["7200", "Tue, 06 May 2031 14:00:00 GMT"])
async def test_retry_after_is_obeyed(
    site: Site, fetcher: Fetcher, now: datetime, status: int, value: str
) -> None:
    site.set(status=status, headers={"Retry-After": value})
    result = await poll(feed_of(site), FeedState(), fetcher, now)
    assert result.outcome == "throttled"
    assert result.state.next_check == now + 2 * HOUR


async def test_permanent_redirect_is_remembered_and_forgotten_when_dead(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    site.set("/feed", status=301, headers={"Location": "/moved"})
    site.set("/moved", body=rss(item()))
    first = await poll(feed_of(site), FeedState(), fetcher, now)
    assert first.state.moved_to == site.url("/moved")
    await poll(feed_of(site), first.state, fetcher, now + HOUR)
    assert [request.path for request in site.requests] == ["/feed", "/moved", "/moved"]
    site.set("/moved", status=410)
    third = await poll(feed_of(site), first.state, fetcher, now + HOUR)
    assert (third.state.moved_to, third.state.gone) == (None, False)


async def test_permanent_redirect_that_leads_to_a_304_is_remembered(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    site.set(body=rss(item()), headers={"ETag": '"v1"'})
    first = await poll(feed_of(site), FeedState(), fetcher, now)
    site.set("/feed", status=301, headers={"Location": "/moved"})
    site.set("/moved", status=304)
    second = await poll(feed_of(site), first.state, fetcher, now + HOUR)
    assert (second.outcome, second.state.moved_to) == ("not_modified", site.url("/moved"))


async def test_permanent_redirect_to_a_web_page_is_not_believed(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    site.set("/feed", status=301, headers={"Location": "/login"})
    site.set("/login", body="<html><body>Log in to the hotel network</body></html>")
    result = await poll(feed_of(site), FeedState(), fetcher, now)
    assert (result.outcome, result.state.moved_to) == ("unreadable", None)


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_temporary_redirect_is_followed_and_not_remembered(
    site: Site, fetcher: Fetcher, now: datetime, status: int
) -> None:
    site.set("/feed", status=status, headers={"Location": "/today"})
    site.set("/today", body=rss(item()))
    result = await poll(feed_of(site), FeedState(), fetcher, now)
    assert (result.outcome, result.state.moved_to) == ("articles", None)


async def test_old_entries_are_remembered_at_first_sight(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    old = item("Old", "https://news.example/old", date="Thu, 01 May 2031 09:00:00 GMT")
    site.set(body=rss(old, item()))
    result = await poll(feed_of(site), FeedState(), fetcher, now)
    assert [article.title for article in result.articles] == ["Ferry sinks off Port Amity"]
    assert len(result.state.seen) == 2
    all_of_it = await poll(feed_of(site, first_sight=1e9), FeedState(), fetcher, now)
    assert len(all_of_it.articles) == 2


async def test_nothing_of_an_outage_is_lost(site: Site, fetcher: Fetcher, now: datetime) -> None:
    site.set(body=rss(item()))
    first = await poll(feed_of(site), FeedState(), fetcher, now)
    later = item(
        "During the outage", "https://news.example/b", date="Wed, 07 May 2031 09:00:00 GMT"
    )
    archive = item("Archive", "https://news.example/c", date="Wed, 07 May 2025 09:00:00 GMT")
    site.set(body=rss(later, archive, item()))
    result = await poll(feed_of(site), first.state, fetcher, now + timedelta(days=10))
    assert [article.title for article in result.articles] == ["During the outage"]


async def test_disabled_feed_is_not_asked(site: Site, fetcher: Fetcher, now: datetime) -> None:
    result = await poll(feed_of(site, enabled=False), FeedState(), fetcher, now)
    assert result.outcome == "disabled"
    assert site.requests == []


async def test_user_agent_names_a_contact(site: Site, fetcher: Fetcher, now: datetime) -> None:
    site.set(body=rss())
    await poll(feed_of(site), FeedState(), fetcher, now)
    assert site.requests[0].headers["User-Agent"].startswith("wirewatch/")
    assert "desk@example.org" in site.requests[0].headers["User-Agent"]
    assert site.requests[0].headers["Accept-Encoding"] == "gzip, deflate, br"


async def test_state_survives_json(site: Site, fetcher: Fetcher, now: datetime) -> None:
    site.set(body=rss(item()), headers={"ETag": '"v1"'})
    result = await poll(feed_of(site), FeedState(), fetcher, now)
    wire = msgspec.json.encode(result.state)
    assert msgspec.json.decode(wire, type=FeedState) == result.state


async def test_empty_answer_and_broken_answer_are_values(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    site.set(body=b"")
    assert (await poll(feed_of(site), FeedState(), fetcher, now)).outcome == "unreadable"

    async def breaks_off(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"<rss>")
        assert request.transport is not None
        request.transport.close()
        return response

    site.on("/feed", breaks_off)
    result = await poll(feed_of(site), FeedState(), fetcher, now)
    assert (result.outcome, result.note) == ("unreachable", "the answer broke off")


@pytest.mark.parametrize("name", ["ETag", "Last-Modified", "Content-Type", "Location"])
async def test_headers_that_are_no_utf8_leave_a_state_that_can_be_written(
    fetcher: Fetcher, now: datetime, name: str
) -> None:
    head = f'HTTP/1.1 200 OK\r\n{name}: "'.encode() + b'\xff\xfe"\r\n'
    async with raw_site(head, rss(item())) as url:
        feed = Feed(url=url, name="Example Wire")
        first = await poll(feed, FeedState(), fetcher, now)
        state = msgspec.json.decode(msgspec.json.encode(first.state), type=FeedState)
        second = await poll(feed, state, fetcher, now + HOUR)
    assert (first.outcome, second.outcome) == ("articles", "unchanged")


async def test_validators_of_absurd_length_are_not_kept(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    site.set(body=rss(item()), headers={"ETag": f'"{"x" * 5000}"', "Last-Modified": "y" * 5000})
    state = (await poll(feed_of(site), FeedState(), fetcher, now)).state
    assert (state.etag, state.last_modified) == (None, None)


async def test_a_server_that_changes_its_validators_each_time_revises_nothing(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    state = FeedState()
    outcomes = []
    for number in range(3):
        channel = f"<lastBuildDate>Tue, 06 May 2031 1{number}:00:00 GMT</lastBuildDate>"
        site.set(body=rss(item(), channel=channel), headers={"ETag": f'W/"{number}"'})
        result = await poll(feed_of(site), state, fetcher, now + number * HOUR)
        state = result.state
        outcomes.append((result.outcome, state.etag))
    assert outcomes == [("articles", 'W/"0"'), ("unchanged", 'W/"1"'), ("unchanged", 'W/"2"')]


@asynccontextmanager
async def raw_site(head: bytes, body: str) -> AsyncIterator[str]:
    """A server whose every answer is these bytes; gives its address."""
    data = body.encode()
    answer = head + f"Content-Length: {len(data)}\r\n\r\n".encode() + data

    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(reply, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
