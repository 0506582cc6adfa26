"""A small HTTP server with a feed that the tests write."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Self
from xml.sax.saxutils import escape

from aiohttp import web


class Newsroom:
    """Serves one RSS feed of the stories told so far, on loopback."""

    def __init__(self) -> None:
        self.stories: list[tuple[str, str, str, datetime]] = []
        self.hits = 0
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/feed.xml", self._feed)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/feed.xml"

    def tell(self, slug: str, title: str, text: str, at: datetime | None = None) -> None:
        self.stories.append((slug, title, text, at or datetime.now(UTC)))

    async def _feed(self, _request: web.Request) -> web.Response:
        self.hits += 1
        items = "".join(
            f"<item><guid isPermaLink='false'>{slug}</guid><title>{escape(title)}</title>"
            f"<link>http://127.0.0.1:{self.port}/{slug}</link>"
            f"<pubDate>{format_datetime(at)}</pubDate>"
            f"<description>{escape(text)}</description></item>"
            for slug, title, text, at in self.stories
        )
        body = f"<rss version='2.0'><channel><title>Test</title>{items}</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml")
