"""Which entries are the same article, and which changes are revisions: polls without network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import msgspec
import pytest

from tests.unit.feeds.documents import item, rss
from wirewatch.feeds import Feed, FeedState, decide
from wirewatch.feeds.digest import FeedJob, digest
from wirewatch.feeds.state import CLEANING, GONE_DAYS, MAX_SEEN, MAX_TEXTS, Seen
from wirewatch.model import Article

NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
TEXT = "A ferry sank off Port Amity on Tuesday and twelve people died, officials said at noon."


class Reader:
    """A feed read again and again, an hour apart."""

    def __init__(self, url: str = "https://news.example/rss") -> None:
        self.feed = Feed(url=url, name="Example Wire", language="en")
        self.state = FeedState()
        self.now = NOW

    def reads(self, document: str) -> list[Article]:
        self.now += timedelta(hours=1)
        known = frozenset(entry.fingerprint for entry in self.state.seen)
        job = FeedJob(
            feed=self.feed, body=document.encode(), headers={}, url=self.feed.url, known=known,
            now=self.now,
        )  # fmt: skip
        decision = decide.decide(self.state, digest(job), self.now, self.feed.first_sight)
        finished = [
            decide.finish(one, decide.compose(one, self.feed.id, self.now), self.now)
            for one in decision.pending
        ]
        seen = decide.bounded((*(seen for _, seen in finished), *decision.seen), self.now)
        self.state = msgspec.structs.replace(
            self.state, seen=seen, ok_at=self.now, cleaning=CLEANING
        )
        return [article for article, _ in finished if article]


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_all_guids_change(reader: Reader) -> None:
    assert (
        len(reader.reads(rss(item(guid="a-100"), item("Two", "https://news.example/2", "a-101"))))
        == 2
    )
    assert reader.reads(rss(item(guid="b-7"), item("Two", "https://news.example/2", "b-8"))) == []


@pytest.mark.parametrize("guid", [None, "tag:news.example,2031:4711"])
def test_host_changes(reader: Reader, guid: str | None) -> None:
    (first,) = reader.reads(rss(item(link="http://www.news.example/a/ferry-sinks", guid=guid)))
    assert reader.reads(rss(item(link="https://wire.example/a/ferry-sinks", guid=guid))) == []
    (revised,) = reader.reads(
        rss(item(link="https://wire.example/a/ferry-sinks", guid=guid, text="Forty died."))
    )
    assert (revised.id, revised.revision) == (first.id, 2)


def bare(text: str, guid: str) -> str:
    """An entry of a few words, without date and link."""
    return (
        f"<item><title>{text}</title><guid isPermaLink='false'>{guid}</guid>"
        f"<description>{text}.</description></item>"
    )


def test_all_guids_of_short_entries_without_date_and_link_change(reader: Reader) -> None:
    first = rss(bare("Dam bursts", "story-14500"), bare("Two die in fire", "story-14501"))
    assert len(reader.reads(first)) == 2
    assert (
        reader.reads(rss(bare("Dam bursts", "paper-77207"), bare("Two die in fire", "paper-77208")))
        == []
    )
    assert [a.title for a in reader.reads(rss(bare("Three die in fire", "paper-77209")))] == [
        "Three die in fire"
    ]


def test_equal_short_entries_of_one_document_stay_apart(reader: Reader) -> None:
    first = reader.reads(rss(bare("Dam bursts", "story-14500"), bare("Dam bursts", "story-14501")))
    assert len({article.id for article in first}) == 2


def test_host_and_all_guids_change_at_once(reader: Reader) -> None:
    reader.reads(rss(item(link="https://old.example/a/1", guid="old-1", text=TEXT)))
    assert reader.reads(rss(item(link="https://new.example/b?id=1", guid="new-1", text=TEXT))) == []


def test_slug_and_title_change_but_guid_and_date_stay(reader: Reader) -> None:
    (first,) = reader.reads(rss(item("Ferry sinks", "https://news.example/ferry-sinks", "n-4711")))
    (second,) = reader.reads(
        rss(item("Ferry sinks, 12 dead", "https://news.example/ferry-sinks-12-dead", "n-4711"))
    )
    assert (second.id, second.revision) == (first.id, 2)
    assert second.previous is not None
    assert second.previous.title == "Ferry sinks"


def test_positions_for_guids_do_not_join_different_articles(reader: Reader) -> None:
    reader.reads(
        rss(item("One", "https://news.example/1", "1"), item("Two", "https://news.example/2", "2"))
    )
    fresh = reader.reads(
        rss(
            item("Three", "https://news.example/3", "1"), item("One", "https://news.example/1", "2")
        )
    )
    assert [(article.title, article.revision) for article in fresh] == [("Three", 1)]


def test_reused_long_guid_with_another_story_is_another_article(reader: Reader) -> None:
    reader.reads(rss(item("Ferry sinks", "https://news.example/1", "lead-story-of-hour")))
    (other,) = reader.reads(
        rss(
            item(
                "Mine collapses in the north", "https://news.example/2", "lead-story-of-hour",
                "Nine miners are missing after a collapse.", "Tue, 06 May 2031 13:30:00 GMT",
            )
        )
    )  # fmt: skip
    assert (other.revision, other.previous) == (1, None)


def test_one_guid_for_all_entries(reader: Reader) -> None:
    document = rss(
        item("One", "https://news.example/1", "same-guid"),
        item("Two", "https://news.example/2", "same-guid"),
        item("Three", None, "same-guid"),
    )
    assert len({article.id for article in reader.reads(document)}) == 3
    assert reader.reads(document) == []


def test_one_link_for_all_entries(reader: Reader) -> None:
    document = rss(
        item("One", "https://news.example/live", "x-100"),
        item("Two", "https://news.example/live", "x-101"),
        item("Three", "https://news.example/", "x-102"),
        item("Four", "https://news.example/", None),
    )
    assert len({article.id for article in reader.reads(document)}) == 4
    assert reader.reads(document) == []


def test_no_guid_and_no_link(reader: Reader) -> None:
    one = item("One", None, None)
    (first,) = reader.reads(rss(one))
    assert first.url is None
    assert reader.reads(rss(item("Two", None, None, date=None), one))[0].title == "Two"
    (revised,) = reader.reads(rss(item("One", None, None, text="Now forty have died.")))
    assert (revised.id, revised.revision) == (first.id, 2)


@pytest.mark.parametrize(
    "variant",
    [
        "https://news.example/2031/05/06/ferry?utm_source=rss&at_medium=feed",
        "http://news.example/2031/05/06/ferry/",
        "https://www.news.example/2031/05/06/ferry#comments",
        "https://m.news.example/2031/05/06/ferry",
        "https://news.example/amp/2031/05/06/ferry",
        "https://news.example/2031/05/06/ferry/amp/",
        "https://NEWS.example:443/2031/05/06/ferry?fbclid=1",
        "https://www-news-example.cdn.ampproject.org/c/s/www.news.example/2031/05/06/ferry",
    ],
)
def test_address_variants_are_one_article(reader: Reader, variant: str) -> None:
    (first,) = reader.reads(rss(item()))
    other = Reader("https://other.example/rss")
    (second,) = other.reads(rss(item("Another headline", variant)))
    assert first.id == second.id
    assert reader.reads(rss(item(link=variant))) == []


@pytest.mark.parametrize(
    "text",
    [
        "A  ferry sank off Port Amity on Tuesday, and twelve people died – officials said at noon!",
        f"<p>{TEXT}</p><p>3 comments</p>",
        f"2 min read {TEXT}",
        f"{TEXT} Continue reading...",
        f"<p>{TEXT}</p><p>The post Ferry sinks appeared first on Example Wire.</p>",
        f"<p>Last updated: 6 May 2031 at 10:42 GMT</p><p>{TEXT}</p><p>Share this</p>",
        f"<div><script>track(1)</script>{TEXT}<img src='https://news.example/p.gif'></div>",
    ],
)
def test_white_space_counters_and_boilerplate_are_no_revision(reader: Reader, text: str) -> None:
    reader.reads(rss(item(text=TEXT)))
    assert reader.reads(rss(item(text=text))) == []


@pytest.mark.parametrize(
    "text", [TEXT.replace("twelve", "forty"), f"{TEXT} A second ferry is missing.", TEXT[:40]]
)
def test_substance_is_a_revision(reader: Reader, text: str) -> None:
    reader.reads(rss(item(text=TEXT)))
    (revised,) = reader.reads(rss(item(text=text)))
    assert revised.revision == 2
    assert revised.previous is not None
    assert revised.previous.text == TEXT


def test_revisions_count_on(reader: Reader) -> None:
    for revision, toll in enumerate(("12", "14", "12", "43"), 1):
        (article,) = reader.reads(rss(item(text=f"A bomb killed {toll} in Port Amity.")))
        assert article.revision == revision
        assert (article.previous is None) == (revision == 1)


def test_entry_that_leaves_and_returns_is_known(reader: Reader) -> None:
    reader.reads(rss(item()))
    reader.reads(rss(item("Other", "https://news.example/other")))
    assert reader.reads(rss(item())) == []
    reader.reads(rss())
    (revised,) = reader.reads(rss(item(text="Forty have died now.")))
    assert revised.revision == 2


def test_article_listed_twice_is_published_once_and_stays_quiet(reader: Reader) -> None:
    older = item(text="Twelve died.", date="Tue, 06 May 2031 09:00:00 GMT")
    newer = item(text="Fourteen died.", date="Tue, 06 May 2031 10:00:00 GMT")
    (article,) = reader.reads(rss(older, newer))
    assert article.text == "Fourteen died."
    assert reader.reads(rss(older, newer)) == []
    newest = item(text="Forty died.", date="Tue, 06 May 2031 11:00:00 GMT")
    (revised,) = reader.reads(rss(newest, newer))
    assert (revised.text, revised.revision) == ("Forty died.", 2)
    assert reader.reads(rss(newest, newer)) == []


def test_lagging_cache_does_not_bring_back_an_older_version(reader: Reader) -> None:
    old = item(text="Twelve died.", date="Tue, 06 May 2031 09:00:00 GMT")
    new = item(text="Forty died.", date="Tue, 06 May 2031 10:00:00 GMT")
    reader.reads(rss(old))
    assert len(reader.reads(rss(new))) == 1
    assert reader.reads(rss(old)) == []
    assert reader.reads(rss(new)) == []


def test_old_entry_remembered_is_published_when_it_says_it_was_updated(reader: Reader) -> None:
    date = "Thu, 01 May 2031 09:00:00 GMT"
    reader.reads(rss(item(text=TEXT, date=date)))
    assert reader.reads(rss(item(text=TEXT.replace("twelve", "forty"), date=date))) == []
    updated = item(text="Sixty have died.", date=date).replace(
        "</item>",
        '<a:updated xmlns:a="http://www.w3.org/2005/Atom">2031-05-06T13:00:00Z</a:updated></item>',
    )
    (article,) = reader.reads(rss(updated))
    assert (article.revision, article.text) == (1, "Sixty have died.")


def test_undated_entry_is_new_unless_its_address_shows_its_age(reader: Reader) -> None:
    fresh = reader.reads(
        rss(
            item("One", "https://news.example/one", date=None),
            item("Two", "https://news.example/2019/03/04/two", date=None),
            item("Three", "https://news.example/2031/05/05/three", date="yesterday-ish"),
        )
    )
    assert [(article.title, article.published) for article in fresh] == [
        ("One", None),
        ("Three", None),
    ]
    assert fresh[1].notes == ("date 'yesterday-ish' cannot be read",)


def test_new_way_of_cleaning_revises_nothing(reader: Reader) -> None:
    reader.reads(rss(item(text=TEXT)))
    altered = [
        msgspec.structs.replace(entry, content="other", fingerprint="other")
        for entry in reader.state.seen
    ]
    reader.state = msgspec.structs.replace(reader.state, seen=tuple(altered), cleaning=0)
    assert reader.reads(rss(item(text=TEXT))) == []
    assert len(reader.reads(rss(item(text="Forty have died.")))) == 1


def test_state_is_bounded() -> None:
    random = Random(1)
    listed = int(NOW.timestamp())
    seen = [
        Seen(
            id=f"{number:024x}", revision=1, fingerprint=f"{number:016x}", content=f"{number:024x}",
            published=f"{number:024x}", updated=listed - number, first=listed,
            listed=listed - 60 * number, aliases=(f"{number:012x}",) * 5,
            text=random.randbytes(2500),
        )
        for number in range(2 * MAX_SEEN)
    ]  # fmt: skip
    random.shuffle(seen)
    kept = decide.bounded(seen, NOW)
    assert [entry.id for entry in kept] == [f"{number:024x}" for number in range(MAX_SEEN)]
    assert 250_000 < sum(len(entry.text) for entry in kept) <= MAX_TEXTS
    assert kept[0].text
    assert len(msgspec.json.encode(FeedState(seen=kept))) < 1_000_000
    assert decide.bounded(seen, NOW + timedelta(days=GONE_DAYS + 9)) == ()


def test_entries_long_gone_are_forgotten(reader: Reader) -> None:
    reader.reads(rss(item()))
    reader.now += timedelta(days=GONE_DAYS + 1)
    reader.reads(rss(item("Other", "https://news.example/other")))
    assert len(reader.state.seen) == 1


def test_revision_whose_former_text_was_dropped_says_so(reader: Reader) -> None:
    reader.reads(rss(item(text=TEXT)))
    dropped = tuple(msgspec.structs.replace(entry, text=b"") for entry in reader.state.seen)
    reader.state = msgspec.structs.replace(reader.state, seen=dropped)
    (revised,) = reader.reads(rss(item(text="Forty have died.")))
    assert (revised.revision, revised.previous) == (2, None)
    assert revised.notes == ("the former text was no longer kept",)


def test_a_clock_that_was_years_ahead_loses_and_repeats_nothing(reader: Reader) -> None:
    reader.now += timedelta(days=3650)
    assert reader.reads(rss(item())) == []  # old, as the clock has it: remembered
    reader.now = NOW
    late = item("Mine collapses", "https://news.example/mine", date="Tue, 06 May 2031 11:00:00 GMT")
    assert [article.title for article in reader.reads(rss(item(), late))] == ["Mine collapses"]
    assert {entry.listed for entry in reader.state.seen} == {int(reader.now.timestamp())}
    assert reader.reads(rss(late)) == []
