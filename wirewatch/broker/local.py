"""Starting, finding again and stopping Kafka on this machine."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import uuid
from collections import deque
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psutil

from wirewatch.broker.jars import resolve_jars
from wirewatch.broker.java import find_java
from wirewatch.broker.process import (
    alive,
    answers,
    diagnose,
    end,
    free_port,
    wait_answer,
    write,
)
from wirewatch.broker.properties import (
    CONFIG_FILE,
    configured_ports,
    logging_properties,
    server_properties,
)
from wirewatch.errors import BrokerError

LEAST_FREE_BYTES = 200_000_000
"""Below this much free space Kafka is not started: it would die while writing."""
_JVM = (
    "-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
    "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true",
)  # fmt: skip


def running_url(folder: Path) -> str | None:
    """``kafka://127.0.0.1:port`` of the Kafka that runs on ``folder``, if one answers."""
    port = configured_ports(folder / CONFIG_FILE)[0]
    return f"kafka://127.0.0.1:{port}" if port and answers(port) else None


class LocalBroker:
    """Apache Kafka as a child process, on loopback, with its data in ``folder``.

    One owner a folder: a lock file keeps a second wirewatch out, and a Kafka whose owner was killed
    is found and taken over. ``start`` and ``stop`` block. Usable as a context manager.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        jars: Path | None = None,
        mirror: str | None = None,
        extra: str = "",
        start_seconds: float = 120,
        stop_seconds: float = 20,
        least_free_bytes: int = LEAST_FREE_BYTES,
    ) -> None:
        self.folder = folder.absolute()
        self._wanted_port = port
        self._jars = jars
        self._mirror = mirror
        self._extra = extra
        self._start_seconds = start_seconds
        self._stop_seconds = stop_seconds
        self._least_free = least_free_bytes
        self._lock: IO[str] | None = None
        self._process: psutil.Process | None = None
        self.port = 0
        """The port clients connect to; 0 while it is not running."""

    @property
    def url(self) -> str:
        """The broker setting that leads here: ``kafka://127.0.0.1:port``."""
        return f"kafka://127.0.0.1:{self.port}"

    @property
    def log_file(self) -> Path:
        """Kafka's own log."""
        return self.folder / "kafka.log"

    @property
    def pid(self) -> int | None:
        """Process id of Kafka while it runs."""
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and alive(self._process)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> Self:
        """Take over the folder's living Kafka, or start one; return when it answers.

        Raises BrokerError with one clear line: no Java, jars not to be had, port taken, disk full,
        the folder in use by another wirewatch, or Kafka's own last words.
        """
        self._make_folder()
        try:
            self._lock = self._take_lock()
            if not self._adopt():
                self._check_space()
                self._launch()
        except OSError as error:  # a folder that cannot be written, a disk that filled up
            self.stop()
            raise BrokerError(f"Kafka cannot be started in {self.folder}: {error}") from error
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop Kafka cleanly (killed after 20 s) and let the folder go. May be called twice."""
        if self._process:
            end(self._process, self._stop_seconds)
        self._process, self.port = None, 0
        if self._lock:
            self._lock.close()
            self._lock = None

    def last_words(self) -> str:
        """Why Kafka died, as far as its log tells, in one line."""
        return diagnose(self._tail(), self.folder)

    # ------------------------------------------------------------------ starting
    @property
    def _config(self) -> Path:
        return self.folder / CONFIG_FILE

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BrokerError(f"cannot make Kafka's folder {self.folder}: {error}") from error

    def _take_lock(self) -> IO[str]:
        lock = (self.folder / "owner.lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            owner = lock.read().strip() or "unknown"
            lock.close()
            raise BrokerError(
                f"{self.folder} is in use by another wirewatch (process {owner}): "
                f"join its Kafka with WIREWATCH_BROKER={self._configured_url()}, "
                "or choose another WIREWATCH_DATA_DIR"
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        return lock

    def _configured_url(self) -> str:
        return f"kafka://127.0.0.1:{configured_ports(self._config)[0]}"

    def _adopt(self) -> bool:
        """Take over a Kafka whose owner was killed, if it answers; else end it."""
        for process in self._orphans():
            port = configured_ports(self._config)[0]
            if self._wanted_port in {0, port} and wait_answer(port, process, 10):
                self._process, self.port = process, port
                return True
            end(process, self._stop_seconds)
        return False

    def _orphans(self) -> list[psutil.Process]:
        config = str(self._config)
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                line = process.cmdline()
                if line and line[-1] == config and "kafka.Kafka" in line and alive(process):
                    found.append(process)
        return found

    def _check_space(self) -> None:
        free = shutil.disk_usage(self.folder).free
        if free < self._least_free:
            raise BrokerError(
                f"disk full: {free // 1_000_000} MB free for {self.folder}, Kafka needs at least "
                f"{self._least_free // 1_000_000} MB (WIREWATCH_DATA_DIR moves it)"
            )

    def _launch(self) -> None:
        java = find_java()
        classpath = os.pathsep.join(map(str, resolve_jars(self._jars, self._mirror)))
        for attempt in range(3):
            port, controller = self._choose_ports()
            self._configure(port, controller)
            self._format(java, classpath)
            process = self._spawn(java, classpath)
            self._process = process
            if wait_answer(port, process, self._start_seconds):
                self.port = port
                return
            words = self._why_not_started(process)
            end(process, 5)
            self._process = None
            taken = "port" in words and "taken" in words
            if attempt == 2 or self._wanted_port or not taken:
                raise BrokerError(f"Kafka did not start: {words}")

    def _why_not_started(self, process: psutil.Process) -> str:
        if alive(process):
            return f"no answer within {self._start_seconds:.0f} s, log in {self.log_file}"
        return self.last_words()

    def _choose_ports(self) -> tuple[int, int]:
        last_port, last_controller = configured_ports(self._config)
        if self._wanted_port and not free_port(self._wanted_port):
            raise BrokerError(
                f"port {self._wanted_port} is taken: choose another WIREWATCH_BROKER_PORT, "
                "or 0 for any free one"
            )
        port = self._wanted_port or (last_port if free_port(last_port) else 0)
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            second.bind(("127.0.0.1", 0))
            controller = last_controller if free_port(last_controller) else second.getsockname()[1]
            return port or first.getsockname()[1], controller

    def _configure(self, port: int, controller: int) -> None:
        text = server_properties(self._data, port, controller, self._extra)
        write(self._config, text)
        write(self.folder / "log4j2.properties", logging_properties(self.log_file))
        self.log_file.unlink(missing_ok=True)

    def _format(self, java: Path, classpath: str) -> None:
        if (self._data / "meta.properties").exists():
            return
        cluster = uuid.uuid4().hex[:22]
        command = self._command(java, classpath, "kafka.tools.StorageTool")
        try:
            done = subprocess.run(  # noqa: S603 - our own command line
                [*command, "format", "-t", cluster, "-c", self._config],
                capture_output=True, text=True, check=False, timeout=self._start_seconds,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise BrokerError(
                f"Kafka's data folder was not prepared within {self._start_seconds:.0f} s"
            ) from error
        if done.returncode:
            words = diagnose((done.stdout + done.stderr).splitlines(), self.folder)
            raise BrokerError(f"Kafka's data folder cannot be prepared: {words}")

    def _command(self, java: Path, classpath: str, main: str) -> list[str | Path]:
        log4j = f"-Dlog4j2.configurationFile={self.folder / 'log4j2.properties'}"
        return [java, *_JVM, log4j, "-cp", classpath, main]

    def _spawn(self, java: Path, classpath: str) -> psutil.Process:
        with (self.folder / "kafka.out").open("wb") as out, self._take_inherited_lock() as lock:
            # A session of its own: Ctrl-C reaches wirewatch alone, which stops Kafka last.
            return psutil.Popen(
                [*self._command(java, classpath, "kafka.Kafka"), self._config],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
                pass_fds=(lock.fileno(),),
            )  # fmt: skip

    def _take_inherited_lock(self) -> IO[str]:
        """A lock that Kafka itself holds on, for as long as it lives.

        Kafka refuses a folder in use, but the first Kafka is then stuck too, so it must not get
        that far where the first cannot be seen (another container, the same volume).
        """
        lock = (self.folder / "kafka.lock").open("a", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise BrokerError(f"{self.folder} is in use by a Kafka out of our sight") from error
        return lock

    def _tail(self) -> list[str]:
        lines: deque[str] = deque(maxlen=200)
        for path in (self.log_file, self.folder / "kafka.out"):
            if path.exists():
                with path.open(encoding="utf-8", errors="replace") as file:
                    lines.extend(file)
        return list(lines)
