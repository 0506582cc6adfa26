"""Alerts, targets and a receiver for the tests of delivery."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from wirewatch.delivery import read
from wirewatch.delivery.target import Target
from wirewatch.model import Alert, AlertEvidence, AlertTimes, Incident, Place, Toll

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
SECRET = "tulip-0042-tulip-0042"


def alert(name: str = "a1", *, incident: str = "i1", **changes: Any) -> Alert:
    quote = AlertEvidence(
        quote="killing at least 12 people", publisher="halden.example",
        url="https://halden.example/bomb", start=0, end=26,
    )  # fmt: skip
    what = Incident(
        id=incident, revision=1, type="attack", status="happened", when="current",
        headline="Bomb at bus station", first_seen=NOON, last_seen=NOON,
        place=Place(text="Oxdale", name="Oxdale", country="KE", precision="city"),
        tolls={"killed": Toll(best=12, low=12, high=None, rule="newest", as_of=NOON)},
    )  # fmt: skip
    fields: dict[str, Any] = {
        "id": name, "rule": "mass-casualty", "severity": "moderate", "kind": "alert",
        "reason": "killed is at least 12 (threshold 10)", "incident": what, "evidence": (quote,),
        "times": AlertTimes(
            published=NOON, fetched=NOON, extracted=NOON, linked=NOON, emitted=NOON
        ),
    }  # fmt: skip
    return Alert(**{**fields, **changes})


def target(more: str = "", address: str = "https://desk.example/hook") -> Target:
    """A webhook target; ``more`` are further lines of its YAML."""
    lines = "".join(f"    {line}\n" for line in more.splitlines())
    text = (
        f"targets:\n  - name: desk\n    webhook: {address}\n"
        f"    secret: {{variable: DESK_SECRET}}\n{lines}"
    )
    return read(text, "my.yaml")[0]


class Receiver:
    """Answers each POST as the test says, and keeps headers and bodies."""

    def __init__(self) -> None:
        self.port = 0
        self.answer: Callable[[web.Request], Awaitable[web.StreamResponse]] = _well
        self.got: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.got.append((headers, await request.read()))
        return await self.answer(request)

    def says(self, status: int, text: str = "", **headers: str) -> None:
        async def answer(_: web.Request) -> web.StreamResponse:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return web.Response(status=status, text=text, headers=named)

        self.answer = answer


async def _well(_: web.Request) -> web.StreamResponse:
    return web.Response(status=204)
