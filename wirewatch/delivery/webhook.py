"""Webhooks: one signed POST an attempt, bounded in time and size, to where the operator said."""

from __future__ import annotations

import asyncio
import socket
from functools import partial

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from wirewatch.clock import Clock
from wirewatch.delivery.load import url_problem
from wirewatch.delivery.outcome import Outcome, of_answer
from wirewatch.delivery.secret import masked
from wirewatch.delivery.sign import key_of, signed_headers
from wirewatch.delivery.target import Target
from wirewatch.delivery.thread import OwnThread
from wirewatch.model import Alert
from wirewatch.network import fault_words, is_private, socket_factory
from wirewatch.safety import one_line
from wirewatch.version import __version__

_EXCERPT = 200
"""Bytes read of the answer to a refused request: enough for its first sentence."""


class Webhook:
    """Posts alerts to one target."""

    def __init__(self, target: Target, clock: Clock) -> None:
        """Read the target's secrets; raises SettingsError with file, line and key."""
        assert target.key is not None, "a webhook has a key"
        self._address = target.address.read()
        if problem := url_problem(self._address):
            raise target.address.at.error(problem)
        try:
            self._key = key_of(target.key.read())
        except ValueError as error:
            raise target.key.at.error(f"the secret cannot be used: {error}") from None
        self._target = target
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None

    async def send(self, alert: Alert, body: bytes) -> Outcome:
        """One attempt; ``body`` is the alert as it stands on its topic. Never raises for it."""
        seconds = self._target.timeout.total_seconds()
        try:
            async with asyncio.timeout(seconds):
                return await self._post(alert, body)
        except TimeoutError:
            return Outcome("later", f"no answer within {seconds:g} s")
        except aiohttp.ServerDisconnectedError:
            return Outcome("later", "it closed the connection without an answer")
        except aiohttp.ClientResponseError:
            return Outcome("later", "its answer is not HTTP")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            hint = ": it needs allow_private" if is_private(error) else ""
            return Outcome("later", masked(fault_words(error), self._address) + hint)

    async def _post(self, alert: Alert, body: bytes) -> Outcome:
        headers = signed_headers(self._key, alert.id, body, self._clock.now())
        async with self._open().post(
            self._address, data=body, headers=headers, allow_redirects=False
        ) as answer:
            well = 200 <= answer.status < 300
            excerpt = b"" if well else await answer.content.read(_EXCERPT)
            words = masked(one_line(excerpt.decode("utf-8", "replace")), self._address)
            return of_answer(answer.status, answer.headers, words, self._clock.now())

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    force_close=True,  # a connection kept open may die just before the next alert
                    use_dns_cache=False,
                    resolver=_Resolver(),
                    socket_factory=socket_factory(allow_private=self._target.allow_private),
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={
                    "User-Agent": f"wirewatch/{__version__}",
                    "Content-Type": "application/json",
                    "Accept-Encoding": "identity",
                },
                auto_decompress=False,
            )
        return self._session

    async def close(self) -> None:
        """Let the session go."""
        if self._session is not None:
            await self._session.close()


class _Resolver(AbstractResolver):
    """Looks names up in a thread of the target's own: a dead name server holds up this one only."""

    def __init__(self) -> None:
        self._thread = OwnThread()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of ``host``; raises OSError."""
        look = partial(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM)
        numeric = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        return [
            ResolveResult(
                hostname=host, host=str(address[0]), port=port, family=found, proto=proto,
                flags=numeric,
            )
            for found, _, proto, _, address in await self._thread.run(look)
        ]  # fmt: skip

    async def close(self) -> None:
        """Nothing to let go."""
