"""No key stands twice in our YAML: the reader would take the second and lose the first silently."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import wirewatch

FILES = [
    *Path(__file__).parent.rglob("*.yaml"),
    *Path(wirewatch.__file__).parent.rglob("*.yaml"),
]


def twice(node: yaml.Node | None) -> Iterator[str]:
    """Keys that a mapping below ``node`` holds a second time, with their lines."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield f"line {key.start_mark.line + 1}: {key.value}"
            seen.add(key.value)
            yield from twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from twice(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_key_stands_twice(path: Path) -> None:
    for document in yaml.compose_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
        assert list(twice(document)) == []


def test_one_that_does_is_found() -> None:
    document = yaml.compose("a: [{b: 1, c: 2,\n  b: 3}]", yaml.CSafeLoader)
    assert list(twice(document)) == ["line 2: b"]
