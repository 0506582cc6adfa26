"""Full text from article pages on a real server, and when the feed's text is better."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from aiohttp import web

from tests.unit.feeds.conftest import Site
from tests.unit.feeds.documents import item, rss
from wirewatch.feeds import (
    Feed,
    FeedState,
    Fetcher,
    InlineReader,
    Limits,
    PollResult,
    fulltext,
    poll,
)
from wirewatch.feeds.page import Page, PageJob

SUMMARY = "A ferry sank off Port Amity on Tuesday."
STORY = (
    (
        "A ferry with ninety people on board sank off Port Amity on Tuesday morning and at least "
        "twelve of them died, the coast guard of the province said."
    ),
    (
        "Divers brought thirty passengers to the shore before the storm returned, and the search "
        "was to go on through the night with two boats from the navy."
    ),
    (
        "The owner of the ferry said that it had been inspected in March and that its engine "
        "failed shortly after it had left the harbour wall behind."
    ),
)


def page(*paragraphs: str, head: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><title>Ferry</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav>"
        f"<article><h1>Ferry sinks off Port Amity</h1>{text}</article>"
        f"<footer>Copyright Example Wire. All rights reserved.</footer></body></html>"
    )


async def polled(
    site: Site, fetcher: Fetcher, now: datetime, date: str | None = "Tue, 06 May 2031 09:00:00 GMT"
) -> PollResult:
    site.set(body=rss(item(link=site.url("/ferry"), text=SUMMARY, date=date)))
    feed = Feed(url=site.url(), name="Example", fulltext=True)
    return await poll(feed, FeedState(), fetcher, now)


def html(site: Site, body: str, path: str = "/ferry") -> None:
    site.set(path, body=body, headers={"Content-Type": "text/html; charset=utf-8"})


async def test_page_is_read(site: Site, fetcher: Fetcher, now: datetime) -> None:
    html(site, page(*STORY))
    (article,) = (await polled(site, fetcher, now)).articles
    assert article.text == "\n".join(STORY)
    assert (article.text_source, article.notes) == ("page", ())
    assert [request.path for request in site.requests] == ["/feed", "/robots.txt", "/ferry"]


CONSENT = page(
    "We value your privacy. We and our 83 partners store cookies on your device.",
    "You can accept all cookies or manage your choices for each of them at any time, as you like. "
    "Your choice is kept for six months and can be changed below in the settings of this site.",
)
NOT_FREE = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
OTHER = page(
    "The price of grain rose in the western districts, where the harvest had been poor this year.",
    "Merchants expect more of it to come from overseas before the winter, at a much higher price.",
    "Bakers in the capital asked the government to open its stores, as it did four years earlier.",
).replace("Ferry sinks off Port Amity", "Grain")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (page("Video: the ferry."), "no more text"),
        (CONSENT, "consent"),
        (page(*STORY[:2], "To continue reading this article, subscribe now."), "paywall"),
        (page(*STORY, "Already a subscriber? Log in to read on."), "paywall"),
        (page(*STORY, head=NOT_FREE), "not free"),
        (OTHER, "does not speak of the title"),
        ("", "not HTML"),
    ],
)
async def test_feed_text_is_kept(
    site: Site, fetcher: Fetcher, now: datetime, body: str, reason: str
) -> None:
    site.set("/ferry", body=body, headers={"Content-Type": "text/html" if body else "image/png"})
    (article,) = (await polled(site, fetcher, now)).articles
    assert (article.text, article.text_source) == (SUMMARY, "feed")
    assert reason in article.notes[0]


@pytest.mark.parametrize("status", [403, 404, 500])
async def test_page_that_is_not_there(
    site: Site, fetcher: Fetcher, now: datetime, status: int
) -> None:
    site.set("/ferry", status=status)
    (article,) = (await polled(site, fetcher, now)).articles
    assert article.notes == (f"feed text: the page answers HTTP {status}",)


async def test_page_that_leads_home(site: Site, fetcher: Fetcher, now: datetime) -> None:
    site.set("/ferry", status=302, headers={"Location": "/"})
    html(site, page(*STORY), "/")
    (article,) = (await polled(site, fetcher, now)).articles
    assert "leads to the home page" in article.notes[0]


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        ((200, "User-agent: *\nDisallow: /ferry"), False),
        ((200, "User-agent: wirewatch\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        ((200, "User-agent: *\nDisallow: /private"), True),
        ((404, ""), True),
        ((403, ""), True),
        ((500, ""), False),
        ((429, ""), False),
    ],
)
async def test_robots_txt_is_honoured(
    site: Site, fetcher: Fetcher, now: datetime, answer: tuple[int, str], allowed: bool
) -> None:
    site.set("/robots.txt", status=answer[0], body=answer[1])
    html(site, page(*STORY))
    (article,) = (await polled(site, fetcher, now)).articles
    assert (article.text_source == "page") is allowed
    assert bool(site.asked("/ferry")) is allowed


async def test_robots_txt_is_honoured_where_a_page_leads(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    site.set("/robots.txt", body="User-agent: *\nDisallow: /archive")
    site.set("/ferry", status=302, headers={"Location": "/archive/ferry"})
    html(site, page(*STORY), "/archive/ferry")
    (article,) = (await polled(site, fetcher, now)).articles
    assert article.notes == (
        "feed text: the page cannot be had: robots.txt does not allow where it leads",
    )
    assert site.asked("/archive/ferry") == []


async def test_robots_txt_is_kept_for_a_day(site: Site, fetcher: Fetcher, now: datetime) -> None:
    html(site, page(*STORY))
    for hours in (0, 1, 23, 25):
        await polled(site, fetcher, now + timedelta(hours=hours))
    assert len(site.asked("/robots.txt")) == 2


async def test_robots_txt_that_cannot_be_had_is_asked_for_again_soon(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    html(site, page(*STORY))
    sources = []
    for minutes, status in ((0, 503), (20, 404), (31, 404)):
        site.set("/robots.txt", status=status)
        (article,) = (await polled(site, fetcher, now + timedelta(minutes=minutes))).articles
        sources.append(article.text_source)
    assert sources == ["feed", "feed", "page"]


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2031-05-06T10:30:00+02:00">',
        '<script type="application/ld+json">[{"datePublished": "2031-05-06T08:30:00Z"}]</script>',
    ],
)
async def test_page_dates_an_undated_entry(
    site: Site, fetcher: Fetcher, now: datetime, head: str
) -> None:
    html(site, page(*STORY, head=head))
    (article,) = (await polled(site, fetcher, now, date=None)).articles
    assert article.published == datetime.fromisoformat("2031-05-06T08:30:00+00:00")
    assert article.published_from == "page"
    (dated,) = (await polled(site, fetcher, now)).articles
    assert dated.published_from == "entry"


async def test_page_date_without_a_zone_or_in_the_future_is_none(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    for date in ("2031-05-06", "2031-05-06T10:00:00", "2031-05-07T10:00:00Z", "soon"):
        html(site, page(*STORY, head=f'<meta itemprop="datePublished" content="{date}">'))
        (article,) = (await polled(site, fetcher, now, date=None)).articles
        assert (article.published, article.published_from) == (None, None)


async def test_entry_edit_that_leaves_the_page_as_it_was_is_no_revision(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    html(site, page(*STORY))
    first = await polled(site, fetcher, now)
    feed = Feed(url=site.url(), name="Example", fulltext=True)
    site.set(body=rss(item(link=site.url("/ferry"), text="Another summary of the same page.")))
    second = await poll(feed, first.state, fetcher, now + timedelta(hours=1))
    assert (second.outcome, second.articles) == ("unchanged", ())
    html(site, page(*(paragraph.replace("twelve", "forty") for paragraph in STORY)))
    site.set(body=rss(item(link=site.url("/ferry"), text="Forty have died.")))
    third = await poll(feed, second.state, fetcher, now + timedelta(hours=2))
    (article,) = third.articles
    assert article.revision == 2
    assert article.previous is not None
    assert article.previous.text == "\n".join(STORY)


async def test_page_on_which_reading_breaks_costs_itself_alone(site: Site, now: datetime) -> None:
    class Breaking(InlineReader):
        async def page(self, job: PageJob) -> Page:
            raise RuntimeError(job.title)

    html(site, page(*STORY))
    limits = Limits(allow_private=True)
    async with Fetcher(limits, reader=Breaking()) as fetcher:
        (article,) = (await polled(site, fetcher, now)).articles
    assert (article.text, article.text_source) == (SUMMARY, "feed")
    assert article.notes[0].startswith("feed text: the page cannot be had: RuntimeError: Ferry")


async def test_slow_page_is_not_waited_for(
    site: Site, fetcher: Fetcher, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    site.on("/ferry", never)
    monkeypatch.setattr(fulltext, "TIME_LIMIT", 0.2)
    (article,) = (await polled(site, fetcher, now)).articles
    assert article.notes == ("feed text: the page did not come in time",)


async def test_many_pages_of_a_host_ask_once_for_its_robots_txt(
    site: Site, fetcher: Fetcher, now: datetime
) -> None:
    links = [site.url(f"/story/{number}") for number in range(8)]
    for number in range(8):
        html(site, page(*STORY), f"/story/{number}")
    site.set(body=rss(*(item(f"Ferry {n}", link, text=SUMMARY) for n, link in enumerate(links))))
    feed = Feed(url=site.url(), name="Example", fulltext=True)
    result = await poll(feed, FeedState(), fetcher, now)
    assert [article.text_source for article in result.articles] == ["page"] * 8
    assert len(site.asked("/robots.txt")) == 1
