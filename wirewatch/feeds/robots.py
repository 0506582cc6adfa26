"""robots.txt: which pages may be fetched (RFC 9309)."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

import msgspec
from protego import Protego

from wirewatch.feeds.answer import FetchError, Response

AGENT = "wirewatch"
_KEEP = timedelta(hours=24)
"""RFC 9309: a robots.txt is not used for longer than a day."""
_KEEP_NONE = timedelta(minutes=30)
"""So soon a host is asked again whose robots.txt could not be had; nothing is fetched before."""
_MAX_HOSTS = 1000
_MAX_BODY = 512 * 1024
"""Bytes; RFC 9309 asks for at least 500 KiB."""


class _Gets(Protocol):
    async def get(self, url: str, *, max_body: int | None = None) -> Response: ...


class _Rules(msgspec.Struct, frozen=True):
    rules: Protego | None
    """None: nothing may be fetched."""
    until: datetime


class Robots:
    """What the hosts' robots.txt allow, each kept for a day, for the last 1,000 hosts.

    Where there was no answer, that is kept for half an hour.
    """

    def __init__(self) -> None:
        self._hosts: OrderedDict[str, _Rules] = OrderedDict()
        self._asking: dict[str, asyncio.Lock] = {}

    async def allows(self, url: str, fetcher: _Gets, now: datetime) -> bool:
        """Whether ``url`` may be fetched. Fetches the host's robots.txt when it is not known.

        None there (4xx): everything may; no answer or 5xx: nothing may.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        known = self._kept(origin, now)
        if known is None:
            async with self._asking.setdefault(origin, asyncio.Lock()):  # many pages, one question
                known = self._kept(origin, now) or await self._ask(origin, fetcher, now)
            self._asking.pop(origin, None)
        return known.rules is not None and bool(known.rules.can_fetch(url, AGENT))

    def _kept(self, origin: str, now: datetime) -> _Rules | None:
        known = self._hosts.get(origin)
        return known if known and known.until > now else None

    async def _ask(self, origin: str, fetcher: _Gets, now: datetime) -> _Rules:
        rules = await _fetch(f"{origin}/robots.txt", fetcher)
        known = _Rules(rules, now + (_KEEP_NONE if rules is None else _KEEP))
        self._hosts[origin] = known
        while len(self._hosts) > _MAX_HOSTS:
            self._hosts.popitem(last=False)
        return known


async def _fetch(url: str, fetcher: _Gets) -> Protego | None:
    try:
        response = await fetcher.get(url, max_body=_MAX_BODY)
    except FetchError:
        return None
    if response.status == 200:
        return Protego.parse(response.body.decode("utf-8", "replace"))
    return Protego.parse("") if 400 <= response.status < 500 and response.status != 429 else None
