from collections.abc import AsyncIterator

import aiohttp
import pytest

from wirewatch.errors import WirewatchError
from wirewatch.streams.metrics import Metrics
from wirewatch.streams.web import WebServer


class Observed:
    """A worker whose state the test sets."""

    def __init__(self) -> None:
        self.wrong: tuple[str, ...] = ()
        self.waiting: tuple[str, ...] = ("starting",)
        self.metrics = Metrics()

    def problems(self) -> tuple[str, ...]:
        return self.wrong

    def not_ready(self) -> tuple[str, ...]:
        return self.waiting

    def metrics_page(self) -> bytes:
        return self.metrics.page()


@pytest.fixture
async def server() -> AsyncIterator[tuple[Observed, WebServer]]:
    worker = Observed()
    web = WebServer(worker, "127.0.0.1", 0)
    await web.start()
    yield worker, web
    await web.stop()


async def get(web: WebServer, page: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://{web.address}/{page}") as r:
        return r.status, await r.text()


async def test_health_and_readiness_are_told_apart(server: tuple[Observed, WebServer]) -> None:
    worker, web = server
    assert await get(web, "healthz") == (200, '{"ok": true, "reasons": []}')
    assert await get(web, "readyz") == (503, '{"ok": false, "reasons": ["starting"]}')
    worker.waiting, worker.wrong = (), ("articles[3] has not moved",)
    assert (await get(web, "readyz"))[0] == 200
    status, body = await get(web, "healthz")
    assert status == 503
    assert "articles[3]" in body


async def test_metrics_are_prometheus_text(server: tuple[Observed, WebServer]) -> None:
    worker, web = server
    worker.metrics.alerts.labels("ceasefire", "alert").inc()
    status, body = await get(web, "metrics")
    assert status == 200
    assert 'wirewatch_alerts_total{kind="alert",rule="ceasefire"} 1.0' in body


async def test_a_taken_port_is_one_clear_line(server: tuple[Observed, WebServer]) -> None:
    _, web = server
    port = int(web.address.rsplit(":", 1)[1])
    second = WebServer(Observed(), "127.0.0.1", port)
    with pytest.raises(WirewatchError, match=f"port {port} on 127"):
        await second.start()
    await second.stop()
