"""Webhooks against a real server: what arrives, what an answer means, what bad servers do."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web
from msgspec.structs import replace

from tests.unit.delivery.build import NOON, SECRET, Receiver, alert, target
from wirewatch.clock import FixedClock
from wirewatch.delivery.outcome import Outcome, of_answer
from wirewatch.delivery.sign import key_of, signed_headers
from wirewatch.delivery.webhook import Webhook

DOC = (Path(__file__).parents[3] / "docs/delivery.md").read_text("utf-8")
NOT_PUBLIC = "its address is not on the public internet: it needs allow_private"
BODY = msgspec.json.encode(alert())


@asynccontextmanager
async def webhook(
    url: str, more: str = "allow_private: true\ntimeout: 2s"
) -> AsyncIterator[Webhook]:
    sender = Webhook(target(more, url), FixedClock(NOON))
    try:
        yield sender
    finally:
        await sender.close()


async def send(url: str, more: str = "allow_private: true\ntimeout: 2s") -> Outcome:
    async with webhook(url, more) as sender:
        return await sender.send(alert(), BODY)


def documented() -> Any:
    """The receiver's code as docs/delivery.md has it."""
    (code,) = re.findall(r"^```python\n(.*?)^```", DOC, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    return names["genuine"]


async def test_a_receiver_can_verify_what_it_gets(receiver: Receiver) -> None:
    assert await send(receiver.url) == Outcome("taken", "HTTP 204")
    ((headers, body),) = receiver.got
    assert body == BODY
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == "a1"
    genuine = documented()
    at_noon = NOON.timestamp
    assert genuine(headers, body, SECRET.encode(), at_noon)
    assert not genuine(headers, body + b" ", SECRET.encode(), at_noon)
    assert not genuine(headers, body, b"another key, of another one", at_noon)
    assert not genuine({**headers, "webhook-id": "a2"}, body, SECRET.encode(), at_noon)
    late = (NOON + timedelta(minutes=6)).timestamp
    assert not genuine(headers, body, SECRET.encode(), late)


async def test_a_key_may_be_base64_as_the_standard_has_it(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = bytes(range(24))
    monkeypatch.setenv("DESK_SECRET", "whsec_" + base64.b64encode(key).decode() + "\n")
    await send(receiver.url)
    headers, body = receiver.got[0]
    assert documented()(headers, body, key, NOON.timestamp)


def test_the_signature_is_the_standards_own_example() -> None:
    key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = signed_headers(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', at)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_every_attempt_has_the_same_id(receiver: Receiver) -> None:
    receiver.says(500)
    async with webhook(receiver.url) as sender:
        for _ in range(3):
            await sender.send(alert(), BODY)
    assert [headers["webhook-id"] for headers, _ in receiver.got] == ["a1"] * 3
    assert [headers["idempotency-key"] for headers, _ in receiver.got] == ['"a1"'] * 3


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (200, "taken"), (202, "taken"), (204, "taken"),
        (400, "refused"), (410, "refused"), (413, "refused"), (422, "refused"),
        (401, "later"), (403, "later"), (404, "later"), (408, "later"), (429, "later"),
        (500, "later"), (502, "later"), (503, "later"), (599, "later"),
    ],
)  # fmt: skip
async def test_what_an_answer_means(receiver: Receiver, status: int, result: str) -> None:
    receiver.says(status, "" if status < 300 else "the desk\x1b[31m is closed")
    outcome = await send(receiver.url)
    assert outcome.result == result
    if status >= 300:
        assert outcome.reason == f"HTTP {status}: the desk[31m is closed"


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("7", 7), ("0", 0), ("999999", 3600), ("99999999999999999999", 3600), ("-5", 0),
        ("soon", 0), ("", 0), ("٣", 0),
        (format_datetime(NOON + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOON - timedelta(days=400), usegmt=True), 0),
        (format_datetime(NOON + timedelta(days=400), usegmt=True), 3600),
        ("Tue, 06 May 2031 12:00:30", 30),
    ],
)  # fmt: skip
def test_a_wait_that_is_asked_for_is_given_up_to_an_hour(value: str, wait: float) -> None:
    assert of_answer(429, {"Retry-After": value}, "", NOON).wait == wait


async def test_retry_after_is_read_from_the_answer(receiver: Receiver) -> None:
    receiver.says(503, Retry_After="30")
    assert (await send(receiver.url)).wait == 30


async def test_redirects_are_not_followed(receiver: Receiver) -> None:
    receiver.says(302, Location=receiver.url + "/elsewhere")
    outcome = await send(receiver.url)
    assert (outcome.result, len(receiver.got)) == ("later", 1)
    assert "redirects are not followed" in outcome.reason


async def test_private_addresses_are_for_those_who_say_so(receiver: Receiver) -> None:
    outcome = await send(receiver.url, "timeout: 2s")
    assert outcome == Outcome("later", NOT_PUBLIC)
    by_name = await send(f"http://localhost:{receiver.port}/", "timeout: 2s")
    assert by_name.reason == NOT_PUBLIC
    assert not receiver.got


async def test_a_server_that_hangs_costs_its_timeout(receiver: Receiver) -> None:
    async def hang(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    receiver.answer = hang
    quick = replace(target("allow_private: true", receiver.url), timeout=timedelta(seconds=0.1))
    sender = Webhook(quick, FixedClock(NOON))
    async with asyncio.timeout(5):
        assert await sender.send(alert(), BODY) == Outcome("later", "no answer within 0.1 s")
    await sender.close()


async def test_an_answer_without_end_is_read_to_its_first_sentence(receiver: Receiver) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(status=500)
        await answer.prepare(request)
        while True:
            await answer.write(b"no " * 10_000)

    receiver.answer = endless
    outcome = await send(receiver.url)
    assert outcome.result == "later"
    assert len(outcome.reason) < 250


@asynccontextmanager
async def raw_server(answer: bytes) -> AsyncIterator[str]:
    """A server that says ``answer`` to whoever connects, and closes."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"", "closed the connection|ClientOSError|Reset"),
        (b"\x00\x01\x02 garbage\r\n\r\n", "not HTTP"),
        (b"SSH-2.0-OpenSSH_9.7\r\n", "not HTTP"),
        (b"HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\nhalf", "broke off|HTTP 500|Reset"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", "not HTTP"),
    ],
)
async def test_answers_that_are_none_are_tried_again(answer: bytes, words: str) -> None:
    async with raw_server(answer) as url:
        outcome = await send(url)
    assert outcome.result == "later"
    assert re.search(words, outcome.reason), outcome.reason


async def test_nobody_there_and_no_such_host_are_tried_again() -> None:
    outcome = await send("http://127.0.0.1:9/")
    assert (outcome.result, "127.0.0.1:9" in outcome.reason) == ("later", True)
    outcome = await send("https://nowhere.invalid/hook")
    assert outcome == Outcome("later", "its host name cannot be resolved")


async def test_a_secret_in_an_address_is_in_no_reason(receiver: Receiver) -> None:
    receiver.says(404, "no such hook: /hook/tulip-0042?key=rose-0043")
    outcome = await send(receiver.url + "/tulip-0042?key=rose-0043")
    assert outcome.reason.startswith("HTTP 404: no such hook")
    assert "tulip" not in outcome.reason
    assert "rose" not in outcome.reason


async def test_an_id_that_is_no_header_breaks_nothing(receiver: Receiver) -> None:
    async with webhook(receiver.url) as sender:
        outcome = await sender.send(alert("a\r\nX-Evil: 1"), BODY)
    assert outcome.result == "later"
    assert not receiver.got
