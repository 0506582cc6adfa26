"""A target as its file describes it: where alerts go, which ones, and how many at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import msgspec

from wirewatch.delivery.secret import Secret
from wirewatch.model import Alert, Severity

GIVE_UP_AFTER = timedelta(hours=24)
TIMEOUT = timedelta(seconds=10)


class Rate(msgspec.Struct, frozen=True):
    """At most ``count`` requests at once, and as many again in each ``seconds``."""

    count: int
    seconds: float


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One target. Empty ``rules`` and ``severities`` mean all."""

    name: str
    kind: Literal["webhook", "apprise"]
    address: Secret
    """A URL: of http or https for a webhook, in apprise's notation otherwise."""
    key: Secret | None = None
    """What a webhook's requests are signed with."""
    enabled: bool = True
    rules: frozenset[str] = frozenset()
    severities: frozenset[Severity] = frozenset()
    rate: Rate = Rate(60, 60)
    allow_private: bool = False
    """Whether a webhook may stand on a private or loopback address."""
    timeout: timedelta = TIMEOUT
    """Of one request, from looking up the host's name to the end of the answer."""
    give_up_after: timedelta = GIVE_UP_AFTER
    """How old an alert must be to be given up."""

    def wants(self, alert: Alert) -> bool:
        """Whether ``alert`` is for this target.

        One that was told of something grave is also told when it turns out less grave.
        """
        grades = {alert.severity, *alert.told}
        return (not self.rules or alert.rule in self.rules) and (
            not self.severities or bool(self.severities & grades)
        )
