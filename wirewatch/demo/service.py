"""The real worker as a child process, and what it puts on its topics."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from aiokafka import AIOKafkaConsumer
from pydantic import SecretStr

from wirewatch.config.settings import PREFIX, Settings
from wirewatch.errors import WirewatchError
from wirewatch.model import Alert, Article, Event, Incident
from wirewatch.safety import one_line
from wirewatch.streams.codecs import decode
from wirewatch.streams.connection import aiokafka_options
from wirewatch.streams.topics import ALERTS, ARTICLES, EVENTS, INCIDENTS, topic_name

START_SECONDS = 120.0
"""How long the worker may take until it is ready."""
STOP_SECONDS = 35.0
"""A worker drains within 30 seconds; after this long it is killed."""
AnyRecord = Article | Event | Incident | Alert


def environment(settings: Settings) -> dict[str, str]:
    """This process's variables with ``settings`` in place of its own WIREWATCH_ ones."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    for name in settings.model_fields_set:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            value = value.get_secret_value()
        if value is not None:
            kept[PREFIX + name.upper()] = str(value)
    return kept


def free_port() -> int:
    """A loopback port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def worker(settings: Settings, log: Path) -> AsyncIterator[subprocess.Popen[bytes]]:
    """``wirewatch worker`` with ``settings``, ready; stopped on leaving, whatever happens.

    Raises WirewatchError with the last line of its log when it does not become ready.
    """
    # Never deliver: what is invented here must not reach the targets of real alerts.
    command = [sys.executable, "-m", "wirewatch", "worker", "--only", "poll,extract,link,alert"]
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: ASYNC220, S603  quick, and our own program
            command,
            env=environment(settings),
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        await _until_ready(process, settings, log)
        yield process
    finally:
        stop(process)


async def _until_ready(process: subprocess.Popen[bytes], settings: Settings, log: Path) -> None:
    address = f"http://127.0.0.1:{settings.http_port}/readyz"
    for _ in range(int(START_SECONDS / 0.2)):
        check_alive(process, log)
        if await asyncio.to_thread(_answers, address):
            return
        await asyncio.sleep(0.2)
    raise WirewatchError(f"the worker is not ready after {START_SECONDS:.0f} s: {_last(log)}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:  # noqa: S310  loopback
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def check_alive(process: subprocess.Popen[bytes], log: Path) -> None:
    """Raise WirewatchError with the worker's last words if it has ended."""
    if process.poll() is not None:
        raise WirewatchError(f"the worker ended with code {process.returncode}: {_last(log)}")


def _last(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return one_line(lines[-1] if lines else "it said nothing")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the worker and the processes it started: cleanly, or by force after 35 s."""
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


async def follow(settings: Settings, rules: Iterable[str]) -> AsyncIterator[AnyRecord]:
    """Every record on the topics of the way of an article, as it comes, from their beginning."""
    kinds: dict[str, type[AnyRecord]] = {
        topic_name(settings, ARTICLES): Article,
        topic_name(settings, EVENTS): Event,
        topic_name(settings, INCIDENTS): Incident,
        **{topic_name(settings, ALERTS + rule): Alert for rule in rules},
    }
    consumer = AIOKafkaConsumer(
        *kinds, **aiokafka_options(settings), auto_offset_reset="earliest", group_id=None
    )
    await consumer.start()
    try:
        async for message in consumer:
            yield decode(message.value, kinds[message.topic])
    finally:
        await consumer.stop()
