"""What holds for every command."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import logging
from typer.testing import CliRunner
from wirewatch.cli.main import app
assert CliRunner().invoke(app, ["version"]).exit_code == 0
logging.getLogger("aiokafka.consumer").error("Failed fetch offsets, trying again")
"""


def test_what_libraries_log_does_not_reach_a_terminal() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout + done.stderr == ""
