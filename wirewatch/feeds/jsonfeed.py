"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read leniently: a bad field is left out, not the feed."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin

import msgspec

from wirewatch.errors import FeedError
from wirewatch.feeds import dates
from wirewatch.feeds.entry import Entry, ParsedFeed, Text

_VERSION = re.compile(r"^(?:https?://(?:www\.)?jsonfeed\.org/version/)?1(?:\.\d)?/?$")
"""The specification's addresses, and the bare number that some feeds write."""
_MAX_LIST = 50


def looks_like(body: bytes, content_type: str) -> bool:
    """Whether ``body`` is JSON rather than XML."""
    head = body[:64].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").lstrip(b"\0 \t\r\n")
    return head[:1] == b"{" or ("json" in content_type.lower() and head[:1] != b"<")


def read(body: bytes, url: str) -> ParsedFeed:
    """``body`` as a ParsedFeed; FeedError when it is no JSON Feed."""
    try:
        document = _decoded(body)
    except (ValueError, RecursionError) as error:
        raise FeedError(f"the document is not JSON: {error}") from error
    if not isinstance(document, dict) or not _VERSION.match(_text(document.get("version"))):
        raise FeedError("the document is JSON, but not a JSON Feed")
    items = document.get("items")
    language = _text(document.get("language")) or None
    return ParsedFeed(
        version="json1",
        title=_text(document.get("title")),
        link=_absolute(url, document.get("home_page_url")),
        language=language,
        entries=tuple(
            _entry(item, url)
            for item in (items if isinstance(items, list) else ())
            if isinstance(item, dict)
        ),
    )


def _decoded(body: bytes) -> Any:
    """The value of a JSON document, also where programs wrote what JSON does not allow.

    Those are UTF-16, bytes that are no UTF-8, half a surrogate pair, raw line ends in a text.
    """
    try:
        return msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except msgspec.DecodeError:
        text = body.decode(json.detect_encoding(body), "replace").removeprefix("\ufeff")
        value = json.loads(text, strict=False)
        whole = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass")
        return json.loads(whole.decode("utf-16", "replace"))


def _entry(item: dict[str, Any], url: str) -> Entry:
    published, notes = dates.read(_text(item.get("date_published")), None)
    updated, more = dates.read(_text(item.get("date_modified")), None)
    guid = _text(item.get("id")) or None
    link = _absolute(url, item.get("url")) or _absolute(url, item.get("external_url"))
    if link is None and guid and guid.startswith(("http://", "https://")):
        link = guid
    return Entry(
        guid=guid,
        link=link,
        title=Text(_text(item.get("title")), "plain"),
        body=_body(item),
        published=published,
        updated=updated,
        authors=_authors(item),
        tags=_texts(item.get("tags")),
        language=_text(item.get("language")) or None,
        notes=(*notes, *more),
    )


def _body(item: dict[str, Any]) -> Text:
    """The longest of the three texts an item may have."""
    texts = (
        Text(_text(item.get("content_html")), "html"),
        Text(_text(item.get("content_text")), "plain"),
        Text(_text(item.get("summary")), "plain"),
    )
    return max(texts, key=lambda text: len(text.value))


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    """Names of 1.1's ``authors`` and of 1.0's ``author``."""
    authors = item.get("authors")
    people = [*(authors if isinstance(authors, list) else ()), item.get("author")]
    names = (_text(person.get("name")).strip() for person in people if isinstance(person, dict))
    return tuple(dict.fromkeys(name for name in names if name))[:_MAX_LIST]


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else ()
    texts = (_text(item).strip() for item in values)
    return tuple(dict.fromkeys(text for text in texts if text))[:_MAX_LIST]


def _absolute(base: str, value: Any) -> str | None:
    text = _text(value).strip()
    if not text:
        return None
    try:
        return urljoin(base, text)
    except ValueError:
        return None


def _text(value: Any) -> str:
    """``value`` if it is text; a number as text, since some feeds write ids so."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
