"""Readers that die, hang or fail over one article, and what becomes of the others."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime

import msgspec
import pytest

from wirewatch.errors import WirewatchError
from wirewatch.model import Article, ArticleRef, Event, Evidence
from wirewatch.streams.blame import RecordError
from wirewatch.streams.codecs import DecodeError
from wirewatch.streams.metrics import Metrics
from wirewatch.streams.pool import ReaderPool
from wirewatch.streams.reader import Read

SECONDS = 8.0


def article(title: str) -> bytes:
    return msgspec.json.encode(
        Article(
            id=title, revision=1, feed="f", publisher="example.org", url=None, title=title,
            text="", fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    )  # fmt: skip


def _read(one: Article) -> Iterable[Event]:
    if one.title == "dies":
        os._exit(9)
    if one.title == "hangs":
        time.sleep(3600)
    if one.title == "fails":
        raise ValueError("no verb\x1b[31m in it")
    ref = ArticleRef(id=one.id, revision=1, url=None, publisher="", title=one.title, published=None)
    yield Event(
        id=f"event of {one.title}", article=ref, type="attack", when="current",
        status="happened", evidence=Evidence(start=0, end=1, quote="x"),
    )  # fmt: skip


def toy_reader() -> Read:
    return _read


def broken_reader() -> Read:
    raise RuntimeError("no model")


@pytest.fixture
async def make() -> AsyncIterator[Callable[..., ReaderPool]]:
    made: list[ReaderPool] = []

    def pool(**options: float) -> ReaderPool:
        made.append(ReaderPool(2, toy_reader, Metrics(), **options))
        return made[-1]

    yield pool
    for one in made:
        one.close()


async def test_articles_are_read_side_by_side(make: Callable[..., ReaderPool]) -> None:
    pool = make()
    readings = await asyncio.gather(*(pool.read(article(f"n{i}")) for i in range(6)))
    assert [r.events[0][0].id for r in readings] == [f"event of n{i}" for i in range(6)]
    assert msgspec.json.decode(readings[0].events[0][1])["id"] == "event of n0"


async def test_an_article_that_kills_its_reader_is_found_out_and_the_others_are_read(
    make: Callable[..., ReaderPool],
) -> None:
    pool = make()
    titles = ["a", "dies", "b", "c"]
    results = await asyncio.gather(
        *(pool.read(article(title)) for title in titles), return_exceptions=True
    )
    assert isinstance(results[1], RecordError)
    assert "dies of it" in str(results[1])
    assert [r.events[0][0].id for i, r in enumerate(results) if i != 1] == [
        "event of a", "event of b", "event of c"
    ]  # fmt: skip
    assert (await pool.read(article("after"))).events


async def test_an_article_that_takes_for_ever_is_given_up(
    make: Callable[..., ReaderPool],
) -> None:
    pool = make(read_seconds=SECONDS)
    await pool.warm()
    with pytest.raises(RecordError, match="not read within"):
        await pool.read(article("hangs"))
    assert (await pool.read(article("after"))).events


async def test_a_fault_in_the_reader_is_the_articles(make: Callable[..., ReaderPool]) -> None:
    with pytest.raises(RecordError, match="no verb") as caught:
        await make().read(article("fails"))
    assert caught.value.kind == "ValueError"
    assert "\x1b" not in str(caught.value)


async def test_bytes_that_are_no_article_are_told_apart(make: Callable[..., ReaderPool]) -> None:
    with pytest.raises(DecodeError, match="not a Article"):
        await make().read(b"{}")


async def test_readers_that_grow_too_large_are_replaced(make: Callable[..., ReaderPool]) -> None:
    pool = make(most_bytes=1)
    before = pool._executor
    await pool.read(article("a"))
    assert pool._executor is not before
    assert (await pool.read(article("b"))).events


async def test_a_reader_that_cannot_be_loaded_is_a_fault_of_ours() -> None:
    pool = ReaderPool(1, broken_reader, Metrics())
    try:
        with pytest.raises(WirewatchError, match="does not start"):
            await pool.warm()
        with pytest.raises(WirewatchError, match="does not start"):
            await pool.read(article("a"))
    finally:
        pool.close()
