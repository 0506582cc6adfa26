"""Who reads what was fetched: a child process that can be ended, or the caller's own thread.

Feed documents and pages are hostile: a parser can take minutes over ten megabytes of open tags, or
crash inside C code. In a child such a document costs its time limit and nothing else; the event
loop that talks to Kafka is never held up.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Protocol

import msgspec

from wirewatch.errors import FeedError
from wirewatch.feeds.digest import Digest, FeedJob, digest
from wirewatch.feeds.page import Page, PageJob, read_page

TIME_LIMIT = 20.0
"""Seconds for one document: an ordinary one takes 20 ms, one of 10 MB of ordinary entries 5 s."""
START_LIMIT = 120.0
"""Seconds for a child to load its libraries: one when the machine is idle, many when it is not."""
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""numpy's libraries reserve memory a core; on a large machine that alone would exceed the limit."""
READY = b"r"
"""What a child writes when it is ready for jobs."""
MEMORY_LIMIT = 2 * 1024**3
"""Bytes of address space of a child."""


class Answer(msgspec.Struct, frozen=True):
    """A child's answer to one job."""

    result: bytes = b""
    failure: str | None = None


class Reader(Protocol):
    """Reads documents; FeedError where one cannot be read."""

    async def digest(self, job: FeedJob) -> Digest:
        """What is new in a feed document."""
        ...

    async def page(self, job: PageJob) -> Page:
        """The text of an article's page."""
        ...

    async def close(self) -> None:
        """End what was started."""
        ...


class InlineReader:
    """Reads in the caller's thread, without limits: for tests, notebooks and trusted feeds."""

    async def digest(self, job: FeedJob) -> Digest:
        """What is new in a feed document; blocks while it is read."""
        return digest(job)

    async def page(self, job: PageJob) -> Page:
        """The text of an article's page; blocks while it is read."""
        return read_page(job)

    async def close(self) -> None:
        """Nothing was started."""


class ChildReader:
    """Reads in child processes, started when first needed and ended when a job takes too long."""

    def __init__(self, processes: int = 1, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._turns = asyncio.Semaphore(processes)
        self._idle: list[asyncio.subprocess.Process] = []

    async def digest(self, job: FeedJob) -> Digest:
        """What is new in a feed document."""
        return msgspec.msgpack.decode(await self._run(job), type=Digest)

    async def page(self, job: PageJob) -> Page:
        """The text of an article's page."""
        return msgspec.msgpack.decode(await self._run(job), type=Page)

    async def close(self) -> None:
        """End the children."""
        while self._idle:
            await _end(self._idle.pop())

    async def _run(self, job: FeedJob | PageJob) -> bytes:
        async with self._turns:
            child = self._idle.pop() if self._idle else await _start()
            if child.returncode is not None:
                child = await _start()
            try:
                async with asyncio.timeout(self._time_limit):
                    answer = await _ask(child, msgspec.msgpack.encode(job))
            except BaseException as error:
                await _end(child)
                if isinstance(error, TimeoutError):
                    message = f"reading the document took more than {self._time_limit:g} s"
                    raise FeedError(message) from error
                if isinstance(error, asyncio.IncompleteReadError | OSError):
                    raise FeedError("reading the document ended its process") from error
                raise
            self._idle.append(child)
        if answer.failure is not None:
            raise FeedError(answer.failure)
        return answer.result


async def _start() -> asyncio.subprocess.Process:
    """A child that is ready: what it takes to start is not counted against a document."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "wirewatch.feeds.child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | _ONE_THREAD,
        limit=2**20,
    )
    assert child.stdout is not None
    try:
        async with asyncio.timeout(START_LIMIT):
            await child.stdout.readexactly(len(READY))
    except BaseException as error:
        await _end(child)
        if isinstance(error, asyncio.IncompleteReadError | TimeoutError):
            raise FeedError("the process that reads documents does not start") from error
        raise
    return child


async def _ask(child: asyncio.subprocess.Process, request: bytes) -> Answer:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(len(request).to_bytes(4, "big") + request)
    await child.stdin.drain()
    size = int.from_bytes(await child.stdout.readexactly(4), "big")
    return msgspec.msgpack.decode(await child.stdout.readexactly(size), type=Answer)


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        try:
            child.kill()
        except ProcessLookupError:
            return
    await child.wait()
