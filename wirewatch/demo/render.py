"""An outlet's articles as an RSS, Atom or JSON feed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as ET

from wirewatch.demo.day import FeedFormat, Outlet, Published

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CONTENT_TYPES: dict[FeedFormat, str] = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


def render(outlet: Outlet, articles: Sequence[Published]) -> bytes:
    """The feed's body in the outlet's format."""
    return _RENDER[outlet.format](outlet, articles)


def _html(article: Published) -> str:
    paragraphs = article.text.split("\n\n")
    return "".join(f"<p>{escape(' '.join(part.split()))}</p>" for part in paragraphs)


def _rss(outlet: Outlet, articles: Sequence[Published]) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", outlet.name)
    _text(channel, "link", f"https://{outlet.publisher}/")
    _text(channel, "description", f"News from {outlet.name}")
    for article in articles:
        item = ET.SubElement(channel, "item")
        _text(item, "title", article.title)
        _text(item, "link", article.url)
        _text(item, "guid", article.url)
        _text(item, "pubDate", format_datetime(article.published))
        if article.author:
            _text(item, f"{{{DUBLIN_CORE}}}creator", article.author)
        _text(item, "description", article.text.split("\n\n")[0].replace("\n", " "))
        _text(item, f"{{{CONTENT}}}encoded", _html(article))
    return _document(root)


def _atom(outlet: Outlet, articles: Sequence[Published]) -> bytes:
    root = ET.Element(f"{{{ATOM}}}feed")
    _text(root, f"{{{ATOM}}}title", outlet.name)
    _text(root, f"{{{ATOM}}}id", f"https://{outlet.publisher}/")
    _text(root, f"{{{ATOM}}}updated", _latest(articles))
    for article in articles:
        entry = ET.SubElement(root, f"{{{ATOM}}}entry")
        _text(entry, f"{{{ATOM}}}title", article.title)
        _text(entry, f"{{{ATOM}}}id", article.url)
        ET.SubElement(entry, f"{{{ATOM}}}link", href=article.url)
        _text(entry, f"{{{ATOM}}}published", article.published.isoformat())
        _text(entry, f"{{{ATOM}}}updated", article.updated.isoformat())
        _text(entry, f"{{{ATOM}}}content", _html(article)).set("type", "html")
    return _document(root)


def _latest(articles: Sequence[Published]) -> str:
    return max((article.updated for article in articles), default=EPOCH).isoformat()


def _json(outlet: Outlet, articles: Sequence[Published]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"https://{outlet.publisher}/",
        "items": [
            {
                "id": article.url,
                "url": article.url,
                "title": article.title,
                "content_html": _html(article),
                "date_published": article.published.isoformat(),
                "date_modified": article.updated.isoformat(),
            }
            for article in articles
        ],
    }
    return json.dumps(feed, ensure_ascii=False).encode()


def _text(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = text
    return element


def _document(root: ET.Element) -> bytes:
    for prefix, uri in (("content", CONTENT), ("dc", DUBLIN_CORE)):
        ET.register_namespace(prefix, uri)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


_RENDER: dict[FeedFormat, Callable[[Outlet, Sequence[Published]], bytes]] = {
    "rss": _rss,
    "atom": _atom,
    "json": _json,
}
