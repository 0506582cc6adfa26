from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from wirewatch.agents.poll import _due, _newer, fitting
from wirewatch.feeds import FeedState
from wirewatch.model import Article, Previous
from wirewatch.streams.records import Polled
from wirewatch.streams.topics import MAX_RECORD_BYTES

NOW = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (FeedState(), True),
        (FeedState(next_check=NOW), True),
        (FeedState(next_check=NOW + timedelta(seconds=1)), False),
        (FeedState(gone=True), False),
        (FeedState(checked_at=NOW + 9 * YEAR, next_check=NOW + 10 * YEAR), True),
        (FeedState(checked_at=NOW + 9 * YEAR, gone=True), False),
    ],
)
def test_a_feed_is_due_when_its_time_has_come(state: FeedState, due: bool) -> None:
    assert _due(state, NOW) is due


@pytest.mark.parametrize(
    ("ages", "newer"),
    [
        ((timedelta(0), timedelta(minutes=5)), 0),
        ((timedelta(minutes=5), timedelta(0)), 1),
        ((timedelta(minutes=5), timedelta(minutes=5)), 0),
        ((-timedelta(minutes=5), timedelta(0)), 0),  # two machines' clocks never agree
        ((-9 * YEAR, timedelta(0)), 1),
        ((timedelta(0), -9 * YEAR), 0),
    ],
)
def test_what_a_wrong_clock_wrote_is_not_newer(
    ages: tuple[timedelta, timedelta], newer: int
) -> None:
    polls = [
        Polled(feed="f", url="u", at=NOW - age, outcome="unchanged", articles=0, state=FeedState())
        for age in ages
    ]
    assert _newer(*polls, NOW) is polls[newer]


def article(text: str, previous: str | None = None) -> Article:
    former = Previous(title="t", text=previous) if previous else None
    return Article(
        id="a", revision=2, feed="f", publisher="p", url=None, title="t", text=text,
        fetched_at=NOW, previous=former,
    )  # fmt: skip


def test_an_ordinary_article_is_sent_as_it_is() -> None:
    ordinary = article("x" * 100_000, "y" * 100_000)
    assert fitting(ordinary) is ordinary


def test_an_article_too_large_for_a_record_is_cut_and_marked() -> None:
    fitted = fitting(article("\x00" * 2_000_000, "y" * 3_000_000))
    assert len(msgspec.json.encode(fitted)) < MAX_RECORD_BYTES
    assert len(fitted.text) == 100_000
    assert fitted.previous is None
    assert fitted.notes == ("cut: too large for a record",)
