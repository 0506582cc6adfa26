"""The packages listed in pyproject.toml are those on disk: a missing one would not ship."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAPPED = {
    "streams": "wirewatch.streams",
    "agents": "wirewatch.agents",
    "config": "wirewatch.config",
}


def packages_on_disk() -> set[str]:
    found = set()
    for top in ("wirewatch", *MAPPED):
        for init in (ROOT / top).rglob("__init__.py"):
            parts = init.parent.relative_to(ROOT).parts
            found.add(".".join((MAPPED.get(parts[0], parts[0]), *parts[1:])))
    return found


def test_packages_listed_are_those_on_disk() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    assert set(listed) == packages_on_disk()


def test_packages_are_listed_once_and_sorted() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    assert listed == sorted(set(listed))
