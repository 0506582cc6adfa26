"""What an answer, or the lack of one, means for a feed: pure functions from state to state."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import msgspec

from wirewatch.feeds import schedule
from wirewatch.feeds.answer import Response
from wirewatch.feeds.feed import Feed
from wirewatch.feeds.state import FeedState, Outcome
from wirewatch.model import Article
from wirewatch.safety import one_line

MOVED_FAILURES = 3
"""After so many failures in a row at the address a redirect led to, the configured one is tried."""
MAX_VALIDATOR = 1000
"""Characters of an ETag or Last-Modified: a longer one is not kept, since servers refuse requests
with headers so long and a feed's state must stay small."""


class PollResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one check gave.

    ``articles`` are delivered before ``state`` is written: then a crash between the two repeats
    articles, with the same ids, and loses none.
    """

    articles: tuple[Article, ...] = ()
    state: FeedState
    outcome: Outcome
    note: str | None = None


class Check(msgspec.Struct, frozen=True):
    """One check: which feed, what was known of it, and when. ``seed`` varies jitter."""

    feed: Feed
    state: FeedState
    now: datetime
    seed: int = 0

    def result(self, outcome: Outcome, note: str | None, **changes: Any) -> PollResult:
        """The result that leaves ``changes`` in the state."""
        note = one_line(note) if note else None
        articles = changes.pop("articles", ())
        state = msgspec.structs.replace(
            self.state, **changes, checked_at=self.now, outcome=outcome, note=note
        )
        return PollResult(articles=articles, state=state, outcome=outcome, note=note)


def body_hash(body: bytes) -> str:
    """Recognises a document that did not change though the server sent it again."""
    return hashlib.sha256(body).hexdigest()[:24]


def resting(check: Check) -> PollResult | None:
    """The result for a feed that is not asked: disabled, or ended by its publisher."""
    if check.state.gone:
        return check.result("gone", check.state.note, next_check=None)
    if not check.feed.enabled:
        return check.result("disabled", None, next_check=None)
    return None


def not_modified(check: Check, response: Response) -> PollResult:
    """After 304."""
    etag = _validator(response, "etag") or check.state.etag
    moved = response.permanent or check.state.moved_to
    return _good(check, response, "not_modified", None, etag=etag, moved_to=moved)


def delivered(check: Check, response: Response, note: str | None, **changes: Any) -> PollResult:
    """After a 200 that was read; a permanent redirect is believed because it led to a feed."""
    return _good(
        check,
        response,
        "articles" if changes.get("articles") else "unchanged",
        note,
        **changes,
        moved_to=response.permanent or check.state.moved_to,
        etag=_validator(response, "etag"),
        last_modified=_validator(response, "last-modified"),
        body_hash=body_hash(response.body),
        full_at=check.now,
    )


def _validator(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value if value and len(value) <= MAX_VALIDATOR else None


def _good(
    check: Check, response: Response, outcome: Outcome, note: str | None, **changes: Any
) -> PollResult:
    upcoming = schedule.next_check(
        check.feed,
        check.now,
        changes.get("hints", check.state.hints),
        max_age=schedule.max_age(response.headers),
    )
    return check.result(outcome, note, **changes, ok_at=check.now, failures=0, next_check=upcoming)


def refused(check: Check, response: Response) -> PollResult:
    """After any other status. 410 ends the feed, unless only a place it had moved to is gone."""
    status, elsewhere = response.status, check.state.moved_to or response.detour
    if status == 410 and not elsewhere:
        note = "HTTP 410: the publisher ended this feed"
        return check.result("gone", note, gone=True, next_check=None)
    if status in {429, 503}:
        wait = schedule.retry_after(response.headers, check.now)
        return failed(check, "throttled", f"HTTP {status}", wait=wait)
    lost = status in {404, 410}
    return failed(check, "http_error", f"HTTP {status}", forget_move=lost)


def failed(
    check: Check,
    outcome: Outcome,
    note: str,
    *,
    wait: float | None = None,
    forget_move: bool = False,
) -> PollResult:
    """After no answer, or one that cannot be read; ``wait`` is Retry-After in seconds."""
    failures = check.state.failures + 1
    upcoming = schedule.next_check(
        check.feed,
        check.now,
        check.state.hints,
        retry_after=wait,
        failures=failures,
        seed=check.seed,
    )
    forget_move = forget_move or failures >= MOVED_FAILURES
    moved_to = None if forget_move else check.state.moved_to
    return check.result(outcome, note, failures=failures, next_check=upcoming, moved_to=moved_to)
