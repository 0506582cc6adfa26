"""How fast: a token bucket for requests, and how long to wait after failures. No clock inside."""

from __future__ import annotations

import hashlib

from wirewatch.delivery.target import Rate

FIRST_WAIT = 5.0
LONGEST_WAIT = 900.0
"""Seconds between two attempts at one alert."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Seconds that a target which fails is left alone: then it is looked whether it is back."""
_JITTER = 0.2


class Bucket:
    """Lets ``rate.count`` requests through at once, then one each ``seconds / count``.

    Times are monotonic seconds.
    """

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._tokens = float(rate.count)
        self._at: float | None = None

    def wait(self, now: float) -> float:
        """Seconds until a request may go; 0: it may go now."""
        self._fill(now)
        return max(0.0, (1.0 - self._tokens) * self._rate.seconds / self._rate.count)

    def take(self, now: float) -> None:
        """A request goes."""
        self._fill(now)
        self._tokens -= 1.0

    def _fill(self, now: float) -> None:
        passed = max(0.0, now - self._at) if self._at is not None else 0.0
        self._at = now
        grown = self._tokens + passed * self._rate.count / self._rate.seconds
        self._tokens = min(float(self._rate.count), grown)


def next_wait(identity: str, attempts: int) -> float:
    """Seconds until the next attempt at an alert after ``attempts`` (1 or more) of them.

    Doubles from 5 s to 15 min, up to a fifth more or less: which, the alert's id says, so that
    what failed together does not come back together.
    """
    spread = int.from_bytes(hashlib.sha256(identity.encode()).digest()[:4]) / 2**32
    return _doubled(FIRST_WAIT, attempts, LONGEST_WAIT) * (1 + _JITTER * (2 * spread - 1))


def pause(failures: int) -> float:
    """Seconds a target is left alone after ``failures`` (1 or more) in a row: 1 s to 1 min."""
    return _doubled(FIRST_PAUSE, failures, LONGEST_PAUSE)


def _doubled(first: float, times: int, longest: float) -> float:
    return float(min(first * 2 ** min(times - 1, 30), longest))
