"""A table's state after a kill at any moment, on a real RocksDB and a changelog that may die."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import rocksdict

from wirewatch.streams.state import StateTable

BEFORE = {"a": b"event", "c": b"stays"}
MOVE = {"a": None, "b": b"event"}
AFTER = {"b": b"event", "c": b"stays"}


class KilledError(Exception):
    """Where kill -9 would have struck."""


class Changelog:
    """Faust's topic: takes records in order, until it has taken ``most``."""

    def __init__(self, most: int = 100) -> None:
        self.records: list[tuple[bytes, bytes | None]] = []
        self.most = most

    async def send(self, *, key: bytes, value: bytes | None, partition: int) -> Any:
        if len(self.records) == self.most:
            raise KilledError
        self.records.append((key, value))
        future = asyncio.get_running_loop().create_future()
        future.set_result(SimpleNamespace(topic_partition=partition, offset=len(self.records)))
        return future


def table(store: rocksdict.Rdict, changelog: Changelog) -> StateTable:
    data = SimpleNamespace(
        _dbs={0: store}, offset_key=b"offset", set_persisted_offset=lambda *_: None
    )
    faust = SimpleNamespace(name="t", data=data, changelog_topic=changelog)
    app: Any = SimpleNamespace(
        Table=lambda *_, **__: faust, conf=SimpleNamespace(topic_partitions=1)
    )
    return StateTable(app, "t")


def database(path: Path) -> rocksdict.Rdict:
    return rocksdict.Rdict(str(path), rocksdict.Options(raw_mode=True))


def recovered(changelog: Changelog, path: Path) -> Iterator[rocksdict.Rdict]:
    """What another worker reads back from the changelog."""
    store = database(path)
    for key, value in changelog.records:
        if value is None:
            store.delete(key)
        else:
            store.put(key, value)
    yield store
    store.close()


@pytest.mark.parametrize("most", range(2, 7))
async def test_a_kill_leaves_all_of_what_belongs_together_or_nothing(
    tmp_path: Path, most: int
) -> None:
    changelog = Changelog(most)
    first = database(tmp_path / "first")
    state = table(first, changelog)
    await state.put(0, BEFORE)
    try:
        await state.put_together(0, MOVE)
    except KilledError:
        assert most < 6
    first.close()
    for store in recovered(changelog, tmp_path / "second"):
        again = table(store, Changelog())
        await again.settle(0)
        assert dict(again.items(0)) == (BEFORE if most == 2 else AFTER)
        await again.settle(0)
        assert dict(again.items(0)) == (BEFORE if most == 2 else AFTER)
