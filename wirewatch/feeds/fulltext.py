"""An article's full text from its page, where the feed is so configured and the page allows it."""

from __future__ import annotations

import asyncio
from datetime import datetime

import msgspec

from wirewatch.errors import FeedError
from wirewatch.feeds.dates import FUTURE_TOLERANCE
from wirewatch.feeds.decide import Pending
from wirewatch.feeds.fetch import ACCEPT_PAGE, Fetcher
from wirewatch.feeds.page import Page, PageJob
from wirewatch.model import Article

MAX_PAGES = 60
"""Pages fetched in one check of a feed; further articles keep the feed's text."""
TIME_LIMIT = 45.0
"""Seconds for all pages of one check: the articles of a feed wait no longer for a slow site."""
MAX_BODY = 5_000_000
"""Bytes of a page."""


async def with_full_text(
    drafted: list[tuple[Pending, Article]], fetcher: Fetcher, now: datetime
) -> list[tuple[Pending, Article]]:
    """Each article with its page's text; with the feed's and a note where that is better."""
    head = await asyncio.gather(
        *(_one(article, fetcher, now) for _, article in drafted[:MAX_PAGES])
    )
    tail = (article for _, article in drafted[MAX_PAGES:])
    return [
        (pending, article) for (pending, _), article in zip(drafted, (*head, *tail), strict=True)
    ]


async def _one(article: Article, fetcher: Fetcher, now: datetime) -> Article:
    if not article.url:
        return article
    page = await _page(article, article.url, fetcher, now)
    published = (
        page.published if page.published and page.published <= now + FUTURE_TOLERANCE else None
    )
    if article.published is None and published:
        article = msgspec.structs.replace(article, published=published, published_from="page")
    if page.refused:
        return msgspec.structs.replace(
            article, notes=(*article.notes, f"feed text: {page.refused}")
        )
    return msgspec.structs.replace(
        article, text=page.text, text_source="page", notes=(*article.notes, *page.notes)
    )


async def _page(article: Article, url: str, fetcher: Fetcher, now: datetime) -> Page:
    try:
        async with asyncio.timeout(TIME_LIMIT):
            return await _fetched(article, url, fetcher, now)
    except TimeoutError:
        return Page(refused="the page did not come in time")
    except FeedError as error:
        return Page(refused=f"the page cannot be had: {error}"[:200])
    except Exception as error:  # noqa: BLE001 - one page must not hold up all articles of its feed
        return Page(refused=f"the page cannot be had: {type(error).__name__}: {error}"[:200])


async def _fetched(article: Article, url: str, fetcher: Fetcher, now: datetime) -> Page:
    async def may(address: str) -> bool:
        return await fetcher.robots.allows(address, fetcher, now)

    if not await may(url):
        return Page(refused="robots.txt does not allow the page")
    headers = {"Accept": ACCEPT_PAGE}
    response = await fetcher.get(url, headers=headers, max_body=MAX_BODY, may=may)
    if response.status != 200:
        return Page(refused=f"the page answers HTTP {response.status}")
    job = PageJob(
        body=response.body,
        content_type=response.headers.get("content-type", ""),
        requested=url,
        url=response.url,
        title=article.title,
        text=article.text,
    )
    return await fetcher.reader.page(job)
