"""What came of one attempt, and what an HTTP answer means for the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

LONGEST_WAIT = 3600.0
"""Seconds; a receiver that asks for more time is asked again after this."""
REFUSALS = frozenset({400, 410, 413, 414, 415, 422})
"""Statuses by which a receiver refuses this alert: the same request would be refused again.

All others may pass, also 401, 403, 404 and redirects, which an operator can mend within a day.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``taken``: the target has it; ``later``: try again; ``refused``: never again."""

    result: Literal["taken", "later", "refused"]
    reason: str
    """In one line; no secrets."""
    wait: float = 0.0
    """Seconds that the target asks to be left alone."""


def of_answer(status: int, headers: Mapping[str, str], excerpt: str, now: datetime) -> Outcome:
    """The outcome of an HTTP answer; ``excerpt`` is the beginning of its body."""
    if 200 <= status < 300:
        return Outcome("taken", f"HTTP {status}")
    reason = f"HTTP {status}" + (f": {excerpt}" if excerpt else "")
    if 300 <= status < 400:
        return Outcome("later", f"HTTP {status}: redirects are not followed, mend the address")
    if status in REFUSALS:
        return Outcome("refused", reason)
    return Outcome("later", reason, _asked_wait(headers.get("Retry-After", ""), now))


def _asked_wait(value: str, now: datetime) -> float:
    """Seconds of a Retry-After header, between 0 and an hour; 0 where it says nothing."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_WAIT)
