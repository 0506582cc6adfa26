"""feeds.yaml and OPML."""

from __future__ import annotations

from pathlib import Path

import pytest

from wirewatch.errors import FeedError, SettingsError
from wirewatch.feeds import Feed, merge, opml, registry

FULL = """
defaults: {language: en, interval: 2m}
feeds:
  - url: https://news.example/rss
    name: Example Wire
    publisher: news.example
    owner: Press House
    language: fr
    interval: 90s
    max_interval: 1h
    first_sight: 2d
    tags: [world, africa]
    fulltext: yes
    enabled: false
  - url: https://other.example/rss  # a comment
"""


def test_every_key_is_read() -> None:
    full, short = registry.parse(FULL, "feeds.yaml")
    assert full == Feed(
        url="https://news.example/rss", name="Example Wire", publisher="news.example",
        owner="Press House",
        language="fr", interval=90, max_interval=3600, first_sight=172_800,
        tags=("world", "africa"), fulltext=True, enabled=False,
    )  # fmt: skip
    assert (short.name, short.language, short.interval) == ("other.example", "en", 120)


def test_shipped_list() -> None:
    feeds = registry.load()
    assert len(feeds) >= 15
    assert {feed.language for feed in feeds} == {"en"}
    assert all(feed.url.startswith("https://") and feed.publisher for feed in feeds)
    assert len({feed.publisher for feed in feeds}) == len(feeds)


def test_written_list_is_read_back() -> None:
    for feeds in (registry.load(), registry.parse(FULL, "")):
        assert registry.parse(registry.dump(feeds), "") == feeds


ONE = "feeds:\n- url: https://a.example/\n  "


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("feeds:\n- urll: x", "line 2: key 'urll' is not known; did you mean 'url'? allowed are"),
        ("feed: []", "line 1: key 'feed' is not known"),
        ("feeds:\n- name: x", "line 2: feed has no url"),
        ("feeds:\n- url: ftp://a.example/", "line 2: url is 'ftp://a.example/'; allowed are http"),
        ("feeds:\n- url: https://a.example/ b", "line 2: url is"),
        (ONE + "interval: 5 parsecs", "line 3: interval is '5 parsecs'; all"),
        (ONE + "interval: 2d", "line 3: interval is '2d'; allowed are 1s"),
        (ONE + "interval: 1h\n  max_interval: 5m", "has a max_interval below"),
        (ONE + "fulltext: maybe", "line 3: fulltext is 'maybe'; allowed"),
        (ONE + "tags: world", "line 3: tags must be a list"),
        (ONE + "language: English", "line 3: language is 'English'; allowed"),
        (ONE + "name: ''", "line 3: name must be text"),
        (ONE + "url: https://b.example/", "line 3: key 'url' stands twice"),
        (ONE.rstrip() + "\n- url: https://a.example/", "line 3: feed https://a.example/ is listed"),
        ("feeds: 3", "line 1: feeds must be a list"),
        ("- url: https://a.example/", "line 1: the file must be a mapping of defaults, feeds"),
        ("defaults: {url: x}", "line 1: key 'url' is not known"),
        ("feeds: [", "is not YAML"),
        ("feeds:\n\t- url: x", "line 2: is not YAML: found character '\\t' that cannot start"),
        ("feeds: " + "[" * 3000, "nested too deeply"),
        ("feeds:\n- url: https://anna:tulip@a.example/", "'https://...@a.example/'; wirewatch"),
        (ONE.rstrip() + "\n- url: HTTPS://A.example/", "HTTPS://A.example/ is listed before, in l"),
    ],
)  # fmt: skip
def test_errors_name_file_line_key_and_what_is_allowed(source: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        registry.parse(source, "my/feeds.yaml")
    assert str(caught.value).startswith("my/feeds.yaml")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"feeds: [\xe9]")
    for name in ("missing.yaml", "latin.yaml", "."):
        with pytest.raises(SettingsError, match=str(tmp_path)):
            registry.load(tmp_path / name)
    assert registry.parse("", "empty") == ()


def test_opml_there_and_back() -> None:
    feeds = registry.load()
    again = opml.parse(opml.dump(feeds), "list.opml").feeds
    assert [(feed.url, feed.name, feed.language, feed.tags) for feed in again] == [
        (feed.url, feed.name, feed.language, feed.tags) for feed in feeds
    ]


def test_opml_of_readers() -> None:
    document = b"""<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <opml version="1.1"><body>
      <outline text="World"><outline text="Africa &amp; Asia">
        <outline title="One &#27;[31m" text="x" xmlURL="https://one.example/rss"
          language="EN-us" category="/a/b,c"/>
        <outline text="&x;" xmlUrl="feed://two.example/rss"/>
      </outline></outline>
      <outline text="three" xmlUrl="feed:https://three.example/rss" language="&#233;&#233;"/>
      <outline text="secret" xmlUrl="https://anna:tulip@four.example/rss"/>
      <outline text="twice" xmlUrl="https://one.example/rss"/>
      <outline text="bad" xmlUrl="javascript:1"/><outline text="no feed" htmlUrl="https://a.example"/>
    </body></opml>"""
    listing = opml.parse(document, "x.opml")
    one, two, three = listing.feeds
    assert (three.url, three.language) == ("https://three.example/rss", None)
    assert listing.passed_over == ("https://anna:tulip@four.example/rss", "javascript:1")
    assert registry.parse(registry.dump(listing.feeds), "") == listing.feeds
    assert one == Feed(
        url="https://one.example/rss", name="One [31m", language="en",
        tags=("World", "Africa & Asia", "a/b", "c"),
    )  # fmt: skip
    assert (two.url, two.name) == ("http://two.example/rss", "two.example")


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"nothing", b"\0\0"])
def test_what_is_no_opml(data: bytes) -> None:
    with pytest.raises(FeedError, match=r"x\.opml: is not OPML"):
        opml.parse(data, "x.opml")


def test_opml_whose_feeds_are_out_of_reach_is_damaged_not_empty() -> None:
    nested = "<outline text='a'>" * 300 + "<outline xmlUrl='https://a.example/'/>"
    document = f"<opml><body>{nested}{'</outline>' * 300}</body></opml>"
    with pytest.raises(FeedError, match=r"x\.opml: is damaged: "):
        opml.parse(document.encode(), "x.opml")
    assert opml.parse(b"<opml><body/></opml>", "x.opml").feeds == ()


def test_merging_keeps_what_a_person_wrote() -> None:
    new = (
        Feed(url="https://new.example/rss", name="New: 'quoted' #1", tags=("a",)),
        Feed(url="https://other.example/rss", name="Known already"),
    )
    text, added = merge.merged(FULL, "feeds.yaml", new)
    assert text.startswith(FULL.rstrip())
    assert added == new[:1]
    assert [feed.name for feed in registry.parse(text, "")] == [
        "Example Wire", "other.example", "New: 'quoted' #1",
    ]  # fmt: skip
    assert merge.merged(text, "feeds.yaml", new) == (text, ())


def test_merging_into_other_shapes() -> None:
    new = (Feed(url="https://new.example/rss", name="New"),)
    for source in ("", "# only a comment\n", "feeds: []\n", "feeds: [{url: https://a.example/}]",
                   "feeds:\n- url: https://a.example/\ndefaults: {interval: 1m}\n"):  # fmt: skip
        text, _ = merge.merged(source, "feeds.yaml", new)
        assert registry.parse(text, "")[-1].url == "https://new.example/rss"
        assert len(registry.parse(text, "")) == len(registry.parse(source, "")) + 1
