"""A fetched document → what is new in it. Runs where it can be ended when it hangs."""

from __future__ import annotations

from datetime import datetime

import msgspec

from wirewatch.feeds import article, clean
from wirewatch.feeds.article import Draft
from wirewatch.feeds.entry import Text
from wirewatch.feeds.feed import Feed
from wirewatch.feeds.parse import parse
from wirewatch.feeds.state import Hints


class FeedJob(msgspec.Struct, frozen=True, kw_only=True, tag="feed"):
    """A feed document to read; ``known`` are the fingerprints of entries that need no cleaning."""

    feed: Feed
    body: bytes
    headers: dict[str, str]
    url: str
    known: frozenset[str]
    now: datetime


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """What a document holds: known entries by fingerprint, all others cleaned, in its order."""

    version: str
    title: str
    hints: Hints
    known: tuple[str, ...]
    drafts: tuple[Draft, ...]
    notes: tuple[str, ...]


def digest(job: FeedJob) -> Digest:
    """Parse ``job``'s document and clean the entries that are not known. Raises FeedError."""
    parsed = parse(job.body, job.headers, job.url)
    trusted = article.names(parsed)
    known: list[str] = []
    drafts: list[Draft] = []
    for entry in parsed.entries:
        mark = article.fingerprint(entry)
        if mark in job.known:
            known.append(mark)
        else:
            drafts.append(article.draft(entry, parsed, job.feed, trusted, job.now))
    return Digest(
        version=parsed.version,
        title=clean.title(Text(parsed.title)),
        hints=parsed.hints,
        known=tuple(known),
        drafts=tuple(draft for draft in drafts if draft.title or draft.text),
        notes=parsed.notes,
    )
