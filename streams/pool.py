"""The readers: processes beside the event loop, so that heartbeats never wait for spaCy."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import suppress

import structlog

from wirewatch.errors import WirewatchError
from wirewatch.streams.blame import RecordError
from wirewatch.streams.codecs import DecodeError
from wirewatch.streams.metrics import Metrics
from wirewatch.streams.reader import Loader, Reading, initialize, ping, read_record

READ_SECONDS = 60.0
"""An article that takes longer is given up."""
MOST_BYTES = 1_000_000_000
"""A reader that has grown beyond this is replaced."""


class ReaderPool:
    """Reads articles in ``processes`` processes (0: one a core); ``loader`` makes each reader.

    An article that kills a process or takes too long is found out, by reading again alone each one
    that was under way, and becomes a dead letter; the others do not suffer.
    """

    def __init__(
        self,
        processes: int,
        loader: Loader,
        metrics: Metrics,
        *,
        read_seconds: float = READ_SECONDS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.processes = processes or os.cpu_count() or 1
        self._loader = loader
        self._metrics = metrics
        self._read_seconds = read_seconds
        self._most_bytes = most_bytes
        self._executor = self._make(self.processes)
        self._alone = asyncio.Lock()
        self._log = structlog.get_logger(stage="extract")

    async def warm(self) -> None:
        """Wait until a reader is loaded; raises WirewatchError if it cannot be."""
        await self._ping(self._executor)

    async def read(self, value: bytes) -> Reading:
        """Read the article in ``value``; raises RecordError or DecodeError if it is at fault."""
        with self._metrics.extraction_queue.track_inprogress():
            reading = await self._read(value)
        if reading.undecodable:
            raise DecodeError(reading.reason)
        if reading.error:
            raise RecordError(reading.reason, reading.error)
        self._watch_memory(reading)
        return reading

    def close(self) -> None:
        """End all readers at once."""
        _kill(self._executor)

    async def _read(self, value: bytes) -> Reading:
        executor = self._executor
        try:
            return await self._submit(executor, value)
        except (BrokenExecutor, TimeoutError):
            self._replace(executor)
            return await self._read_alone(value)

    async def _submit(self, executor: Executor, value: bytes) -> Reading:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self._read_seconds):
            return await loop.run_in_executor(executor, read_record, value)

    async def _read_alone(self, value: bytes) -> Reading:
        """Read with nobody else in the process, so that the fault is surely this article's."""
        async with self._alone:
            executor = self._make(1)
            try:
                await self._ping(executor)
                return await self._submit(executor, value)
            except BrokenExecutor as error:
                raise RecordError("the reader's process dies of it", "Killed") from error
            except TimeoutError as error:
                reason = f"not read within {self._read_seconds:.0f} s"
                raise RecordError(reason, "TimeoutError") from error
            finally:
                _kill(executor)

    async def _ping(self, executor: Executor) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(executor, ping)
        except BrokenExecutor as error:
            raise WirewatchError(
                "a reader's process does not start; the log above says why"
            ) from error

    def _make(self, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=initialize,
            initargs=(self._loader,),
        )

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        if self._executor is broken:
            self._log.error("a reader died or hung: reading again what was under way")
            self._executor = self._make(self.processes)
            _kill(broken)

    def _watch_memory(self, reading: Reading) -> None:
        self._metrics.reader_bytes.set(reading.resident)
        if reading.resident > self._most_bytes:
            self._log.warning("readers have grown large: replacing them", bytes=reading.resident)
            old, self._executor = self._executor, self._make(self.processes)
            old.shutdown(wait=False)


def _kill(executor: ProcessPoolExecutor) -> None:
    """End the processes of ``executor`` without waiting for what they do."""
    processes = list((executor._processes or {}).values())  # noqa: SLF001 - no public way to them
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        with suppress(OSError, ValueError):
            process.kill()
