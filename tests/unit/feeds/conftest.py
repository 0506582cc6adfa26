"""Real HTTP on loopback: a server that answers as the test says, and a fetcher that may ask it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from aiohttp import web

from wirewatch.feeds import Fetcher, InlineReader, Limits

NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


class Site:
    """Answers each path with the last response set for it, and keeps the requests."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {}
        self.requests: list[web.Request] = []
        self.port = 0

    def url(self, path: str = "/feed", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def set(
        self,
        path: str = "/feed",
        *,
        body: bytes | str = b"",
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> None:
        data = body.encode() if isinstance(body, str) else body
        merged = {"Content-Type": "application/xml"} | (headers or {})

        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(body=data, status=status, headers=merged)

        self.answers[path] = answer

    def on(self, path: str, answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> None:
        self.answers[path] = answer

    def asked(self, path: str) -> list[web.Request]:
        return [request for request in self.requests if request.path == path]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        answer = self.answers.get(request.path)
        return await answer(request) if answer else web.Response(status=404)


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    served = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", served.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    served.port = runner.addresses[0][1]
    yield served
    await runner.cleanup()


@pytest_asyncio.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    limits = Limits(allow_private=True, whole=5)
    async with Fetcher(limits, contact="desk@example.org", reader=InlineReader()) as made:
        yield made


@pytest.fixture
def now() -> datetime:
    return NOW
