"""Long work on the event loop, in turns with everything else on it."""

from __future__ import annotations

import asyncio
import time

TURN_SECONDS = 0.005
"""A turn. Shorter ones cost more for changing than they gain for the others."""


class Turns:
    """Lets others have their turn between two steps of some work, when one's own is over."""

    def __init__(self) -> None:
        self._begun = time.perf_counter()

    async def next(self) -> None:
        """Between two steps."""
        if time.perf_counter() - self._begun >= TURN_SECONDS:
            await asyncio.sleep(0)
            self._begun = time.perf_counter()
