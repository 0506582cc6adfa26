"""What came back over HTTP: an answer, or the way in which there was none."""

from __future__ import annotations

import msgspec

from wirewatch.errors import FeedError
from wirewatch.feeds.state import Outcome


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """The last answer of a chain of redirects; header names are lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    url: str
    permanent: str | None = None
    """Where the permanent redirects at the head of the chain led, if there were any."""
    detour: bool = False
    """Whether a temporary redirect led here: then it is not the feed's own address that answers."""


class FetchError(FeedError):
    """No answer; ``outcome`` says in which way."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome: Outcome = outcome
