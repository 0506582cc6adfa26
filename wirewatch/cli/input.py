"""An article from a file, standard input or the web, for ``wirewatch read``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import msgspec
import trafilatura

from wirewatch.errors import ArticleError, FeedError
from wirewatch.feeds import Fetcher, InlineReader, Limits
from wirewatch.feeds.fetch import ACCEPT_PAGE
from wirewatch.feeds.page import PageJob, read_page
from wirewatch.model import Article
from wirewatch.reading import to_article
from wirewatch.safety import one_line

MAX_BYTES = 10_000_000
"""A larger file is no article."""
MAX_TITLE_WORDS = 25
"""A first line that is longer is no headline."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What was found at a path or URL: bytes, and what the server said of them."""

    body: bytes
    name: str
    url: str | None = None
    content_type: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return "html" in self.content_type.lower() or b"<html" in self.body[:2000].lower()


def article_from(source: str, *, published: str | None, title: str | None) -> Article:
    """The article at ``source`` (a path, a URL, or "-"); blocks on file, input or network.

    Raises:
        ArticleError: it cannot be read, is too large, or ``published`` is no date.
    """
    found = _source(source)
    try:
        if found.is_page:
            return _from_page(found, published, title)
        text = _decoded(found)
        headline, body = (title, text) if title is not None else split_headline(text)
        return to_article(body, published=published, title=headline, url=found.url)
    except ValueError as error:
        message = f"--published {one_line(published or '', 40)}: no ISO date such as 2026-03-03"
        raise ArticleError(message) from error


def _source(source: str) -> Source:
    if source.startswith(("http://", "https://")):
        return asyncio.run(_fetched(source))
    body = _bytes(source)
    if len(body) > MAX_BYTES:
        raise ArticleError(f"{one_line(source)}: larger than {MAX_BYTES:,} bytes, no article")
    return Source(body=body, name=source)


async def _fetched(url: str) -> Source:
    # Whoever types an address may mean one of their own network.
    limits = Limits(allow_private=True, max_body=MAX_BYTES)
    try:
        async with Fetcher(limits, reader=InlineReader()) as fetcher:
            response = await fetcher.get(url, headers={"Accept": ACCEPT_PAGE})
    except FeedError as error:
        raise ArticleError(f"{one_line(url)}: {error}") from error
    if response.status != 200:
        raise ArticleError(f"{one_line(url)}: the server answers HTTP {response.status}")
    content_type = response.headers.get("content-type", "")
    return Source(body=response.body, name=url, url=response.url, content_type=content_type)


def _bytes(source: str) -> bytes:
    try:
        if source == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(source).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ArticleError(f"{one_line(source)}: {reason}") from error


def _from_page(found: Source, published: str | None, title: str | None) -> Article:
    address = found.url or "file:///page.html"
    page = read_page(
        PageJob(
            body=found.body,
            content_type=found.content_type or "text/html",
            requested=address,
            url=address,
            title="",
            text="",
        )
    )
    if page.refused:
        raise ArticleError(f"{one_line(found.name)}: no article found: {page.refused}")
    headline = title if title is not None else _page_title(found.body)
    return to_article(
        page.text, published=published or page.published, title=headline, url=found.url
    )


def _page_title(body: bytes) -> str:
    metadata = trafilatura.extract_metadata(body)
    return one_line(metadata.title or "") if metadata else ""


def _decoded(found: Source) -> str:
    if b"\x00" in found.body:
        raise ArticleError(f"{one_line(found.name)}: not a text file")
    try:
        text = found.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = found.body.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").strip()


def split_headline(text: str) -> tuple[str, str]:
    """Headline and body: a short first line without a full stop, with a blank line after it."""
    first, gap, rest = text.partition("\n\n")
    short = len(first.split()) <= MAX_TITLE_WORDS and "\n" not in first
    if gap and short and rest.strip() and not first.rstrip().endswith((".", "”", '"', ":")):
        return first.strip(), rest.strip()
    return "", text
