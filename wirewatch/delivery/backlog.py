"""What one target is still to be given: in order within an incident, past what is stuck otherwise.

Pure: it is told of attempts and of the time, and says what is next and how far all is done. Waits
run on monotonic seconds, so a clock that jumps moves none of them; only the age of an alert needs
the clock on the wall.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from wirewatch.delivery.outcome import Outcome
from wirewatch.delivery.pace import Bucket, next_wait, pause
from wirewatch.delivery.target import Target
from wirewatch.model import Alert

MOST = 200
"""Alerts in hand; more are left on their topics."""
LEAST_TRIED = 900.0
"""Seconds for which an alert is tried at least, however old: a worker may have been away for days,
a clock may jump."""

Place = tuple[str, int]
"""Topic and partition."""


@dataclass(slots=True)
class Parcel:
    """An alert on its way to the target."""

    place: Place
    offset: int
    alert: Alert
    source: Any
    """The record that it came in."""
    raised: datetime
    """When it came to its topic."""
    due: float
    first_try: float | None = None
    attempts: int = 0


@dataclass(slots=True)
class _Progress:
    """Of one partition: the offset after the last one seen, and those not yet done."""

    end: int
    open: set[int] = field(default_factory=set)


class Backlog:
    """The parcels of one target, and what its topics may be acknowledged up to."""

    def __init__(self, target: Target) -> None:
        self._give_up_after = target.give_up_after
        self._bucket = Bucket(target.rate)
        self._parcels: list[Parcel] = []
        self._progress: dict[Place, _Progress] = {}
        self._failures = 0
        self._closed_until = 0.0

    def __len__(self) -> int:
        return len(self._parcels)

    @property
    def room(self) -> int:
        """How many more may be taken in."""
        return max(0, MOST - len(self._parcels))

    # ------------------------------------------------------------------ from the topics
    def skip(self, place: Place, offset: int) -> None:
        """A record that is not for this target was seen."""
        progress = self._progress.setdefault(place, _Progress(offset))
        progress.end = max(progress.end, offset + 1)

    def add(self, parcel: Parcel) -> None:
        """Take in an alert; one that is in hand already is not taken twice."""
        self.skip(parcel.place, parcel.offset)
        progress = self._progress[parcel.place]
        if parcel.offset not in progress.open:
            progress.open.add(parcel.offset)
            self._parcels.append(parcel)

    def forget(self) -> None:
        """Let everything go: the partitions are shared out anew and read from what is committed."""
        self._parcels.clear()
        self._progress.clear()

    def done_up_to(self) -> dict[Place, int]:
        """For each partition the offset of the first record that is not done with."""
        return {
            place: min(progress.open, default=progress.end)
            for place, progress in self._progress.items()
        }

    # ------------------------------------------------------------------ to the target
    def next(self, now: float) -> Parcel | None:
        """What may be sent now; None if nothing may."""
        return None if self.wait(now) else self._first(now)

    def wait(self, now: float) -> float:
        """Seconds until something may be sent; infinite if there is nothing."""
        first = self._first(now)
        if first is None:
            return float("inf")
        return max(0.0, first.due - now, self._closed_until - now, self._bucket.wait(now))

    def _first(self, now: float) -> Parcel | None:
        """The earliest due of those that wait for no earlier one of their incident.

        Of those that are due, the one that came first.
        """
        heads: dict[tuple[str, str], Parcel] = {}
        for parcel in self._parcels:
            heads.setdefault((parcel.alert.rule, parcel.alert.incident.id), parcel)
        return min(heads.values(), key=lambda parcel: max(parcel.due, now), default=None)

    def begin(self, parcel: Parcel, now: float) -> None:
        """An attempt begins."""
        self._bucket.take(now)
        parcel.attempts += 1
        parcel.first_try = now if parcel.first_try is None else parcel.first_try

    def end(self, parcel: Parcel, outcome: Outcome, now: float, clock: datetime) -> bool:
        """An attempt has ended; whether to go on trying. What is not goes by :meth:`done`."""
        if outcome.result == "later":
            self._failures += 1
            self._closed_until = now + max(pause(self._failures), outcome.wait)
            parcel.due = now + max(next_wait(parcel.alert.id, parcel.attempts), outcome.wait)
            return not self._too_old(parcel, now, clock)
        if self._failures > 1:  # it is back: what waits need wait no longer
            for other in self._parcels:
                other.due = min(other.due, now)
        self._failures = 0
        return False

    def _too_old(self, parcel: Parcel, now: float, clock: datetime) -> bool:
        tried = timedelta(seconds=now - (now if parcel.first_try is None else parcel.first_try))
        least = min(timedelta(seconds=LEAST_TRIED), self._give_up_after)
        return clock - parcel.raised >= self._give_up_after and tried >= least

    def done(self, parcel: Parcel) -> None:
        """The parcel was taken, or put with the dead letters."""
        if any(parcel is other for other in self._parcels):
            self._parcels = [other for other in self._parcels if other is not parcel]
            self._progress[parcel.place].open.discard(parcel.offset)
