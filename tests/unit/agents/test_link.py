"""The link agent over batches of records: what is delivered and kept, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
import rocksdict

from tests.unit.incidents.build import at, claim, event
from tests.unit.streams.fakes import KilledError, Producer, producer_maker, table
from wirewatch.agents import link as module
from wirewatch.agents.link import Linking
from wirewatch.config.settings import Settings
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.model import Event, Incident
from wirewatch.streams import stage as stage_module
from wirewatch.streams.app import make_app
from wirewatch.streams.stage import Stage

EVENTS = [
    event("a", 0, claim("killed", 12)),
    event("b", 1, claim("killed", 14)),
    event("c", 2, place=None, type="talks", title="Talks begin", text="of something else"),
    event("d", 3, claim("killed", 15)),
]


class Stream:
    """Faust's stream: all records wait from the beginning."""

    def __init__(self, events: list[Event]) -> None:
        self.waiting = [message(one, number) for number, one in enumerate(events)]
        self.channel = SimpleNamespace(queue=SimpleNamespace(empty=lambda: not self.waiting))
        self.acked: list[int] = []

    def noack(self) -> Stream:
        return self

    async def events(self) -> Any:
        while self.waiting:
            yield self.waiting.pop(0)

    async def ack(self, done: Any) -> None:
        self.acked.append(done.message.offset)


def message(one: Event, offset: int) -> Any:
    value = msgspec.json.encode(one)
    source = SimpleNamespace(
        topic="events", partition=0, offset=offset, key=b"AF", value=value, headers={},
        generation_id=0,
    )  # fmt: skip
    return SimpleNamespace(message=source, value=value, headers={})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[rocksdict.Rdict]:
    opened = rocksdict.Rdict(str(tmp_path / "store"), rocksdict.Options(raw_mode=True))
    yield opened
    opened.close()


def linking(store: rocksdict.Rdict, producer: Producer, tmp_path: Path, **settled: Any) -> Linking:
    settings = Settings(broker="kafka://127.0.0.1:1", **settled)
    stage = Stage("link", make_app(settings, "link", tmp_path), settings)
    stage.app.maybe_start_producer = producer_maker(producer)
    return Linking(stage, table(store, producer))


def told(producer: Producer) -> list[tuple[str, int]]:
    records = [value for _, value in producer.of("incidents") if value]
    incidents = [msgspec.json.decode(value, type=Incident) for value in records]
    return [(one.id, one.revision) for one in incidents]


def wanted(*events: Event) -> list[tuple[str, int]]:
    linker = Linker(MemoryStore())
    return [
        (incident.id, incident.revision)
        for one in events
        for incident in linker.link(one, one.article.fetched_at)
    ]


async def test_a_batch_is_told_whole_then_kept_as_one_then_acknowledged(
    store: rocksdict.Rdict, tmp_path: Path
) -> None:
    producer, stream = Producer(), Stream(EVENTS)
    await linking(store, producer, tmp_path).link(stream)
    assert told(producer) == wanted(*EVENTS)
    topics = [topic for topic, _, _ in producer.sent]
    assert topics == sorted(topics, reverse=True), "all incidents, then the changelog"
    assert len(producer.of("changelog")) == len({name for name, _ in wanted(*EVENTS)})
    assert stream.acked == [0, 1, 2, 3]


@pytest.mark.parametrize(("days", "incidents"), [(2, 2), (14, 1)])
async def test_an_incident_takes_reports_for_as_long_as_is_set(
    store: rocksdict.Rdict, tmp_path: Path, days: float, incidents: int
) -> None:
    producer = Producer()
    late = event("late", 72, claim("killed", 12))
    agent = linking(store, producer, tmp_path, incident_open_days=days)
    agent._stage.clock = SimpleNamespace(now=lambda: at(72))
    await agent.link(Stream([EVENTS[0], late]))
    assert len({name for name, _ in told(producer)}) == incidents


async def test_much_that_waits_to_be_kept_is_kept_in_between(
    store: rocksdict.Rdict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_UNWRITTEN", 0)
    producer = Producer()
    await linking(store, producer, tmp_path).link(Stream(EVENTS))
    assert told(producer) == wanted(*EVENTS)
    topics = [topic for topic, _, _ in producer.sent]
    assert topics == ["incidents", "changelog"] * len(EVENTS)


@pytest.mark.parametrize("dies", ["before", "after"])
async def test_a_batch_that_is_read_again_after_a_kill_tells_the_same(
    store: rocksdict.Rdict, tmp_path: Path, dies: str
) -> None:
    producer, stream = Producer(), Stream(EVENTS[:3])
    producer.dies = dies
    with pytest.raises(KilledError):
        await linking(store, producer, tmp_path).link(stream)
    assert not stream.acked
    producer.dies = ""
    await linking(store, producer, tmp_path).link(Stream(EVENTS))
    assert told(producer) == wanted(*EVENTS)[:-1] + wanted(*EVENTS)


@pytest.mark.parametrize("broken", ["cannot be read", "leads to too much"])
async def test_a_record_at_fault_costs_none_of_its_batch_and_leaves_no_trace(
    store: rocksdict.Rdict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setattr(stage_module, "RETRY_SECONDS", 0)
    producer, letters, stream = Producer(), Producer(), Stream(EVENTS)
    agent = linking(store, producer, tmp_path)
    agent._stage.dead_letters._topic = SimpleNamespace(send=_letter(letters))
    if broken == "cannot be read":
        stream.waiting[1].value = stream.waiting[1].message.value = b"{"
    else:
        producer.refuses = b"b.example"
    bad = stream.waiting[1].value
    await agent.link(stream)
    assert stream.acked == [0, 1, 2, 3]
    assert [value for _, value in letters.of("deadletters")] == [bad]
    known = list(dict.fromkeys(told(producer)))  # what was told before the fault is told again
    assert known == wanted(EVENTS[0], *EVENTS[2:])


def _letter(letters: Producer) -> Any:
    async def send(*, key: bytes, value: bytes, headers: Any) -> Any:
        return await letters.send("deadletters", value, key=key, headers=headers)

    return send
