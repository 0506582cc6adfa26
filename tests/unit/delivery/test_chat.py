"""Chat and mail through the real apprise, to a server on loopback."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import threading

import pytest
from aiohttp import web

from tests.unit.delivery.build import Receiver, alert
from wirewatch.delivery import read
from wirewatch.delivery.chat import Chat
from wirewatch.delivery.outcome import Outcome
from wirewatch.delivery.thread import OwnThread, StillBusyError
from wirewatch.show.message import alert_message


def chat(receiver: Receiver, monkeypatch: pytest.MonkeyPatch, path: str = "") -> Chat:
    monkeypatch.setenv("DESK_SECRET", f"json://127.0.0.1:{receiver.port}/{path}")
    text = "targets:\n  - {name: chat, apprise: {variable: DESK_SECRET}, timeout: 3s}"
    return Chat(read(text, "my.yaml")[0], alert_message)


async def test_an_alert_is_a_message(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await chat(receiver, monkeypatch).send(alert(), b"") == Outcome("taken", "sent")
    message = json.loads(receiver.got[0][1])
    assert message["title"] == "● MODERATE alert: attack, Oxdale (KE), at least 12 killed"
    assert "killed is at least 12 (threshold 10)" in message["message"]
    assert "https://halden.example/bomb" in message["message"]
    assert message["type"] == "warning"


async def test_a_failure_is_tried_again_and_names_no_secret(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.says(500, "tulip-0042")
    written = io.StringIO()
    root, handler = logging.getLogger(), logging.StreamHandler(written)
    handler.addFilter(lambda line: line.name != "aiohttp.access")  # the receiver's own
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    outcome = await chat(receiver, monkeypatch, "tulip-0042").send(alert(), b"")
    logging.getLogger("wirewatch").debug("the handler works")
    root.removeHandler(handler)
    root.setLevel(before)
    assert outcome.result == "later"
    assert "500" in outcome.reason
    assert "the handler works" in written.getvalue()
    assert "tulip" not in outcome.reason + written.getvalue()


async def test_redirects_are_not_followed(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.says(307, Location=receiver.url)
    assert (await chat(receiver, monkeypatch).send(alert(), b"")).result == "later"
    assert len(receiver.got) == 1


async def test_nobody_there_is_tried_again(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.port = 9
    outcome = await chat(receiver, monkeypatch).send(alert(), b"")
    assert outcome.result == "later"
    assert outcome.reason


async def test_a_service_that_hangs_costs_its_timeout_and_one_thread(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = asyncio.Event()

    async def hang(_: web.Request) -> web.StreamResponse:
        await release.wait()
        return web.Response(status=204)

    receiver.answer = hang
    sender = chat(receiver, monkeypatch)
    sender._seconds = 0.2
    for _ in range(5):
        assert (await sender.send(alert(), b"")).result == "later"
    assert threading.active_count() < 10
    assert len(receiver.got) <= 5
    release.set()


async def test_a_call_that_hangs_keeps_the_next_one_out() -> None:
    release = threading.Event()
    thread = OwnThread()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(thread.run(release.wait), 0.05)
    with pytest.raises(StillBusyError):
        await thread.run(lambda: 1)
    release.set()
    assert thread._thread
    await asyncio.to_thread(thread._thread.join)
    assert await thread.run(lambda: 2) == 2


async def test_what_a_call_raises_is_raised() -> None:
    def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        await OwnThread().run(fail)
