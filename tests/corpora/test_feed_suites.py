"""All feed files of the collected suites: read without a crash or a hang, and as they expect."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.corpora import feed_expectations
from tests.corpora.feed_expectations import FEEDS, Expectation
from wirewatch.errors import FeedError
from wirewatch.feeds import Feed, clean, opml
from wirewatch.feeds.digest import Digest, FeedJob, digest
from wirewatch.feeds.entry import ParsedFeed, Text
from wirewatch.feeds.parse import parse

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not FEEDS.exists(), reason="needs ../shared/data"),
]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
DOCS = Path(__file__).parents[2] / "docs" / "feeds.md"
LISTED = re.compile(r"^- `(?P<file>[^`]+)` (?P<field>feed title|feed link|title|link|id|published)")


def documents() -> list[Path]:
    return sorted(path for path in FEEDS.rglob("*") if path.suffix in {".xml", ".json"})


def read(path: Path) -> Digest | FeedError:
    feed = Feed(url="https://feeds.example/all", name="All")
    job = FeedJob(
        feed=feed, body=path.read_bytes(), headers={}, url=feed.url, known=frozenset(), now=NOW
    )
    try:
        return digest(job)
    except FeedError as error:
        return error


@pytest.mark.slow
def test_every_file_is_read_without_crash_or_hang() -> None:
    files = documents()
    assert len(files) > 3300
    drafts = failures = 0
    for path in files:
        started = time.process_time()
        result = read(path)
        assert time.process_time() - started < 5, path
        if isinstance(result, FeedError):
            failures += path.suffix == ".xml"
            continue
        for draft in result.drafts:
            assert draft.title
            assert draft.published is None or draft.published <= NOW
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", draft.title + draft.text)
            drafts += 1
    assert drafts > 1390
    assert failures == 19  # XML files without a feed in them


def test_every_list_is_read() -> None:
    files = sorted((FEEDS / "opml").rglob("*.opml"))
    assert len(files) == 118
    assert sum(len(opml.load(path).feeds) for path in files) > 1500


def differences() -> set[tuple[str, str]]:
    found = set()
    compared = 0
    for path in sorted((FEEDS / "feedparser_tests").rglob("*.xml")):
        headers = feed_expectations.feedparser_headers(path.read_bytes()[:3000].decode("latin-1"))
        below = path.relative_to(FEEDS / "feedparser_tests")
        url = f"http://127.0.0.1:8097/{below.as_posix()}"
        for expected in feed_expectations.of_feedparser(path):
            compared += 1
            found |= compare(path, headers, url, expected)
    for path in feed_expectations.gofeed_inputs():
        for expected in feed_expectations.of_gofeed(path):
            compared += 1
            found |= compare(path, {}, "http://example.org/feed", expected)
    assert compared > 640
    return found


def compare(
    path: Path, headers: dict[str, str], url: str, expected: Expectation
) -> set[tuple[str, str]]:
    try:
        actual = field_of(parse(path.read_bytes(), headers, url), expected)
    except FeedError:
        actual = None
    wanted = {expected.value}
    if expected.field == "title" and expected.value:
        wanted.add(feed_expectations.plain(expected.value))
    if (actual or "") in wanted:
        return set()
    return {
        (expected.file, expected.field if expected.index is not None else f"feed {expected.field}")
    }


def field_of(parsed: ParsedFeed, expected: Expectation) -> str | None:
    if expected.index is None:
        return parsed.link if expected.field == "link" else clean.title(Text(parsed.title))
    if expected.index >= len(parsed.entries):
        return None
    entry = parsed.entries[expected.index]
    if expected.field in {"published", "updated"}:
        moment = getattr(entry, expected.field)
        return moment.isoformat() if moment else None
    return {"title": clean.title(entry.title), "link": entry.link, "id": entry.guid}[expected.field]


def test_differences_from_the_suites_are_those_documented() -> None:
    lines = (LISTED.match(line) for line in DOCS.read_text().splitlines())
    documented = {(match["file"], match["field"]) for match in lines if match}
    assert differences() == documented
