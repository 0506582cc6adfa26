"""The child process that reads documents."""

from __future__ import annotations

import io
import os
import signal
from datetime import UTC, datetime

import msgspec
import pytest

from tests.unit.feeds.documents import item, rss
from wirewatch.errors import FeedError
from wirewatch.feeds import ChildReader, Feed, InlineReader, child
from wirewatch.feeds.digest import Digest, FeedJob
from wirewatch.feeds.page import PageJob
from wirewatch.feeds.reader import Answer

NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


def job(body: str) -> FeedJob:
    feed = Feed(url="https://news.example/rss", name="Example", language="en")
    return FeedJob(
        feed=feed, body=body.encode(), headers={}, url=feed.url, known=frozenset(), now=NOW
    )


async def test_child_reads_as_the_caller_would() -> None:
    reader = ChildReader()
    try:
        assert await reader.digest(job(rss(item()))) == await InlineReader().digest(
            job(rss(item()))
        )
        with pytest.raises(FeedError, match="not a feed"):
            await reader.digest(job("nothing"))
        page = PageJob(
            body=b"<html><p>x</p></html>", content_type="text/html", requested="https://a.example/b",
            url="https://a.example/b", title="x", text="x",
        )  # fmt: skip
        assert await reader.page(page) == await InlineReader().page(page)
    finally:
        await reader.close()


async def test_document_that_takes_too_long_costs_its_time_and_nothing_else() -> None:
    reader = ChildReader(time_limit=60)
    try:
        await reader.digest(job(rss(item())))  # started: only the document is timed below
        reader._time_limit = 0.3
        with pytest.raises(FeedError, match=r"more than 0\.3 s"):
            await reader.digest(job("<b>" * 3_000_000))
        reader._time_limit = 60
        assert len((await reader.digest(job(rss(item())))).drafts) == 1
    finally:
        await reader.close()


async def test_child_that_dies_is_replaced() -> None:
    reader = ChildReader(time_limit=60)
    try:
        await reader.digest(job(rss(item())))
        process = reader._idle[0]
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
        assert len((await reader.digest(job(rss(item())))).drafts) == 1
        reader._idle[0].send_signal(signal.SIGSTOP)
        reader._time_limit = 0.3
        with pytest.raises(FeedError):
            await reader.digest(job(rss(item())))
        assert reader._idle == []
    finally:
        await reader.close()


def test_serve_answers_every_job() -> None:
    requests = [
        msgspec.msgpack.encode(job(rss(item()))),
        b"rubbish",
        msgspec.msgpack.encode(job("x")),
    ]
    jobs = io.BytesIO(b"".join(len(one).to_bytes(4, "big") + one for one in requests))
    answers = io.BytesIO()
    child.serve(jobs, answers)
    answers.seek(0)
    found = []
    while head := answers.read(4):
        found.append(msgspec.msgpack.decode(answers.read(int.from_bytes(head, "big")), type=Answer))
    assert [answer.failure is None for answer in found] == [True, False, False]
    assert len(msgspec.msgpack.decode(found[0].result, type=Digest).drafts) == 1
