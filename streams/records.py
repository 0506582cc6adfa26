"""Records that travel on Kafka besides those of wirewatch.model."""

from __future__ import annotations

from datetime import datetime

from wirewatch.feeds import FeedState
from wirewatch.model import Record


class Polled(Record, frozen=True, kw_only=True):
    """One check of a feed, as it stands on the topic ``polls`` and in the poller's table."""

    feed: str
    """Id of the feed, also the record's key."""
    url: str
    at: datetime
    """When the check began."""
    outcome: str
    articles: int
    """How many articles it brought."""
    state: FeedState
    """What is remembered for the next check."""
    note: str | None = None
