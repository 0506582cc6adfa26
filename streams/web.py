"""/healthz, /readyz and /metrics."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Protocol

from aiohttp import web

from wirewatch.errors import WirewatchError

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Observed(Protocol):
    """What the web pages show of a worker."""

    def problems(self) -> tuple[str, ...]:
        """Why it is not healthy; empty if it is."""
        ...

    def not_ready(self) -> tuple[str, ...]:
        """What it still waits for; empty if it works."""
        ...

    def metrics_page(self) -> bytes:
        """Prometheus' text."""
        ...


class WebServer:
    """A small server beside the agents, on their event loop: a stuck loop does not answer."""

    def __init__(self, worker: Observed, host: str, port: int) -> None:
        self._worker = worker
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def address(self) -> str:
        """``host:port`` as bound; the port asked for before that."""
        if self._runner and self._runner.addresses:
            host, port = self._runner.addresses[0][:2]
            return f"{host}:{port}"
        return f"{self._host}:{self._port}"

    async def start(self) -> None:
        """Listen; raises WirewatchError if the port is taken."""
        app = web.Application()
        app.router.add_get("/healthz", self._state(self._worker.problems))
        app.router.add_get("/readyz", self._state(self._worker.not_ready))
        app.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            raise WirewatchError(
                f"port {self._port} on {self._host} is taken: choose another WIREWATCH_HTTP_PORT, "
                "or 0 for any free one"
            ) from error

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    def _state(self, why_not: Callable[[], tuple[str, ...]]) -> _Handler:
        async def answer(_request: web.Request) -> web.Response:
            reasons = why_not()
            body = json.dumps({"ok": not reasons, "reasons": reasons})
            return web.Response(
                text=body, status=503 if reasons else 200, content_type="application/json"
            )

        return answer

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(
            body=self._worker.metrics_page(),
            headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"},
        )
