"""What the contract tests share: producing, reading back, workers as processes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiokafka import AIOKafkaProducer

from wirewatch.config.settings import Settings
from wirewatch.streams.connection import aiokafka_options
from wirewatch.streams.consumers import consumer_of, read_to_end


async def produce(settings: Settings, topic: str, pairs: list[tuple[bytes, bytes]]) -> None:
    producer = AIOKafkaProducer(**aiokafka_options(settings), linger_ms=5)
    await producer.start()
    try:
        for key, value in pairs:
            await producer.send(topic, value, key=key)
    finally:
        await producer.stop()


async def read_all(settings: Settings, topic: str) -> list:
    """Every record of ``topic`` up to its present end."""
    async with consumer_of(settings, topic) as consumer:
        return [record async for record in read_to_end(consumer)]


class Process:
    """A worker as a process of its own, to be killed."""

    def __init__(self, command: list[str], log: Path, env: dict[str, str]) -> None:
        self.command = command
        self.log = log
        self._env = {**os.environ, **env}
        self._child: subprocess.Popen[bytes] | None = None
        self._began = 0

    def start(self) -> None:
        self._began = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                self.command, stdout=log, stderr=log, env=self._env, start_new_session=True
            )

    @property
    def pid(self) -> int:
        assert self._child
        return self._child.pid

    @property
    def returncode(self) -> int | None:
        assert self._child
        return self._child.poll()

    def has_logged(self, event: str) -> bool:
        """Whether it has logged this since its last start."""
        return event.encode() in self.log.read_bytes()[self._began :]

    def send(self, number: signal.Signals) -> None:
        if self._child and self._child.poll() is None:
            self._child.send_signal(number)

    def wait(self, seconds: float = 30) -> int:
        assert self._child
        return self._child.wait(seconds)

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        self.wait()

    def end(self) -> None:
        if self._child and self._child.poll() is None:
            os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)


async def until(condition: Callable[[], Awaitable[bool]], seconds: float, what: str) -> None:
    deadline = asyncio.get_running_loop().time() + seconds
    while not await condition():
        assert asyncio.get_running_loop().time() < deadline, f"not within {seconds} s: {what}"
        await asyncio.sleep(0.3)
