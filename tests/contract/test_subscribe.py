"""Subscribers: from now on, from a time, and from where their group was."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from kafka_helpers import Process, wait_until
from truce import publish

import wirewatch
from wirewatch.config.settings import Settings
from wirewatch.errors import BrokerError


async def take(alerts: object, count: int) -> list[str]:
    taken: list[str] = []
    async with asyncio.timeout(240):
        async for one in alerts:
            taken.append(one.id)
            if len(taken) == count:
                break
    await alerts.aclose()
    return taken


async def test_a_group_goes_on_where_it_was(settings: Settings) -> None:
    await publish(settings, "alert-1", "alert-2", "alert-3")
    first = await take(wirewatch.subscribe(settings, "ceasefire", group="desk"), 3)
    assert first == ["alert-1", "alert-2", "alert-3"]
    await publish(settings, "alert-4")
    # The third was taken, but the next was never asked for: it may come again, nothing is missing.
    again = await take(wirewatch.subscribe(settings, "ceasefire", group="desk"), 2)
    assert again == ["alert-3", "alert-4"]


async def test_without_a_group_one_hears_what_is_new_also_of_rules_that_come_later(
    settings: Settings,
) -> None:
    await publish(settings, "alert-1")
    heard = asyncio.ensure_future(take(wirewatch.subscribe(settings), 2))
    await asyncio.sleep(3)
    await publish(settings, "alert-2")
    await asyncio.sleep(1)
    await publish(settings, "alert-3", rule="disaster")
    assert await heard == ["alert-2", "alert-3"]


async def test_one_can_go_back_in_time(settings: Settings) -> None:
    await publish(settings, "alert-1", "alert-2")
    back = wirewatch.subscribe(settings, "ceasefire", since=timedelta(hours=1))
    assert await take(back, 2) == ["alert-1", "alert-2"]
    cut = datetime.now(UTC)
    await asyncio.sleep(0.05)
    await publish(settings, "alert-3")
    assert await take(wirewatch.subscribe(settings, since=cut), 1) == ["alert-3"]
    new_group = wirewatch.subscribe(settings, "ceasefire", group="late", since=cut)
    assert await take(new_group, 1) == ["alert-3"]


async def test_a_kafka_that_is_not_there_is_one_clear_line() -> None:
    with pytest.raises(BrokerError, match="does not answer"):
        await take(wirewatch.subscribe("kafka://127.0.0.1:9", "ceasefire"), 1)


async def test_the_command_prints_alerts_as_they_come(
    settings: Settings, spawn: Callable[..., Process]
) -> None:
    await publish(settings, "alert-1")
    as_json = spawn("-m", "wirewatch", "alerts", "--since", "1h", "--json")
    rules = ("--rule", "ceasefire", "--rule", "cease-fire")
    plain = spawn("-m", "wirewatch", "alerts", *rules, "--since", "1h")
    for process in (as_json, plain):
        process.start()
    for process in (as_json, plain):
        await asyncio.to_thread(
            wait_until, lambda p=process: "2026-" in p.log.read_text(), 120, "an alert"
        )
        process.send(signal.SIGINT)
        assert await asyncio.to_thread(process.wait) == 0
    assert json.loads(as_json.log.read_text())["id"] == "alert-1"
    note, line = plain.log.read_text().splitlines()
    assert note == "rule cease-fire has no topic yet ('wirewatch topics describe')"
    assert "ceasefire" in line
    assert "\x1b" not in plain.log.read_text()
