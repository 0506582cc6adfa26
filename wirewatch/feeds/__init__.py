"""The poller's library: feeds over HTTP in, articles out. It knows no Kafka."""

from wirewatch.feeds.feed import Feed
from wirewatch.feeds.fetch import Fetcher, Limits
from wirewatch.feeds.outcome import PollResult
from wirewatch.feeds.parse import parse
from wirewatch.feeds.poll import poll
from wirewatch.feeds.reader import ChildReader, InlineReader
from wirewatch.feeds.state import FeedState, Outcome

__all__ = [
    "ChildReader",
    "Feed",
    "FeedState",
    "Fetcher",
    "InlineReader",
    "Limits",
    "Outcome",
    "PollResult",
    "parse",
    "poll",
]
