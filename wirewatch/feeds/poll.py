"""One check of one feed. A failure is a value: whatever a feed does, there is a next check."""

from __future__ import annotations

from datetime import datetime, timedelta

from wirewatch.errors import FeedError
from wirewatch.feeds import decide, outcome
from wirewatch.feeds.answer import FetchError, Response
from wirewatch.feeds.digest import FeedJob
from wirewatch.feeds.feed import Feed
from wirewatch.feeds.fetch import ACCEPT_FEED, Fetcher
from wirewatch.feeds.fulltext import with_full_text
from wirewatch.feeds.outcome import Check, PollResult
from wirewatch.feeds.state import CLEANING, FeedState
from wirewatch.safety import one_line

FULL_EVERY = timedelta(hours=24)
"""So often a feed is asked for without validators: a server whose 304 is stuck is found out."""


async def poll(
    feed: Feed,
    state: FeedState,
    fetcher: Fetcher,
    now: datetime,
    *,
    seed: int = 0,
) -> PollResult:
    """Fetch ``feed``, and give its new and revised articles and the state for next time.

    Never raises for anything the feed or the network does. Takes as long as the fetcher's limits
    allow, and a feed's turn behind others of its host. ``seed`` varies the jitter after errors.
    """
    check = Check(feed, state, now, seed)
    rest = outcome.resting(check)
    if rest:
        return rest
    try:
        return await _ask(check, fetcher)
    except FetchError as error:
        return outcome.failed(check, error.outcome, str(error))
    except FeedError as error:
        return outcome.failed(check, "unreadable", str(error))
    except Exception as error:  # noqa: BLE001 - one feed must not stop the worker of all others
        return outcome.failed(check, "unreadable", f"unexpected {type(error).__name__}: {error}")


async def _ask(check: Check, fetcher: Fetcher) -> PollResult:
    validators = _validators(check.state, check.now)
    address = check.state.moved_to or check.feed.url
    response = await fetcher.get(address, headers={"Accept": ACCEPT_FEED, **validators})
    if response.status == 200:
        return await _read(check, fetcher, response)
    if response.status == 304 and validators:
        return outcome.not_modified(check, response)
    return outcome.refused(check, response)


def _validators(state: FeedState, now: datetime) -> dict[str, str]:
    if not state.full_at or abs(now - state.full_at) >= FULL_EVERY:
        return {}
    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in headers.items() if value}


async def _read(check: Check, fetcher: Fetcher, response: Response) -> PollResult:
    state, now = check.state, check.now
    if state.body_hash == outcome.body_hash(response.body) and state.seen:
        return outcome.delivered(check, response, state.note)
    digest = await fetcher.reader.digest(_job(check, response))
    decision = decide.decide(state, digest, now, check.feed.first_sight)
    drafted = [(one, decide.compose(one, check.feed.id, now)) for one in decision.pending]
    if check.feed.fulltext:
        drafted = await with_full_text(drafted, fetcher, now)
    finished = [decide.finish(one, article, now) for one, article in drafted]
    return outcome.delivered(
        check,
        response,
        "; ".join(digest.notes) or None,
        articles=tuple(article for article, _ in finished if article),
        hints=digest.hints,
        cleaning=CLEANING,
        title=one_line(digest.title),
        seen=decide.bounded((*(seen for _, seen in finished), *decision.seen), now),
    )


def _job(check: Check, response: Response) -> FeedJob:
    return FeedJob(
        feed=check.feed,
        body=response.body,
        headers=response.headers,
        url=response.url,
        known=frozenset(entry.fingerprint for entry in check.state.seen),
        now=check.now,
    )
