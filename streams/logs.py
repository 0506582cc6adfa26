"""Logs: structured, JSON when nobody watches, quiet when Kafka is away."""

from __future__ import annotations

import logging
import sys
import time
from typing import Any

import structlog

from wirewatch.config.settings import Settings
from wirewatch.safety import one_line, printable

QUIET_SECONDS = 10.0
"""A library's line is written once in this time; what is left out is counted."""
_LIBRARIES = ("faust", "mode", "aiokafka", "asyncio")


class RateLimit(logging.Filter):
    """Lets one line of each kind through in ``seconds``; the next one tells how many were left out.

    An outage of Kafka makes its clients log some 40 lines a second.
    """

    def __init__(self, seconds: float = QUIET_SECONDS) -> None:
        super().__init__()
        self._seconds = seconds
        self._last: dict[tuple[str, str], float] = {}
        self._left_out: dict[tuple[str, str], int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to write ``record``."""
        kind = (record.name, str(record.msg)[:80])
        now = time.monotonic()
        if now - self._last.get(kind, -self._seconds) < self._seconds:
            self._left_out[kind] = self._left_out.get(kind, 0) + 1
            return False
        self._last[kind] = now
        if left_out := self._left_out.pop(kind, 0):
            record.msg = f"{record.msg} ({left_out} such lines left out)"
        return True


def configure_logs(settings: Settings, stream: Any = None) -> None:
    """Send all log lines to ``stream`` (standard error) in the configured form."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(settings, stream))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name in _LIBRARIES:
        library = logging.getLogger(name)
        library.setLevel(logging.DEBUG if settings.log_level == "debug" else logging.WARNING)
    handler.addFilter(_library_limit(RateLimit()))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _library_limit(limit: RateLimit) -> Any:
    def allow(record: logging.LogRecord) -> bool:
        ours = record.name.split(".")[0] not in _LIBRARIES
        return ours or limit.filter(record)

    return allow


def _shared() -> list[Any]:
    return [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _only_printable,
    ]


def _formatter(settings: Settings, stream: Any) -> logging.Formatter:
    console = settings.log_format == "console" or (
        settings.log_format == "auto" and stream.isatty()
    )
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=stream.isatty())
        if console
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            renderer,
        ],
    )


def _only_printable(_logger: Any, _name: str, entry: Any) -> Any:
    """Feed content may reach a log: no control characters, no endless lines."""
    for key, value in entry.items():
        if isinstance(value, str) and key != "event":
            entry[key] = one_line(value, 500)
    entry["event"] = printable(str(entry.get("event", "")))[:4000]
    return entry
