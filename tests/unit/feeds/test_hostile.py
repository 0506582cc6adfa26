"""Documents that were made to harm, or by programs that know no better."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.unit.feeds.documents import item, rss
from wirewatch.errors import FeedError
from wirewatch.feeds import Feed
from wirewatch.feeds.digest import Digest, FeedJob, digest
from wirewatch.feeds.parse import parse
from wirewatch.feeds.state import MAX_ENTRIES

NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
FEED = Feed(url="https://feeds.example/all", name="All")


def read(body: str | bytes) -> Digest:
    data = body.encode() if isinstance(body, str) else body
    return digest(
        FeedJob(feed=FEED, body=data, headers={}, url=FEED.url, known=frozenset(), now=NOW)
    )


@pytest.mark.parametrize(
    ("reference", "shown"),
    [
        ("&#55357;&#56832;", "\N{GRINNING FACE}"),  # halves of one character, as UTF-16 has them
        ("&#xD83D;&#xDE00;", "\N{GRINNING FACE}"),
        ("&#xD83D;", "\ufffd"),
        ("&#56832;&#55357;", "\ufffd\ufffd"),
        ("&#0;&#x1b;&#x110000;&#99999999999;", "\ufffd\ufffd"),
        ("&#146;&#10;", "\u2019"),
        ("&#8217;&#x20AC;", "\u2019\u20ac"),
    ],
)
def test_references_to_no_character_cost_themselves_alone(reference: str, shown: str) -> None:
    body = rss(
        item(title="Ferry @ sinks"), item(title="Mine collapses", link="https://n.example/2")
    )
    ferry, mine = read(body.replace("@", reference)).drafts
    assert (ferry.title, mine.title) == (f"Ferry {shown} sinks", "Mine collapses")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "iso-2022-jp"])
def test_ampersands_that_were_not_escaped_are_read(encoding: str) -> None:
    titles = (
        "AT&T, Q&A; S&amp;P & 5 &#62; 3",
        "<![CDATA[R&D kills &amp; more]]>",
        "\u0391\u03b8\u03b7\u03bd\u03b1",
    )
    items = "".join(
        f"<item><title>{title}</title><link>https://n.example/{n}?a=1&b=2</link></item>"
        for n, title in enumerate(titles)
    )
    if encoding != "utf-8":  # nothing is mended there, and nothing harmed
        items = items.replace("&b", "&amp;b").replace("T&T, Q&A; S", "T&amp;T, Q&amp;A; S")
        items = items.replace("P & 5", "P &amp; 5")
    body = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel>{items}'
    found = read(f"{body}</channel></rss>".encode(encoding))
    assert [draft.title for draft in found.drafts] == [
        "AT&T, Q&A; S&P & 5 > 3",
        "R&D kills & more",
        "\u0391\u03b8\u03b7\u03bd\u03b1",
    ]
    assert [draft.url for draft in found.drafts] == [
        f"https://n.example/{n}?a=1&b=2" for n in range(3)
    ]


def test_ill_formed_and_well_formed_copies_name_the_same() -> None:
    guid = "https://n.example/?p=1&q=2"
    tagged = item(guid=guid, link=None).replace("</item>", "<category>Q&amp;A</category></item>")
    whole = rss(tagged).replace("news.example/<", "news.example/?a=1&amp;b=2<")
    found = [parse(body.encode(), {}, FEED.url) for body in (whole, whole[:-1])]
    assert [parsed.link for parsed in found] == ["https://news.example/?a=1&b=2"] * 2
    assert [parsed.entries[0].guid for parsed in found] == [guid] * 2
    assert [bool(parsed.notes) for parsed in found] == [False, True]
    assert [read(body).drafts[0].tags for body in (whole, whole[:-1])] == [("Q&A",)] * 2


def test_an_address_without_its_scheme_is_one() -> None:
    document = rss(item(link="www.news.example/ferry"), item("Two", link="/mine"))
    assert [draft.url for draft in read(document).drafts] == [
        "http://www.news.example/ferry",
        "https://news.example/mine",
    ]


ENTRY = {"id": "1", "url": "https://news.example/1", "content_text": "A ferry sank."}


def json_feed(title: bytes, **more: object) -> bytes:
    document = {"version": "https://jsonfeed.org/version/1.1", "items": [ENTRY | {"title": "@"}]}
    return json.dumps(document | more).encode().replace(b"@", title)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (json_feed(rb"Ferry \ud83d sinks"), "Ferry \ufffd sinks"),
        (json_feed(b"Ferry \xff sinks"), "Ferry \ufffd sinks"),
        (json_feed(b"Ferry\nsinks\t"), "Ferry sinks"),
        (json_feed(b"Ferry sinks").decode().encode("utf-16"), "Ferry sinks"),
        (json_feed(b"Ferry sinks", _serial=2**70), "Ferry sinks"),
    ],
)
def test_json_that_json_does_not_allow_is_read(body: bytes, title: str) -> None:
    assert [draft.title for draft in read(body).drafts] == [title]


@pytest.mark.parametrize(
    "body",
    [
        json_feed(b"x", items=[0]).replace(b"[0]", b"[" * 100_000 + b"]" * 100_000),
        json_feed(b"x", _serial=0).replace(b": 0", b": " + b"9" * 5000),
    ],
)
def test_json_without_bounds_is_refused(body: bytes) -> None:
    with pytest.raises(FeedError, match="the document is not JSON"):
        read(body)


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
)


@pytest.mark.parametrize(
    "declarations",
    [LAUGHS, '<!ENTITY j SYSTEM "file:///etc/hostname">', '<!ENTITY j SYSTEM "http://127.0.0.1/">'],
)
def test_entities_of_a_document_are_not_expanded(declarations: str) -> None:
    started = time.process_time()
    body = rss(item(title="Ferry @ sinks")).replace("@", "&j;")
    body = body.replace("<rss", f"<!DOCTYPE rss [{declarations}]><rss", 1)
    (draft,) = read(body).drafts
    assert draft.title in {"Ferry sinks", "Ferry &j; sinks"}
    assert time.process_time() - started < 5


def numbered(numbers: Iterable[int]) -> str:
    """Entries, each a second newer than the one before it in number."""
    start = datetime(2031, 5, 5, tzinfo=UTC)
    dates = ((n, format_datetime(start + timedelta(seconds=n))) for n in numbers)
    return "".join(item(f"No {n}", f"https://n.example/{n}", date=date) for n, date in dates)


@pytest.mark.parametrize(
    ("count", "newest_first"), [(2000, False), (40_000, True), (40_000, False)]
)
def test_the_newest_of_too_many_entries_are_read(count: int, newest_first: bool) -> None:
    numbers = range(count)
    body = rss(numbered(reversed(numbers) if newest_first else numbers))
    started = time.process_time()
    found = read(body)
    assert time.process_time() - started < 5  # all 40,000 would take 6
    assert {draft.title for draft in found.drafts} == {f"No {n}" for n in numbers[-MAX_ENTRIES:]}
    said = "2000" if count == 2000 else "5000 or more"
    assert found.notes == (f"{said} entries, the newest 1000 are read",)


def test_a_link_beside_another_protocols_is_read() -> None:
    body = rss(item()).replace(
        "<link>https://news.example/2", '<link uri="at://x/a">https://news.example/2'
    )
    (draft,) = read(body).drafts
    assert draft.url == "https://news.example/2031/05/06/ferry"


CAPTION = "Rescuers at the pier in 2019, when ninety people died in a long storm off the coast."


@pytest.mark.parametrize("attributes", ["", ' type="plain"'])
def test_a_picture_is_not_what_an_entry_tells(attributes: str) -> None:
    media = (
        f"<media:content url='https://n.example/i.jpg'><media:title>Old pier</media:title>"
        f"<media:description{attributes}>{CAPTION}</media:description></media:content>"
    )
    spaced = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:sy='
    told = rss(item(text="A ferry sank.").replace("</item>", f"{media}</item>"))
    (draft,) = read(told.replace("xmlns:sy=", spaced)).drafts
    assert (draft.title, draft.text) == ("Ferry sinks off Port Amity", "A ferry sank.")
    untold = rss(item(text="", title="").replace("</item>", f"{media}</item>"))
    (draft,) = read(untold.replace("xmlns:sy=", spaced)).drafts
    assert (draft.title, draft.text) == ("Old pier", CAPTION)
