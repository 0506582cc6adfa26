"""A real Kafka, started once a test run; each test has topics of its own."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kafka_helpers import Process

from wirewatch.broker import LocalBroker
from wirewatch.config.settings import Settings

_numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "contract" in item.path.parts:
            item.add_marker(pytest.mark.kafka)
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalBroker]:
    with LocalBroker(tmp_path_factory.mktemp("kafka")) as broker:
        yield broker


@pytest.fixture
def settings(kafka: LocalBroker, tmp_path: Path) -> Settings:
    return Settings(
        broker=kafka.url,
        topic_prefix=f"t{next(_numbers)}-",
        data_dir=tmp_path / "data",
        partitions=4,
        http_port=0,
        session_timeout_seconds=float(os.environ.get("TEST_SESSION_SECONDS", "6")),
        extract_processes=1,
        allow_private_addresses=True,
    )


@pytest.fixture
def spawn(settings: Settings, tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Make processes that are ended with the test; they see the test's settings."""
    made: list[Process] = []

    def make(*command: str, **env: str) -> Process:
        values = settings.model_dump(mode="json", exclude_unset=True)
        variables = {f"WIREWATCH_{key.upper()}": str(value) for key, value in values.items()}
        process = Process(
            [sys.executable, *command], tmp_path / f"process-{len(made)}.log", {**variables, **env}
        )
        made.append(process)
        return process

    yield make
    for process in made:
        process.end()
