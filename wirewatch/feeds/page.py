"""The article's own page → its text, or the reason why the feed's text is better."""

from __future__ import annotations

import json
import re
from datetime import datetime
from urllib.parse import urlsplit

import msgspec
import trafilatura
from lxml import etree
from lxml import html as lxml_html

from wirewatch.feeds import boilerplate, clean, dates

MIN_TEXT = 250
"""Characters: less is a stub (a video's caption, a "loading" notice)."""
_HEAD_OF_NOTICE = 1500
"""A consent or paywall notice stands within so many characters, or it is part of an article."""
_CONSENT = re.compile(
    r"we (?:value|respect|care about) your privacy|before you continue|accept (?:all )?cookies"
    r"|manage (?:your )?(?:cookie|privacy|consent)|we and our (?:\d+ )?partners (?:store|use)"
    r"|consent to (?:the use of )?cookies|enable (?:javascript|cookies)"
    r"|verify (?:that )?you are (?:a )?human|unusual traffic|checking your browser"
    r"|access (?:to this page has been )?denied|are you a robot",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:subscribe|sign in|log in|register|sign up)(?: now| today| here)?"
    r" to (?:continue|keep|read|unlock|access|view)"
    r"|(?:this|the) (?:article|story|content) is (?:only |exclusively )?(?:available )?"
    r"(?:for|to) (?:our )?(?:subscribers|members|registered)"
    r"|already a (?:subscriber|member)|subscribers? only|subscription required"
    r"|to (?:read|continue reading) (?:the|this) (?:full|rest|entire|article|story)"
    r"|to continue reading,"
    r"|(?:free|monthly) articles? (?:left|remaining)|start your (?:free )?trial"
    r"|unlock (?:this|the) (?:article|story)",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(rb'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
_DATE_META = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='date' or @name='pubdate' or @name='parsely-pub-date']/@content",
)
_WORD = re.compile(r"\w{4,}")


class PageJob(msgspec.Struct, frozen=True, kw_only=True, tag="page"):
    """A page to read for the article that its feed calls ``title`` and tells as ``text``."""

    body: bytes
    content_type: str
    requested: str
    url: str
    title: str
    text: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a page gave: ``text``, or ``refused`` with the reason to keep the feed's."""

    text: str = ""
    published: datetime | None = None
    refused: str | None = None
    notes: tuple[str, ...] = ()


def read_page(job: PageJob) -> Page:
    """Take the article out of a page. Pure; not bounded in time on hostile markup."""
    if "html" not in job.content_type.lower() and b"<html" not in job.body[:2000].lower():
        return Page(refused="the page is not HTML")
    if urlsplit(job.url).path in {"", "/"} and urlsplit(job.requested).path not in {"", "/"}:
        return Page(refused="the page leads to the home page")
    tree = _tree(job.body, job.content_type)
    if tree is None:
        return Page(refused="the page cannot be read")
    published = _date(tree)
    text, cut = clean.bounded(_without_title(_main_text(tree, job.url), job.title))
    refused = _refusal(text, job)
    if refused:
        return Page(refused=refused, published=published)
    notes = (f"text cut at {len(text)} characters",) if cut else ()
    return Page(text=text, published=published, notes=notes)


def _tree(body: bytes, content_type: str) -> lxml_html.HtmlElement | None:
    charset = re.search(r"charset=[\"']?([\w-]{2,20})", content_type, re.IGNORECASE)
    try:
        if charset:
            markup = body.decode(charset[1], "replace").replace("\0", "")
            parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True)
            return lxml_html.document_fromstring(markup.encode(), parser=parser)
        return trafilatura.load_html(body)
    except (LookupError, ValueError, AssertionError, etree.LxmlError):
        return None


def _main_text(tree: lxml_html.HtmlElement, url: str) -> str:
    text = trafilatura.extract(
        tree, url=url, include_comments=False, include_tables=False, favor_precision=True
    )
    return boilerplate.strip(clean.lines(clean.repaired(text or "")))


def _without_title(text: str, title: str) -> str:
    """``text`` without its first line where that only repeats the title."""
    first, _, rest = text.partition("\n")
    return rest if boilerplate.substance(first) == boilerplate.substance(title) else text


def _refusal(text: str, job: PageJob) -> str | None:
    notice = text[:_HEAD_OF_NOTICE]
    if len(text) < 2 * _HEAD_OF_NOTICE and _CONSENT.search(notice):
        return "the page is a consent or access notice"
    tail = text[-600:]
    if _PAYWALL.search(tail) or (len(text) < 2 * _HEAD_OF_NOTICE and _PAYWALL.search(notice)):
        return "the page is behind a paywall"
    if len(text) < 2 * _HEAD_OF_NOTICE and _NOT_FREE.search(job.body):
        return "the page says it is not free"
    if len(text) < MIN_TEXT or len(text) < len(job.text):
        return "the page has no more text than the feed"
    if not _about(job.title, text):
        return "the page does not speak of the title"
    return None


def _about(title: str, text: str) -> bool:
    """Whether any longer word of the title is in the text: else it is another page."""
    words = {word.casefold() for word in _WORD.findall(title)}
    folded = text.casefold()
    return not words or any(word in folded for word in words)


def _date(tree: lxml_html.HtmlElement) -> datetime | None:
    """The page's publication time, if it states one with its zone."""
    for path in _DATE_META:
        found = tree.xpath(path)
        for value in found if isinstance(found, list) else ():
            moment = dates.read_iso(str(value))
            if moment:
                return moment
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        moment = dates.read_iso(_ld_date(script.text or ""))
        if moment:
            return moment
    return None


def _ld_date(source: str) -> str:
    try:
        document = json.loads(source[:200_000])
    except (ValueError, RecursionError):
        return ""
    nodes = document if isinstance(document, list) else [document]
    graphs = [node.get("@graph") for node in nodes if isinstance(node, dict)]
    for node in (*nodes, *(item for graph in graphs if isinstance(graph, list) for item in graph)):
        value = node.get("datePublished") if isinstance(node, dict) else None
        if isinstance(value, str):
            return value
    return ""
