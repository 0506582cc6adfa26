"""wirewatch: an event-stream processor for real-time news feeds.

``wirewatch.read(text, published="2026-03-03")`` gives an article's events;
``async for alert in wirewatch.subscribe("kafka://host:9092", "mass-casualty")`` follows alerts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wirewatch.version import __version__

if TYPE_CHECKING:
    from wirewatch.reading import Reading, read
    from wirewatch.streams.subscribe import subscribe


__all__ = ["Reading", "__version__", "read", "subscribe"]


def __getattr__(name: str) -> Any:
    """Load the reader only when it is asked for: workers and commands start faster."""
    if name in {"Reading", "read"}:
        from wirewatch import reading  # noqa: PLC0415

        return getattr(reading, name)
    if name == "subscribe":
        from wirewatch.streams.subscribe import subscribe  # noqa: PLC0415

        return subscribe
    raise AttributeError(f"module 'wirewatch' has no attribute {name!r}")
