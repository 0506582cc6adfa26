import shutil
from pathlib import Path

import pytest

from wirewatch.broker.jars import pinned_jars, resolve_jars
from wirewatch.errors import BrokerError


def test_every_pin_is_complete() -> None:
    jars = pinned_jars()
    assert any(jar.filename == "kafka_2.13-4.3.0.jar" for jar in jars)
    assert any(jar.artifact == "log4j-slf4j-impl" for jar in jars)
    assert all(len(jar.sha256) == 64 for jar in jars)
    assert len({jar.filename for jar in jars}) == len(jars)


def test_an_offline_folder_must_be_complete(tmp_path: Path) -> None:
    with pytest.raises(BrokerError, match=r"lacks lz4-java-1\.10\.2\.jar"):
        resolve_jars(tmp_path)


def test_a_changed_jar_is_refused(tmp_path: Path) -> None:
    for jar in pinned_jars():
        (tmp_path / jar.filename).write_bytes(b"not the jar")
    with pytest.raises(BrokerError, match="sha256"):
        resolve_jars(tmp_path)


def test_no_network_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("M2_REPO", str(tmp_path))
    shutil.rmtree(tmp_path)
    with pytest.raises(BrokerError, match=r"cannot download .*is there a network") as caught:
        resolve_jars(mirror="http://127.0.0.1:9/nothing-listens-here")
    assert "\n" not in str(caught.value)
