"""What runs in a reader's process: one article in, its events out. Imports no app, no Kafka."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing import connection, parent_process

import msgspec
import psutil

from wirewatch.model import Article, Event
from wirewatch.safety import one_line
from wirewatch.streams.codecs import DecodeError, decode

Read = Callable[[Article], Iterable[Event]]
Loader = Callable[[], Read]
"""Makes the reading function; called once in each process, so it must be a module's function."""


@dataclass(frozen=True)
class Reading:
    """What came of one article, or why nothing did: exceptions travel as values."""

    events: tuple[tuple[Event, bytes], ...] = ()
    """Each event and its JSON."""
    error: str = ""
    """Class of the exception that ended the reading; empty if it went well."""
    reason: str = ""
    undecodable: bool = False
    seconds: float = 0.0
    resident: int = 0
    """Memory of the process in bytes, after the reading."""


def shipped_reader(min_confidence: float = 0.0, base: str | None = None) -> Read:
    """The pipeline that ships with wirewatch; claims less certain are left out.

    With ``base``, that spaCy pipeline takes the place of the shipped model: the rules work alone.
    """
    from wirewatch import extraction  # noqa: PLC0415 - loads spaCy: only where articles are read

    nlp = extraction.load(base=base, min_confidence=min_confidence)
    return lambda article: extraction.read(article, nlp)


_read: Read | None = None


def initialize(loader: Loader) -> None:
    """Prepare this process: load the reader, leave Ctrl-C to the parent, end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _read  # noqa: PLW0603 - a process's one reader, as ProcessPoolExecutor wants it
    _read = loader()


def ping() -> int:
    """This process's id: it is there and its reader is loaded."""
    return os.getpid()


def read_record(value: bytes) -> Reading:
    """Read the article in ``value``; never raises for what is in it."""
    begun = time.perf_counter()
    try:
        events = tuple((event, msgspec.json.encode(event)) for event in _events(value))
    except Exception as error:  # noqa: BLE001 - whatever the article does to the reader
        return Reading(
            error=type(error).__name__,
            reason=one_line(str(error)),
            undecodable=isinstance(error, DecodeError),
        )
    resident = psutil.Process().memory_info().rss
    return Reading(events=events, seconds=time.perf_counter() - begun, resident=resident)


def _events(value: bytes) -> Iterable[Event]:
    if _read is None:
        raise RuntimeError("the reader was not loaded")
    return _read(decode(value, Article))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        connection.wait([parent.sentinel])
        os._exit(1)
