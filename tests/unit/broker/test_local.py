import fcntl
import socket
from pathlib import Path

import pytest

from wirewatch.broker.local import LocalBroker
from wirewatch.errors import BrokerError


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BrokerError, match=f"port {port} is taken"):
            LocalBroker(tmp_path, port=port).start()


def test_too_little_space_is_said_before_kafka_starts(tmp_path: Path) -> None:
    broker = LocalBroker(tmp_path, least_free_bytes=10**18)
    with pytest.raises(BrokerError, match="disk full"):
        broker.start()
    assert not broker.running


def test_a_folder_in_use_is_refused_and_the_way_in_is_told(tmp_path: Path) -> None:
    (tmp_path / "server.properties").write_text(
        "listeners=CLIENT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093\n"
    )
    with (tmp_path / "owner.lock").open("w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BrokerError, match=r"process 4711.*kafka://127\.0\.0\.1:19092"):
            LocalBroker(tmp_path).start()


def test_a_failed_start_lets_the_folder_go(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(BrokerError, match="disk full"):
            LocalBroker(tmp_path, least_free_bytes=10**18).start()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BrokerError, match="cannot make Kafka's folder"):
        LocalBroker(tmp_path / "file" / "kafka").start()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "owner.lock").mkdir()
    with pytest.raises(BrokerError, match=f"cannot be started in {tmp_path}: .*owner.lock"):
        LocalBroker(tmp_path).start()


def test_a_java_that_never_ends_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "home" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(
        '#!/bin/sh\n[ "$1" = -version ] && echo \'version "21"\' && exit\nexec sleep 60\n'
    )
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("wirewatch.broker.local.resolve_jars", lambda *_: ())
    with pytest.raises(BrokerError, match="was not prepared within 1 s"):
        LocalBroker(tmp_path / "kafka", start_seconds=1).start()


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ("ERROR x\njava.io.IOException: No space left on device\n", "disk full"),
        ("java.net.BindException: Address already in use\n", "port is taken"),
        ("INFO fine\nERROR Something broke (kafka.Kafka)\n", "Something broke"),
        ("", "without a word"),
    ],
)
def test_kafkas_last_words_are_read_from_its_log(tmp_path: Path, log: str, told: str) -> None:
    (tmp_path / "kafka.log").write_text(log)
    assert told in LocalBroker(tmp_path).last_words()
