"""OPML: the lists of feeds that readers exchange."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
from lxml import etree

from wirewatch.errors import FeedError
from wirewatch.feeds import urls
from wirewatch.feeds.feed import Feed
from wirewatch.safety import one_line

_MAX_FILE = 20_000_000


class Listing(msgspec.Struct, frozen=True):
    """What an OPML document lists."""

    feeds: tuple[Feed, ...]
    """Each once, with the folders they stand in as tags."""
    passed_over: tuple[str, ...]
    """Addresses, as they are written, that no feed can be fetched from."""


def load(path: Path) -> Listing:
    """What an OPML file lists; FeedError names the file and what is wrong with it."""
    try:
        if path.stat().st_size > _MAX_FILE:
            raise FeedError(f"{path}: larger than {_MAX_FILE} bytes")
        data = path.read_bytes()
    except OSError as error:
        raise FeedError(f"{path}: cannot be read: {error.strerror}") from error
    return parse(data, str(path))


def parse(data: bytes, name: str) -> Listing:
    """What an OPML document lists; ``name`` stands in errors for the file."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedError(f"{name}: is not OPML: {error}") from error
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise FeedError(f"{name}: is not OPML")
    found: dict[str, Feed] = {}
    passed_over: dict[str, None] = {}
    for outline in root.iter("{*}outline", "outline"):
        attributes = {str(key).lower(): str(value) for key, value in outline.attrib.items()}
        url = _address(attributes)
        if not url:
            continue
        if urls.feed_fault(url):
            passed_over[one_line(url, 100)] = None
        else:
            found.setdefault(url, _feed(url, attributes, outline))
    if not found and parser.error_log:
        raise FeedError(f"{name}: is damaged: {one_line(str(parser.error_log[0].message))}")
    return Listing(tuple(found.values()), tuple(passed_over))


def dump(feeds: Iterable[Feed]) -> bytes:
    """An OPML 2.0 document of ``feeds``; tags go into the category attribute."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "wirewatch"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        name = one_line(feed.name)
        attributes = {"type": "rss", "text": name, "title": name, "xmlUrl": feed.url}
        if feed.language:
            attributes["language"] = feed.language
        if feed.tags:
            attributes["category"] = ",".join(tag.replace(",", " ") for tag in feed.tags)
        etree.SubElement(body, "outline", attributes)
    return bytes(etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="utf-8"))


def _feed(url: str, attributes: dict[str, str], outline: etree._Element) -> Feed:
    name = one_line(attributes.get("title") or attributes.get("text") or "", 200)
    language = attributes.get("language", "").lower()[:2]
    stated = len(language) == 2 and language.isascii() and language.isalpha()
    return Feed(
        url=url,
        name=name or urls.registrable_domain(url) or url,
        language=language if stated else None,
        tags=_tags(outline, attributes.get("category", "")),
    )


def _address(attributes: dict[str, str]) -> str:
    """The feed's address, also where it is written as readers hand it to one another."""
    url = attributes.get("xmlurl", "").strip()
    if url.startswith("feed://"):
        return "http://" + url.removeprefix("feed://")
    return url.removeprefix("feed:")


def _tags(outline: etree._Element, category: str) -> tuple[str, ...]:
    folders = [
        str(parent.get("text") or parent.get("title") or "")
        for parent in outline.iterancestors("{*}outline", "outline")
    ]
    named = (part.strip("/ ") for part in category.split(","))
    tags = (one_line(tag, 60) for tag in (*reversed(folders), *named))
    return tuple(dict.fromkeys(tag for tag in tags if tag))
