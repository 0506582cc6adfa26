"""A small HTTP server with a feed that the tests write."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from aiohttp import web
from served import Served


class Newsroom(Served):
    """Serves one RSS feed of the stories told so far, on loopback."""

    def __init__(self) -> None:
        super().__init__(web.get("/feed.xml", self._feed))
        self.stories: list[tuple[str, str, str, datetime]] = []
        self.hits = 0

    @property
    def url(self) -> str:
        return self.address("/feed.xml")

    def tell(self, slug: str, title: str, text: str, at: datetime | None = None) -> None:
        self.stories.append((slug, title, text, at or datetime.now(UTC)))

    async def _feed(self, _request: web.Request) -> web.Response:
        self.hits += 1
        items = "".join(
            f"<item><guid isPermaLink='false'>{slug}</guid><title>{escape(title)}</title>"
            f"<link>{self.address(f'/{slug}')}</link>"
            f"<pubDate>{format_datetime(at)}</pubDate>"
            f"<description>{escape(text)}</description></item>"
            for slug, title, text, at in self.stories
        )
        body = f"<rss version='2.0'><channel><title>Test</title>{items}</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml")
