"""When incidents end: by time, judged by the events' own clock."""

from __future__ import annotations

import heapq
from datetime import datetime, timedelta

MOST_AT_ONCE = 64
"""Cases ended by one call, so that a jump of the clock delays no event for long."""


class Expiry:
    """Remembers when each case last got a report."""

    def __init__(self, after: timedelta) -> None:
        self._after = after
        self._last: dict[str, datetime] = {}
        self._heap: list[tuple[datetime, str]] = []

    def touch(self, case: str, last: datetime) -> None:
        """The case got a report at ``last``; an earlier time than known changes nothing."""
        if case not in self._last or last > self._last[case]:
            self._last[case] = last
            heapq.heappush(self._heap, (last, case))

    def forget(self, case: str) -> None:
        """Watch the case no more."""
        self._last.pop(case, None)

    def due(self, now: datetime) -> list[str]:
        """At most 64 cases without a report for the set time, oldest first; then not watched."""
        found: list[str] = []
        while self._heap and len(found) < MOST_AT_ONCE and self._heap[0][0] + self._after < now:
            last, case = heapq.heappop(self._heap)
            if self._last.get(case) == last:
                del self._last[case]
                found.append(case)
        return found
