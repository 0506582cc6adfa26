"""wirewatch: an event-stream processor for real-time news feeds.

``wirewatch.read(text, published="2026-03-03")`` gives an article's events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wirewatch.reading import Reading, read

__version__ = "0.1.0"
__all__ = ["Reading", "__version__", "read"]


def __getattr__(name: str) -> Any:
    """Load the reader only when it is asked for: workers and commands start faster."""
    if name in {"Reading", "read"}:
        from wirewatch import reading  # noqa: PLC0415

        return getattr(reading, name)
    raise AttributeError(f"module 'wirewatch' has no attribute {name!r}")
