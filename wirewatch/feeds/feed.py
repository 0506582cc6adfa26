"""A feed as it is configured."""

from __future__ import annotations

from functools import cached_property

import msgspec

from wirewatch.identity import stable_id

INTERVAL = 300.0
"""Seconds between checks unless configured: publishers cache their feeds for about five minutes."""
MAX_INTERVAL = 1800.0
"""Seconds: however slow a publisher's hints say a feed is, it is looked at this often."""
FIRST_SIGHT = 48 * 3600.0
"""Seconds: entries older than this, counted back from the feed's first or last good check, are
remembered and not published."""


class Feed(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One entry of ``feeds.yaml``. All times are seconds.

    ``publisher`` and ``language`` override what entries say; ``owner`` is who owns the publisher;
    with ``fulltext`` the article's page
    is read, not only the feed's summary.
    """

    url: str
    name: str
    publisher: str | None = None
    owner: str | None = None
    language: str | None = None
    interval: float = INTERVAL
    max_interval: float = MAX_INTERVAL
    first_sight: float = FIRST_SIGHT
    tags: tuple[str, ...] = ()
    fulltext: bool = False
    enabled: bool = True

    @cached_property
    def id(self) -> str:
        """Hash of the URL as configured: it stays when the feed moves by redirect."""
        return stable_id("feed", self.url)
