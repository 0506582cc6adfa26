"""What a feed document says, before it is cleaned."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from wirewatch.feeds.state import Hints


class Text(msgspec.Struct, frozen=True):
    """A piece of text and whether its characters are markup."""

    value: str = ""
    kind: Literal["plain", "html"] = "html"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a feed. ``link`` is absolute where the document allows it."""

    guid: str | None = None
    link: str | None = None
    title: Text = Text()
    body: Text = Text()
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    source_url: str | None = None
    """Site of the original publisher, where the feed collects from several."""
    notes: tuple[str, ...] = ()


class ParsedFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed document. ``version`` is feedparser's name of the format, or ``json1``."""

    version: str
    title: str = ""
    link: str | None = None
    language: str | None = None
    hints: Hints = Hints()
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
