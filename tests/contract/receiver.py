"""A webhook's receiver on loopback, which can be dead in all the ways there are."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web
from served import Served


class Receiver(Served):
    """Keeps what is posted to ``/well``; ``/hang`` never answers."""

    def __init__(self) -> None:
        super().__init__(web.post("/well", self._well), web.post("/hang", self._hang))
        self.alerts: list[str] = []
        self.ids: list[str] = []
        self.hung = 0
        self.hold: asyncio.Event | None = None
        """While set and not yet fired, an alert is kept and the answer held back."""

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
