"""``wirewatch demo``: the whole service on a real Kafka, and nothing left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import psutil
import pytest

from wirewatch.demo.outcome import differences
from wirewatch.demo.run import yesterday
from wirewatch.model import Alert

pytestmark = [pytest.mark.kafka, pytest.mark.slow, pytest.mark.timeout(900)]
COMMAND = [sys.executable, "-m", "wirewatch", "demo"]


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """Our variables without settings, and with a folder for temporary files that we can search."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
    return {**kept, "TMPDIR": str(tmp_path)}


def left_over(folder: Path) -> list[str]:
    """Files in ``folder``, and processes that work in it or name it."""
    found = [str(path) for path in folder.glob("wirewatch-*")]
    for process in psutil.process_iter():
        try:
            words = [process.cwd(), *process.cmdline()]
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(str(folder) in word for word in words):
            found.append(f"process {process.pid}: {' '.join(words)[:200]}")
    return found


def test_the_day_goes_through_the_running_service(
    variables: dict[str, str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [*COMMAND, "--json"], env=variables, capture_output=True, text=True, check=False
    )
    alerts = [msgspec.json.decode(line, type=Alert) for line in done.stdout.splitlines()]
    assert differences(yesterday(), alerts) == [], done.stderr
    assert done.returncode == 0
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_stopping_it_midway_leaves_nothing(
    variables: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    with subprocess.Popen(COMMAND, env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "Quetta" in line:
                break
        process.send_signal(number)
        rest = process.stdout.read()
        assert process.wait() == 130
    assert "stopped; nothing is left running" in rest
    assert left_over(tmp_path) == []
