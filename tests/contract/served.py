"""What the tests' HTTP servers on loopback share: they start, have a port, and stop."""

from __future__ import annotations

from typing import Self

from aiohttp import web


class Served:
    """A server on a free port of loopback; after it has stopped it takes the same port again."""

    def __init__(self, *routes: web.RouteDef) -> None:
        self.port = 0
        self._routes = routes
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_routes(self._routes)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"
