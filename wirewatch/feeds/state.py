"""What is remembered of a feed between two checks. One JSON value a feed, below 1 MB.

Bounds: ``MAX_SEEN`` entries of about 200 bytes, ``MAX_TEXTS`` bytes of compressed former texts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

MAX_SEEN = 2000
"""Entries remembered: those in the feed now, then the ones that left it last."""
MAX_ENTRIES = 1000
"""Entries read of one document, the newest; below ``MAX_SEEN``, so that none is forgotten while
it is still listed."""
MAX_TEXTS = 300_000
"""Bytes of compressed former texts, the longest-unlisted dropped first."""
GONE_DAYS = 60
"""An entry that has not been listed for so long is forgotten."""
CLEANING = 2
"""Raised whenever cleaning or hashing of text changes: hashes made before are then not compared,
so that a new version of wirewatch does not take every article for revised."""

Outcome = Literal[
    "articles",  # 200, with new or revised articles
    "unchanged",  # 200, nothing new
    "not_modified",  # 304
    "throttled",  # 429 or 503
    "gone",  # 410: not asked again
    "disabled",  # by configuration
    "http_error",  # any other status
    "timeout",
    "unreachable",  # no address, no connection, TLS
    "refused",  # by our own limits: size, redirects, private address
    "unreadable",  # not a feed, or reading it crashed or took too long
]


class Hints(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How often the publisher says to come; seconds, GMT hours (0-23), English weekdays."""

    ttl: float | None = None
    period: float | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """One entry that was in the feed. Array-like: there are many in one state."""

    id: str
    """The article's id; it stays when guid, host or title change."""
    revision: int
    """Of the article last published; 0: remembered, not published."""
    fingerprint: str
    """Of the entry's raw fields: equal means there is nothing to do."""
    content: str
    """Hash of title and feed text in substance."""
    published: str
    """``content_hash`` of the article last published."""
    updated: int
    """The entry's own latest date (Unix seconds), 0 if none."""
    first: int
    """When it was first seen (Unix seconds)."""
    listed: int
    """When it was last in the feed (Unix seconds)."""
    aliases: tuple[str, ...] = ()
    """Other marks by which it is recognised when its id changes."""
    text: bytes = b""
    """Title and text last published, compressed, for the next revision's ``previous``."""


class FeedState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything ``poll`` needs to know of the past. A feed never polled has ``FeedState()``."""

    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    """Where permanent redirects led."""
    body_hash: str = ""
    hints: Hints = Hints()
    next_check: datetime | None = None
    """None: at once, or never if ``gone``."""
    checked_at: datetime | None = None
    ok_at: datetime | None = None
    """When the feed was last read (200 or 304)."""
    full_at: datetime | None = None
    """When it last came in full (200)."""
    failures: int = 0
    """In a row."""
    outcome: Outcome | None = None
    note: str | None = None
    gone: bool = False
    title: str = ""
    """The feed's own name for itself."""
    cleaning: int = 0
    """The ``CLEANING`` that made the hashes in ``seen``."""
    seen: tuple[Seen, ...] = ()
    """Most recently listed first."""
