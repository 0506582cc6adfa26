"""Bytes of a feed document → ParsedFeed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from wirewatch.errors import FeedError
from wirewatch.feeds import jsonfeed, prepare, xmlfeed
from wirewatch.feeds.entry import Entry, ParsedFeed
from wirewatch.feeds.state import MAX_ENTRIES

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_NAMED_FEED = re.compile(
    rb"<link\b(?=[^>]{0,500}\btype=[\"']application/(?:rss|atom)\+xml)"
    rb"[^>]{0,500}\bhref=[\"']([^\"'>]{1,300})",
    re.IGNORECASE,
)


def parse(body: bytes, headers: Mapping[str, str], url: str) -> ParsedFeed:
    """Read RSS 0.9x to 2.0, RDF, Atom, CDF or JSON Feed.

    ``headers`` (lower-case names) may hold content-type and content-language; ``url`` is what
    relative links start from. At most ``MAX_ENTRIES`` entries, the newest. Raises FeedError when
    ``body`` is no feed. Pure, but not bounded in time on hostile input: about 6 s for each
    megabyte at worst, so that a shell runs it where it can be ended.
    """
    if jsonfeed.looks_like(body, headers.get("content-type", "")):
        parsed = jsonfeed.read(body, url)
    else:
        parsed = xmlfeed.read(body, headers, url)
    if not parsed.version and not parsed.entries:
        raise FeedError(_not_a_feed(body))
    return _newest(parsed)


def _not_a_feed(body: bytes) -> str:
    if not body.strip():
        return "the document is empty"
    head = body[:200_000]
    if not _HTML.search(head[:4000]):
        return "the document is not a feed"
    named = _NAMED_FEED.search(head)
    if not named:
        return "the document is a web page, not a feed"
    return f"the document is a web page; it names the feed {named[1].decode('utf-8', 'replace')}"


def _newest(parsed: ParsedFeed) -> ParsedFeed:
    """``parsed`` with at most ``MAX_ENTRIES`` entries: the newest if dated, else the first."""
    count = len(parsed.entries)
    if count <= MAX_ENTRIES:
        return parsed
    ranked = sorted(range(count), key=lambda index: _age_rank(parsed.entries[index]), reverse=True)
    kept = sorted(ranked[:MAX_ENTRIES])
    more = " or more" if count == prepare.MOST_ENTRIES else ""
    note = f"{count}{more} entries, the newest {MAX_ENTRIES} are read"
    return msgspec.structs.replace(
        parsed,
        entries=tuple(parsed.entries[index] for index in kept),
        notes=(*parsed.notes, note),
    )


def _age_rank(entry: Entry) -> datetime:
    return entry.published or entry.updated or datetime.min.replace(tzinfo=UTC)
