"""Helpers around one Kafka process: is it alive, does it answer, end it, read why it died."""

from __future__ import annotations

import re
import socket
import struct
import time
from contextlib import suppress
from pathlib import Path

import psutil

from wirewatch.broker.jars import KAFKA_VERSION
from wirewatch.errors import BrokerError


def alive(process: psutil.Process) -> bool:
    """Whether ``process`` runs (a zombie does not)."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def end(process: psutil.Process, seconds: float) -> None:
    """Ask ``process`` to stop; kill it after ``seconds``."""
    for signal in (process.terminate, process.kill):
        with suppress(psutil.NoSuchProcess):
            signal()
        with suppress(psutil.TimeoutExpired, psutil.NoSuchProcess):
            process.wait(seconds)
            return


def wait_answer(port: int, process: psutil.Process, seconds: float) -> bool:
    """Wait until Kafka answers; False if it ends first or ``seconds`` pass."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and alive(process):
        if answers(port):
            return True
        time.sleep(0.05)
    return False


def answers(port: int) -> bool:
    """Whether a Kafka on ``port`` answers ApiVersions (a bare listening socket does not)."""
    request = struct.pack(">hhih", 18, 0, 1, -1)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(struct.pack(">i", len(request)) + request)
            return len(connection.recv(8)) == 8
    except OSError:
        return False


def free_port(port: int) -> bool:
    """Whether a server could listen on loopback's ``port``; False for 0."""
    if not port:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def write(path: Path, text: str) -> None:
    """Write a file of Kafka's; raises BrokerError (disk full, no permission)."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BrokerError(f"cannot write {path}: {error.strerror or error}") from error


_CAUSES = (
    ("No space left on device", "disk full: no space left for {folder}"),
    ("Address already in use", "its port is taken by another program"),
    ("OutOfMemoryError", "it ran out of memory"),
    ("Permission denied", "a file under {folder} may not be written"),
)


def diagnose(lines: list[str], folder: Path) -> str:
    """What the log's ``lines`` give as the cause of an end, in one line."""
    text = "\n".join(lines)
    for sign, meaning in _CAUSES:
        if sign in text:
            return meaning.format(folder=folder)
    telling = [line.strip() for line in lines if re.search(r"ERROR|FATAL|Exception", line)]
    last = telling[-1][:300] if telling else "it ended without a word of why"
    return f"{last} (Kafka {KAFKA_VERSION}, log in {folder / 'kafka.log'})"
