"""RSS, RDF, Atom and CDF through feedparser, on bytes that were fetched elsewhere."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

import feedparser

from wirewatch.errors import FeedError
from wirewatch.feeds import dates, prepare
from wirewatch.feeds.entry import Entry, ParsedFeed, Text
from wirewatch.feeds.state import Hints

_PERIODS = {
    "hourly": 3600.0,
    "daily": 86_400.0,
    "weekly": 7 * 86_400.0,
    "monthly": 30 * 86_400.0,
    "yearly": 365 * 86_400.0,
}
"""Seconds of each sy:updatePeriod (RSS 1.0 syndication module)."""
_SKIP_HOURS = re.compile(rb"<skipHours\b[^>]*>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_SKIP_DAYS = re.compile(rb"<skipDays\b[^>]*>(.{0,1000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*([a-z]{6,9})\s*</day>", re.IGNORECASE)
_CHANNEL_BYTES = 100_000
"""skipHours and skipDays are looked for in so much of the document's head."""
_MARK_HOST = "https://relative.invalid"
_MARK = f"{_MARK_HOST}/~here~/"
"""What relative addresses are resolved against by feedparser, so that they are known afterwards.

RSS does not say what they start from; the site's address is right more often than the feed's, which
may lie on another host. A guid is a name, and where the feed lies is no part of it: a feed that
moves keeps its guids.
"""
_AMPERSAND = re.compile(r"&amp;?(?=\w)")
"""How feedparser leaves an escaped ampersand in what it reads of ill-formed documents."""
_MAIL_AND_NAME = re.compile(r"^\s*[^\s()@]+@[^\s()@]+\s+\(([^()]+)\)\s*$")
"""How RSS writes an author."""
_MAX_LIST = 50
"""Authors or tags kept of one entry."""


def read(body: bytes, headers: Mapping[str, str], url: str) -> ParsedFeed:
    """Feedparser's result as a ParsedFeed.

    Its sanitizer and link resolver for markup are off: text is taken out of the markup later, and
    nothing of the markup is kept. Raises FeedError where feedparser itself fails.
    """
    wanted = ("content-type", "content-language")
    given = {name: headers[name] for name in wanted if name in headers}
    given["content-location"] = _MARK
    try:
        result = feedparser.parse(
            io.BytesIO(prepare.prepared(body)),
            response_headers=given,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # it raises whatever a codec or regular expression raises inside
        raise FeedError(f"the document cannot be read: {type(error).__name__}: {error}") from error
    feed = result.feed
    version = _text(result.get("version"))
    home = _resolved(_AMPERSAND.sub("&", _text(feed.get("link"))), url)
    base = url if version.startswith("atom") else home or url
    return ParsedFeed(
        version=version,
        title=_text(feed.get("title")),
        link=home,
        language=_text(feed.get("language")) or None,
        hints=_hints(feed, body[:_CHANNEL_BYTES]),
        entries=tuple(_entry(entry, version, base) for entry in result.entries),
        notes=("not well-formed",) if result.get("bozo") and _ill_formed(result) else (),
    )


def _ill_formed(result: Any) -> bool:
    """Feedparser's bozo flag also stands for harmless things, such as a wrong content type."""
    error = result.get("bozo_exception")
    return not isinstance(
        error, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType
    )


def _entry(entry: Any, version: str, base: str) -> Entry:
    published, notes = _date(entry, "published", "created")
    updated, more = _date(entry, "updated")
    if published is None and not version.startswith("atom"):
        published = updated  # dc:date, for which feedparser has no other name
    source = entry.get("source") or {}
    return Entry(
        guid=_as_written(_text(entry.get("id")).replace("&amp;", "&")) or None,
        link=_link(entry, base),
        title=_title(entry, version),
        body=_body(entry, version),
        published=published,
        updated=updated,
        authors=_names(entry),
        tags=_unique(_text(tag.get("term")) for tag in entry.get("tags") or ()),
        language=_language(entry),
        source_url=_resolved(_text(source.get("href")), base) if isinstance(source, dict) else None,
        notes=(*notes, *more),
    )


def _link(entry: Any, base: str) -> str | None:
    """The article's address: FeedBurner's original, the alternate link, or a guid that is one."""
    links = [link for link in entry.get("links") or () if link.get("rel") == "alternate"]
    pages = [link.get("href") for link in links if "html" in _text(link.get("type"))]
    candidates = [entry.get("feedburner_origlink"), *pages, entry.get("link"), entry.get("id")]
    texts = (_text(candidate).strip() for candidate in candidates)
    address = next((text for text in texts if text.startswith(("http://", "https://"))), None)
    return _resolved(address, base)


def _as_written(address: str) -> str:
    """An address without what feedparser put before it because it is relative."""
    if address.startswith(_MARK):
        return address.removeprefix(_MARK).strip()
    return address.removeprefix(_MARK_HOST).strip()


def _resolved(address: str | None, base: str) -> str | None:
    if not address:
        return None
    written = _as_written(address)
    if written.lower().startswith("www."):  # a host whose scheme was forgotten
        written = f"http://{written}"
    try:
        return urljoin(base, written)
    except ValueError:
        return None


def _title(entry: Any, version: str) -> Text:
    title = _detail(entry.get("title_detail"), version)
    return title if title.value.strip() else _caption(entry, "title")


def _body(entry: Any, version: str) -> Text:
    """The longest of all contents and the summary."""
    details = [*(entry.get("content") or ()), entry.get("summary_detail")]
    texts = [_detail(detail, version) for detail in details if detail]
    text = max(texts, key=lambda text: len(text.value), default=Text())
    return text if text.value.strip() else _caption(entry, "description")


def _caption(entry: Any, name: str) -> Text:
    """What Media RSS says of an entry's video or picture, where the entry says nothing itself."""
    names = (key for key in entry if key.endswith(f"{prepare.MEDIA}{name}"))
    return Text(_text(entry.get(next(names, ""))))


def _detail(detail: Any, version: str) -> Text:
    """Only Atom says what is plain text; RSS has markup everywhere, and feedparser guesses."""
    if not detail:
        return Text()
    plain = version.startswith("atom") and detail.get("type") == "text/plain"
    return Text(_text(detail.get("value")), "plain" if plain else "html")


def _date(entry: Any, *names: str) -> tuple[Any, tuple[str, ...]]:
    """The first of the named dates that is stated; notes when it is stated and unreadable."""
    for name in names:
        raw = _text(dict.get(entry, name))
        if raw:
            return dates.read(raw, dict.get(entry, f"{name}_parsed"))
    return None, ()


def _names(entry: Any) -> tuple[str, ...]:
    details = entry.get("authors") or ()
    named = _MAIL_AND_NAME.match(_text(entry.get("author")))
    if named and len(details) < 2:  # feedparser knows no mail addresses of long domains
        return (named[1].strip(),)
    names = [_text(author.get("name")) or _text(author.get("email")) for author in details]
    return _unique(names or [_text(entry.get("author"))])


def _language(entry: Any) -> str | None:
    for name in ("summary_detail", "title_detail"):
        detail = entry.get(name) or {}
        if detail.get("language"):
            return _text(detail["language"])
    return None


def _hints(feed: Any, head: bytes) -> Hints:
    """What the channel says of its rhythm; feedparser keeps only the last hour and day to skip."""
    ttl = _number(feed.get("ttl"))
    period = _PERIODS.get(_text(feed.get("sy_updateperiod")).strip().lower())
    frequency = _number(feed.get("sy_updatefrequency")) or 1.0
    return Hints(
        ttl=ttl * 60 if ttl else None,
        period=period / frequency if period else None,
        skip_hours=_skip_hours(head),
        skip_days=_skip_days(head),
    )


def _skip_hours(head: bytes) -> tuple[int, ...]:
    block = _SKIP_HOURS.search(head)
    stated = [int(hour) for hour in _HOUR.findall(block[1])] if block else []
    hours = {hour % 24 for hour in stated if hour <= 24}  # midnight is 0 to some, 24 to others
    return tuple(sorted(hours)) if len(hours) < 24 else ()


def _skip_days(head: bytes) -> tuple[str, ...]:
    block = _SKIP_DAYS.search(head)
    days = {day.decode().lower() for day in _DAY.findall(block[1])} if block else set()
    return tuple(sorted(days))


def _number(value: Any) -> float | None:
    text = _text(value).strip()
    return float(text[:9]) if text.isascii() and text.isdecimal() else None


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    stripped = (value.strip() for value in values)
    return tuple(dict.fromkeys(value for value in stripped if value))[:_MAX_LIST]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
