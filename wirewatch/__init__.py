"""wirewatch: an event-stream processor for real-time news feeds."""

from __future__ import annotations

__version__ = "0.1.0"
