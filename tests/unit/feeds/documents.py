"""Feed documents for tests, built from items."""

from __future__ import annotations

from xml.sax.saxutils import escape


def item(
    title: str = "Ferry sinks off Port Amity",
    link: str | None = "https://news.example/2031/05/06/ferry",
    guid: str | None = None,
    text: str = "A ferry sank off Port Amity on Tuesday and twelve people died, officials said.",
    date: str | None = "Tue, 06 May 2031 09:00:00 GMT",
) -> str:
    parts = [f"<title>{escape(title)}</title>"]
    parts += [f"<link>{escape(link)}</link>"] if link else []
    parts += [f'<guid isPermaLink="false">{escape(guid)}</guid>'] if guid else []
    parts += [f"<description>{escape(text)}</description>"] if text else []
    parts += [f"<pubDate>{escape(date)}</pubDate>"] if date else []
    return f"<item>{''.join(parts)}</item>"


def rss(*items: str, channel: str = "") -> str:
    head = "<title>Example Wire</title><link>https://news.example/</link>"
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        f'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>{head}{channel}'
        f"{''.join(items)}</channel></rss>"
    )
