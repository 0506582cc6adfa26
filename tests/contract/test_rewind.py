"""What was fetched and thrown away is read again, also where nothing was committed yet."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from faust.exceptions import ConsumerNotStarted
from faust.types import TP
from kafka_helpers import produce, until

from wirewatch.config.settings import Settings
from wirewatch.streams import app, hardening
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.stage import Stage
from wirewatch.streams.topics import ARTICLES, topic_name, topic_specs
from wirewatch.streams.worker import Worker


@pytest.fixture(params=[True, False], ids=["hardened", "as it comes"])
def hardened(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    if not request.param:
        hardening.harden()
        hardening.unharden()
        monkeypatch.setattr(app, "harden", lambda: None)
    yield request.param
    hardening.harden()


async def test_the_first_records_of_a_group_are_read_again_after_a_rebalance(
    settings: Settings, tmp_path: Path, hardened: bool
) -> None:
    settings = settings.model_copy(update={"data_dir": tmp_path})
    await ensure_topics(settings, topic_specs(settings))
    source = topic_name(settings, ARTICLES)
    await produce(settings, source, [(b"one-key", b"%d" % n) for n in range(10)])
    stages: list[Any] = []
    go = asyncio.Event()

    def build(stage: Stage) -> None:
        async def handle(_message: Any) -> None:
            await go.wait()

        async def body(stream: Any) -> None:
            await stage.consume(stream, handle)

        stages.append(stage)
        stage.agent(source, body)

    stop = asyncio.Event()
    running = asyncio.ensure_future(Worker(settings, {"poll": build}).run(stop))
    await until(lambda: _fetched(stages, source), 120, "ten records fetched")
    consumer = stages[0].app.consumer
    places = [await consumer.position(TP(source, n)) for n in range(settings.partitions)]
    consumer.stop_flow()
    stages[0].app.flow_control.suspend()
    await consumer.perform_seek()
    after = [await consumer.position(TP(source, n)) for n in range(settings.partitions)]
    assert sum(places) == 10
    assert sum(after) == (0 if hardened else 10)
    go.set()
    stop.set()
    await running


async def _fetched(stages: list[Any], source: str) -> bool:
    if not stages:
        return False
    consumer = stages[0].app.consumer
    try:
        mine = [tp for tp in consumer.assignment() if tp.topic == source]
    except ConsumerNotStarted:
        return False
    return sum([await consumer.position(tp) or 0 for tp in mine]) == 10
