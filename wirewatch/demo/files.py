"""The files that the demo's worker runs with: feeds of the invented outlets, and the rules."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import yaml

from wirewatch.demo.server import FeedServer
from wirewatch.rules import RuleSet, load

_QUIET = re.compile(r"^(\s+quiet:).*$", re.MULTILINE)


def write_feeds(path: Path, server: FeedServer) -> None:
    """A feeds file of all outlets, each looked at every second."""
    feeds = [
        {"url": server.url(key), "name": outlet.name, "publisher": outlet.publisher}
        for key, outlet in server.day.outlets.items()
    ]
    defaults = {"interval": "1s", "max_interval": "1s", "first_sight": "3d", "language": "en"}
    path.write_text(yaml.safe_dump({"defaults": defaults, "feeds": feeds}), "utf-8")


def write_rules(path: Path) -> RuleSet:
    """The rules that ship, without their quiet times: a day of the demo lasts half a minute."""
    shipped = resources.files("wirewatch.config").joinpath("rules.yaml").read_text("utf-8")
    path.write_text(_QUIET.sub(r"\1 0s", shipped), "utf-8")
    return load(path)
