"""Read many articles on all cores, with a bound on what is held in memory."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context

from wirewatch.errors import ArticleError
from wirewatch.model import Article, Event

Reader = Callable[[Article], Sequence[Event]]
ReaderFactory = Callable[[], Reader]

BATCH = 8
"""Articles a worker gets at once: enough to hide the cost of handing them over."""
BATCHES_AHEAD = 4
"""Batches a worker may have waiting: the bound on memory, whatever the file's size."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader gave for one article: its events, or why it failed."""

    article: Article
    events: tuple[Event, ...]
    failure: str | None = None


def shipped_reader() -> Reader:
    """The reader that ships with wirewatch; loads its model (seconds)."""
    from wirewatch import extraction  # noqa: PLC0415  only workers need spaCy and the model

    nlp = extraction.load()
    return lambda article: extraction.read(article, nlp)


def read_all(
    articles: Iterable[Article],
    *,
    processes: int = 0,
    make_reader: ReaderFactory = shipped_reader,
) -> Iterator[Reading]:
    """Readings of ``articles``, in their order; blocks while workers read.

    ``processes`` 0 means one a core. One process reads here, without a pool. ``make_reader`` must
    be importable by name in a fresh interpreter.
    """
    count = processes or os.cpu_count() or 1
    if count == 1:
        reader = make_reader()
        return (read_one(reader, article) for article in articles)
    return _read_in_pool(articles, count, make_reader)


def _read_in_pool(
    articles: Iterable[Article], count: int, make_reader: ReaderFactory
) -> Iterator[Reading]:
    with (
        _explained_deaths(),
        ProcessPoolExecutor(
            count, mp_context=get_context("spawn"), initializer=_start, initargs=(make_reader,)
        ) as pool,
    ):
        waiting: deque[Future[list[Reading]]] = deque()
        for batch in _batches(articles):
            waiting.append(pool.submit(_read_batch, batch))
            if len(waiting) >= count * BATCHES_AHEAD:
                yield from waiting.popleft().result()
        yield from chain.from_iterable(future.result() for future in waiting)


@contextmanager
def _explained_deaths() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise ArticleError("a reading process died: out of memory?") from error


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    source = iter(articles)
    while batch := list(islice(source, BATCH)):
        yield batch


def read_one(reader: Reader, article: Article) -> Reading:
    """Read one article; a failure of the reader becomes a value, so that the others go on."""
    try:
        return Reading(article, tuple(reader(article)))
    except Exception as error:  # noqa: BLE001  whatever a reader may raise is a finding here
        return Reading(article, (), f"{type(error).__name__}: {error}")


_readers: list[Reader] = []


def _start(make_reader: ReaderFactory) -> None:
    # Ctrl-C reaches the whole group of processes; ending the pool is the parent's part.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _readers[:] = [make_reader()]


def _read_batch(batch: Sequence[Article]) -> list[Reading]:
    return [read_one(_readers[0], article) for article in batch]
