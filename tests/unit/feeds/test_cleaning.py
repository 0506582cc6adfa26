"""Text, addresses and dates, cleaned."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.feeds.documents import item, rss
from wirewatch.errors import FeedError
from wirewatch.feeds import Feed, boilerplate, clean, dates, urls
from wirewatch.feeds.article import content_hash
from wirewatch.feeds.digest import FeedJob, digest
from wirewatch.feeds.entry import Text
from wirewatch.feeds.parse import parse

NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "3 comments", "No comments", "Leave a comment", "1.2k shares", "Comments (14)",
        "2 min read",
        "4-minute listen", "Reading time: 5 minutes", "Updated 3 hours ago", "an hour ago",
        "Last updated: Tue 6 May 2031 at 10:42 GMT", "Published 06/05/2031 09:12",
        "Continue reading…", "Read more »", "Read more: what we know", "[…]", "...", "Share this",
        "Share | Tweet | Email", "Advertisement", "Click here to see the map",
        "Related stories:",
        "The post Mine collapses appeared first on Example Wire.", "Sign up for our newsletter",
        "Follow us on Facebook and X", "Skip to content", "Also on Example Wire:",
        "submitted by /u/someone to r/worldnews", "[link] [comments]",
    ],
)  # fmt: skip
def test_boilerplate_is_taken_out(line: str) -> None:
    assert boilerplate.strip(f"The mine collapsed.\n{line}\nNine are missing.") == (
        "The mine collapsed.\nNine are missing."
    )


@pytest.mark.parametrize(
    "line",
    [
        "Updated toll: 12 killed in the blast", "12 killed", "Three people were hurt.",
        "Share prices fell by 3 per cent.", "The minister made two comments.", "Read my lips.",
        "More than 40 people died.", "Posted near the border, 200 soldiers wait.",
        "Two hours ago a bomb went off in the market.", "Published figures put the dead at 43.",
        "Full coverage of the border is impossible, he said.", "Follow us, the rescuers said.",
        "More from the north:  forty are dead.", "Also on Monday: a mine collapsed.",
        "At 10:42 on 6 May the slope gave way.", "Tweets by the minister drew 300 protesters.",
    ],
)  # fmt: skip
def test_news_is_not_boilerplate(line: str) -> None:
    assert boilerplate.strip(line) == line


@pytest.mark.parametrize("edit", ["43", "forty-three", "at least 12", "1.2", "12,000"])
def test_figures_are_substance(edit: str) -> None:
    assert content_hash("Bomb", "It killed 12.") != content_hash("Bomb", f"It killed {edit}.")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two<br/><br/>Three", "One\nTwo\nThree"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("in<b>line</b> <i>marks</i>", "inline marks"),
        ("a\nb <p>c\nd</p>", "a b\nc d"),
        ("<script>x</script><style>y</style><noscript>z</noscript>kept", "kept"),
        ("AT&amp;T &lt;3 caf&eacute; &#8212; &#x2014;", "AT&T <3 café — —"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
        ("First paragraph\nwraps.\n\nSecond.", "First paragraph wraps.\nSecond."),
        (
            "A ferry sank off Port Amity and the\n      harbour was\nclosed.",
            "A ferry sank off Port Amity and the harbour was closed.",
        ),
        (
            "A ferry sank in the storm off Port Amity on its way to\nMount Clare on Monday.",
            "A ferry sank in the storm off Port Amity on its way to Mount Clare on Monday.",
        ),
        (
            "A ferry sank on Monday.\nA mine collapsed.",
            "A ferry sank on Monday.\nA mine collapsed.",
        ),
        ("Ferry sinks\nMine collapses", "Ferry sinks\nMine collapses"),
        ("<!-- nothing -->", ""),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
        ("<figure><img><figcaption>Soldiers in 2010</figcaption></figure>Today", "Today"),
        ("At least <s>12</s> <del>14</del> 15 died", "At least 15 died"),
        ("<p hidden>a</p><p style='color:red;display: none'>b</p>c", "c"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;br /&gt;three&lt;/p&gt;", "One\nTwo\nthree"),
        ("&amp;lt;p&amp;gt;One&amp;lt;/p&amp;gt;&amp;amp; two", "One\n& two"),
        ("<p>One</p><p>&lt;a href='x'&gt;Two&lt;/a&gt;</p>", "One\nTwo"),
        ("<p>Below</p><p>the &lt;blink&gt; tag, 12 &lt; 15</p>", "Below\nthe <blink> tag, 12 < 15"),
        ("<![CDATA[<![CDATA[Blast kills 12]]]]>", "Blast kills 12"),
        ("so\u00adft \u061ca\u2066b\u206f \U000e0041c\u2028d", "soft ab c\nd"),
    ],
)
def test_markup_becomes_text(markup: str, expected: str) -> None:
    assert clean.body(Text(markup)) == (expected, False)


def test_plain_text_of_atom_and_json_stays_as_it_is() -> None:
    assert clean.title(Text("Why <b> & a < b matter", "plain")) == "Why <b> & a < b matter"
    assert clean.title(Text("Why <em>tags</em> &amp; more", "plain")) == "Why tags & more"


def test_deep_and_huge_markup_is_bounded() -> None:
    started = time.process_time()
    deep, _ = clean.body(Text("<div>" * 100_000 + "core" + "</div>" * 100_000))
    assert deep in {"core", ""}
    text, cut = clean.body(Text("word " * 400_000))
    assert (len(text), cut) == (clean.MAX_TEXT, True)
    assert len(clean.title(Text("long " * 1000))) == clean.MAX_TITLE
    for hostile in ("The post " * 40_000, "Read more " * 40_000, "&amp;" * 100_000, "<" * 100_000):
        clean.body(Text(hostile))
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://User:pw@News.Example:443/a?utm_source=x&b=2#frag", "https://news.example/a?b=2"),
        ("http://news.example:8080", "http://news.example:8080/"),
        ("//news.example/a", "https://news.example/a"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://news.example/a?cid=47&src=rss&ref=home", "https://news.example/a?cid=47&ref=home"),
        ("https://news.example/a?q=1&at_medium=RSS&at_x=y&CMP=z", "https://news.example/a?q=1"),
        ("javascript:alert(1)", None), ("mailto:a@b.example", None), ("", None),
        ("https://[::1", None), ("https://a.example:99999/", None), ("https://a b.example/", None),
        ("https://a.example/" + "x" * 5000, None), (None, None),
        ("https://www.google.com/url?rct=j&sa=t&url=https://n.example/a%3Fb%3D1&ct=ga&usg=x",
         "https://n.example/a?b=1"),
        ("http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fn.example%2fa&c=9",
         "https://n.example/a"),
        ("https://www.google.com/url?sa=t&url=javascript:alert(1)",
         "https://www.google.com/url?sa=t&url=javascript:alert(1)"),
        ("https://n.example/url?url=https://other.example/a",
         "https://n.example/url?url=https://other.example/a"),
    ],
)  # fmt: skip
def test_clean_url(url: str | None, expected: str | None) -> None:
    assert urls.clean_url(url, "https://base.example/") == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a?id=1", "https://news.example/a?id=2"),
        ("https://news.example/a", "https://news.example/b"),
        ("https://news.example/", "https://other.example/"),
        ("https://news.example/campaign", "https://news.example/c"),
        ("https://sport.news.example/a", "https://news.example/a"),
    ],
)
def test_different_articles_keep_different_identities(one: str, other: str) -> None:
    assert urls.identity_url(one) != urls.identity_url(other)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://feeds.bbc.co.uk/x", "bbc.co.uk"), ("https://www.abc.net.au/", "abc.net.au"),
        ("http://10.0.0.1:80/x", "10.0.0.1"), ("http://localhost/", "localhost"),
        ("nonsense", None),
    ],
)  # fmt: skip
def test_registrable_domain(url: str, domain: str | None) -> None:
    assert urls.registrable_domain(url) == domain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tue, 06 May 2031 09:00:00 +0200", "2031-05-06T07:00:00+00:00"),
        ("mar, 06 may 2031 09:00:00 +02:00", "2031-05-06T07:00:00+00:00"),
        ("Tue, 06 May 2031 3:05:00 PM EST", "2031-05-06T20:05:00+00:00"),
        ("May 6, 2031 9:00 am EDT", "2031-05-06T13:00:00+00:00"),
        ("Tue, 06 May 2031 09:00:00 GMT+2", "2031-05-06T07:00:00+00:00"),
        ("Tue, 06 May 2031 09:00:00 UTC-03:30", "2031-05-06T12:30:00+00:00"),
        ("2031-05-06 09:00:00 UTC", "2031-05-06T09:00:00+00:00"),
        ("2031-05-06 09:00:00 +0300", "2031-05-06T06:00:00+00:00"),
        ("2031-05-06T09:00:00EST", "2031-05-06T14:00:00+00:00"),
        ("20310506T090000Z", "2031-05-06T09:00:00+00:00"),
        ("May 6th, 2031", "2031-05-06T00:00:00+00:00"),
        ("1935831600", "2031-05-06T11:00:00+00:00"),
        ("2031\u5e745\u67086\u65e5", None),
        ("03/04/2031", None),
        ("12 hours ago", None),
    ],
)
@pytest.mark.parametrize("kind", ["rss", "json"])
def test_dates_are_read_exactly_or_not_at_all(written: str, read: str | None, kind: str) -> None:
    if kind == "rss":
        entry = parse(rss(item(date=written)).encode(), {}, "https://n.example/").entries[0]
    else:
        items = [{"id": "1", "title": "Ferry sinks", "date_published": written}]
        feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
        entry = parse(json.dumps(feed).encode(), {}, "https://n.example/").entries[0]
    assert entry.published == (datetime.fromisoformat(read) if read else None)
    assert bool(entry.notes) == (read is None)


def test_dates_of_pages_need_their_zone() -> None:
    assert dates.read_iso("2031-05-06T10:00:00+02:00") == datetime(2031, 5, 6, 8, tzinfo=UTC)
    early = ("1969-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00")
    for raw in ("2031-05-06", "2031-05-06T10:00:00", "", *early):
        assert dates.read_iso(raw) is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
@example(b"{")
@example(b'{"version": "1", "items": [[], {"id": []}, {"tags": {}}]}')
@example(b"<?xml version='1.0' encoding='utf-32'?>")
def test_any_bytes_give_a_digest_or_an_error(data: bytes) -> None:
    assert_read(data)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_feeds_give_a_digest_or_an_error(data: st.DataObject) -> None:
    whole = rss(item(), item("Two", "/2", "guid-2"), channel="<ttl>x</ttl>").encode()
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 60))
    assert_read(whole[:start] + data.draw(st.binary(max_size=20)) + whole[start + length :])


def assert_read(data: bytes) -> None:
    feed = Feed(url="https://news.example/rss", name="Example", language="en")
    job = FeedJob(feed=feed, body=data, headers={}, url=feed.url, known=frozenset(), now=NOW)
    try:
        result = digest(job)
    except FeedError:
        return
    for draft in result.drafts:
        assert draft.title
        assert draft.published is None or draft.published <= NOW + dates.FUTURE_TOLERANCE


FERRY = (
    "A ferry sank off Port Amity on Tuesday and twelve people died, officials said. Rescuers looked"
    " for more than thirty others until nightfall, and the harbour was closed to all ships. "
)
FERRI = (
    "Un ferry se hundió el martes frente a Puerto Amity y murieron doce personas, dijeron las"
    " autoridades. Los equipos buscaron a más de treinta desaparecidos hasta el anochecer."
)


@pytest.mark.parametrize(
    ("configured", "stated", "text", "language"),
    [
        (None, "en-us", FERRY, "en"),
        (None, "en-us", FERRI * 2, "es"),  # software states English unless told otherwise
        (None, "ar", FERRY * 2, "en"),
        ("en", "en-us", FERRI * 2, "en"),
        (None, "en-us", FERRI[:120], "en"),  # too short to contradict
        (None, "", FERRI, "es"),
        (None, "", "Kabul", None),
    ],
)
def test_language_is_what_the_text_is_in(
    configured: str | None, stated: str, text: str, language: str | None
) -> None:
    feed = Feed(url="https://n.example/rss", name="N", language=configured)
    document = rss(item(title="Port Amity", text=text), channel=f"<language>{stated}</language>")
    job = FeedJob(
        feed=feed, body=document.encode(), headers={}, url=feed.url, known=frozenset(), now=NOW
    )
    assert [draft.language for draft in digest(job).drafts] == [language]


def test_authors_and_the_feeds_own_name_are_words() -> None:
    author = "<author>jonas@insanity.industries (Jonas Gro\u00df)</author></item>"
    body = rss(item().replace("</item>", author))
    parsed = parse(body.encode(), {}, "https://n.example/")
    assert parsed.entries[0].authors == ("Jonas Gro\u00df",)
    named = {"version": "https://jsonfeed.org/version/1.1", "title": "Blog &#8211; <b>Wire</b>"}
    data = json.dumps(named | {"items": []}).encode()
    feed = Feed(url="https://n.example/", name="N")
    job = FeedJob(feed=feed, body=data, headers={}, url=feed.url, known=frozenset(), now=NOW)
    assert digest(job).title == "Blog \u2013 Wire"
