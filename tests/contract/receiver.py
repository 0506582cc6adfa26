"""A webhook's receiver on loopback, which can be dead in all the ways there are."""

from __future__ import annotations

import asyncio
import json
from typing import Self

from aiohttp import web


class Receiver:
    """Keeps what is posted to ``/well``; ``/hang`` never answers."""

    def __init__(self) -> None:
        self.alerts: list[str] = []
        self.ids: list[str] = []
        self.hung = 0
        self.hold: asyncio.Event | None = None
        """While set and not yet fired, an alert is kept and the answer held back."""
        self.port = 0
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/well", self._well)
        app.router.add_post("/hang", self._hang)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def _well(self, request: web.Request) -> web.Response:
        self.alerts.append(json.loads(await request.read())["id"])
        self.ids.append(request.headers["webhook-id"])
        if self.hold:
            await self.hold.wait()
        return web.Response(status=204)

    async def _hang(self, _request: web.Request) -> web.Response:
        self.hung += 1
        await asyncio.sleep(3600)
        return web.Response()
