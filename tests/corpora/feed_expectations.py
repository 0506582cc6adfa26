"""What the feed suites expect of titles, links, ids and dates, in one form."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

FEEDS = Path(__file__).parents[3] / "shared" / "data" / "feeds"

_FEEDPARSER_FIELDS = {
    "title": "title",
    "link": "link",
    "id": "id",
    "published": "published",
    "published_parsed": "published",
    "updated": "updated",
    "updated_parsed": "updated",
    "created_parsed": "published",
    "issued_parsed": "published",
    "modified_parsed": "updated",
}
_TERM = re.compile(
    r"(?P<where>feed|entries\[(?P<index>\d+)\])"
    r"(?:\[u?['\"](?P<key>\w+)['\"]\]|\.(?P<name>\w+))\s*==\s*(?P<value>.+)"
)
_HEADER = re.compile(r"^Header:\s+([\w-]+):\s*(.*)$", re.MULTILINE)
_EXPECT = re.compile(r"^Expect:\s+(.*)$", re.MULTILINE)


class Expectation(NamedTuple):
    file: str
    index: int | None
    """Of the entry; None: the feed."""
    field: str
    value: str | None


def feedparser_headers(source: str) -> dict[str, str]:
    return {name.lower(): value.strip() for name, value in _HEADER.findall(source)}


def of_feedparser(path: Path) -> Iterator[Expectation]:
    source = path.read_bytes().decode("latin-1")
    expect = _EXPECT.search(source)
    for term in expect[1].split(" and ") if expect else ():
        match = _TERM.match(term.strip())
        if not match:
            continue
        field = _FEEDPARSER_FIELDS.get(match["key"] or match["name"] or "")
        value = _literal(match["value"], field or "")
        index = int(match["index"]) if match["index"] else None
        if field and value is not None and (index is not None or field in {"title", "link"}):
            yield Expectation(_name(path), index, field, value)


def of_gofeed(path: Path) -> Iterator[Expectation]:
    document = json.loads(_expected_by_gofeed(path).read_text())
    name = _name(path)
    for field in ("title", "link", "home_page_url"):
        if isinstance(document.get(field), str):
            yield Expectation(name, None, "title" if field == "title" else "link", document[field])
    for index, entry in enumerate(document.get("items") or document.get("entries") or ()):
        for field, value in _gofeed_entry(entry):
            if isinstance(value, str) and value:
                yield Expectation(name, index, field, value)


def gofeed_inputs() -> list[Path]:
    files = sorted((FEEDS / "gofeed").rglob("*.xml")) + sorted((FEEDS / "gofeed").rglob("*.json"))
    return [path for path in files if _expected_by_gofeed(path).exists()]


def _expected_by_gofeed(path: Path) -> Path:
    if path.suffix == ".xml":
        return path.with_suffix(".json")
    return path.with_name(f"{path.stem}_expected.json")


def _gofeed_entry(entry: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "title", entry.get("title")
    yield "link", entry.get("link") or entry.get("url")
    guid = entry.get("guid") or entry.get("id")
    yield "id", guid.get("value") if isinstance(guid, dict) else guid
    yield "published", _time(entry.get("publishedParsed") or entry.get("pubDateParsed"))
    yield "updated", _time(entry.get("updatedParsed"))
    for link in entry.get("links") or ():
        if isinstance(link, dict) and link.get("rel") == "alternate":
            yield "link", link.get("href")
            return


def _literal(source: str, field: str) -> str | None:
    """The text of a Python literal, a date tuple as a UTC time; None for any other expression."""
    try:
        value = ast.literal_eval(source.strip())
    except (ValueError, SyntaxError):
        return None
    if isinstance(value, tuple) and len(value) == 9:
        return datetime(*value[:6], tzinfo=UTC).isoformat()
    if field in {"published", "updated"}:
        return None  # the words of a date: the tuple is compared
    return value if isinstance(value, str) else None


def _time(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return datetime.fromisoformat(value).astimezone(UTC).isoformat()


def _name(path: Path) -> str:
    return path.relative_to(FEEDS).as_posix()


def plain(markup: str) -> str:
    """Words of a title that may hold markup, as another reader than ours sees them."""
    if "<" in markup or "&" in markup:
        root = html.fragment_fromstring(f"<div>{markup}</div>")
        for element in list(root.iter("script", "style", "iframe", "object", "noscript")):
            element.drop_tree()
        markup = root.text_content()
    return " ".join(markup.split())
