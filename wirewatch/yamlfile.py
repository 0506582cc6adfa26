"""Reads YAML so that every complaint can name file, line and key; refuses what could blow up.

Rules and delivery targets are read with it; each says which error its complaints are.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from wirewatch.errors import WirewatchError

LARGEST = 1_000_000
"""Bytes. A thousand rules are a tenth of this."""
DEEPEST = 12
_DURATION = re.compile(r"(\d{1,6})\s*(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}

Fault = type[WirewatchError]
"""The error that a complaint about a file is."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file something stands."""

    source: str
    line: int
    fault: Fault
    key: str = ""

    def error(self, message: str) -> WirewatchError:
        """The complaint, with its place in front."""
        key = f" {self.key}:" if self.key else ""
        return self.fault(f"{self.source}, line {self.line}:{key} {message}")


@dataclass(frozen=True, slots=True)
class Value:
    """A YAML value and its place: a text, a list or a mapping."""

    at: Place
    content: str | list[Value] | dict[str, Value] | None
    quoted: bool = False


def read_text(path: Path, fault: Fault) -> str:
    """The file's text; ``fault`` when it is missing, too large or not UTF-8."""
    try:
        if path.stat().st_size > LARGEST:
            raise fault(f"{path}: larger than {LARGEST:,} bytes, so it is not read")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise fault(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise fault(f"{path}: not UTF-8 (byte {error.start})") from error


def parse(text: str, source: str, fault: Fault) -> Value:
    """The document in ``text``; anchors, aliases, tags and double keys are refused.

    Raises ``fault``, with ``source`` and the line.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise fault(f"{source}: larger than {LARGEST:,} bytes, so it is not read")
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                line = token.start_mark.line + 1
                raise Place(source, line, fault).error("anchors, aliases and tags are not allowed")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not YAML"
        raise Place(source, mark.line + 1 if mark else 1, fault).error(
            f"not YAML: {problem}"
        ) from error
    except RecursionError as error:
        raise Place(source, 1, fault).error("nested too deeply") from error
    if node is None:
        raise Place(source, 1, fault).error("the file is empty")
    return _value(node, Place(source, 1, fault), 0)


def _value(node: yaml.Node, above: Place, depth: int) -> Value:
    at = Place(above.source, node.start_mark.line + 1, above.fault, above.key)
    if depth > DEEPEST:
        raise at.error("nested too deeply")
    if isinstance(node, yaml.MappingNode):
        return Value(at, _mapping(node, at, depth))
    if isinstance(node, yaml.SequenceNode):
        return Value(at, [_value(item, at, depth + 1) for item in node.value])
    assert isinstance(node, yaml.ScalarNode)
    null = node.tag == "tag:yaml.org,2002:null"
    return Value(at, None if null else str(node.value), quoted=bool(node.style))


def _mapping(node: yaml.MappingNode, above: Place, depth: int) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in node.value:
        at = replace(above, line=name.start_mark.line + 1)
        if not isinstance(name, yaml.ScalarNode):
            raise at.error("a key must be a word")
        if name.value in found:
            raise at.error(f"{name.value} is given twice")
        at = replace(at, key=f"{above.key}.{name.value}".lstrip("."))
        inner = _value(value, at, depth + 1)
        found[name.value] = Value(at, inner.content, inner.quoted)
    return found


# ---------------------------------------------------------------------- what a value may be
def mapping(value: Value, allowed: Collection[str]) -> dict[str, Value]:
    """The parts of a mapping whose keys are all ``allowed``."""
    if not isinstance(value.content, dict):
        raise value.at.error(f"a mapping is wanted, with keys {names(allowed)}")
    for key, part in value.content.items():
        if key not in allowed:
            raise part.at.error(f"this key is not known; known are {names(allowed)}")
    return value.content


def names(words: Collection[str]) -> str:
    """Words as a complaint lists them."""
    return ", ".join(sorted(words))


def items(value: Value) -> list[Value]:
    """The items of a list; a single value is a list of one."""
    if isinstance(value.content, list):
        if not value.content:
            raise value.at.error("the list is empty; leave the key out for any")
        return value.content
    return [value]


def words(value: Value) -> str:
    """A text that says something, on one line."""
    if not isinstance(value.content, str) or not value.content.strip():
        raise value.at.error("words are wanted")
    return " ".join(value.content.split())


def number(value: Value) -> int:
    """A whole number of at most ten digits."""
    text = value.content.replace("_", "") if isinstance(value.content, str) else ""
    if not text.isascii() or not text.isdigit() or len(text) > 10 or value.quoted:
        raise value.at.error("a whole number is wanted, 0 or more")
    return int(text)


def word(value: Value, allowed: Collection[str]) -> Any:
    """One of the words that are allowed."""
    if not isinstance(value.content, str) or value.content not in allowed:
        said = value.content if isinstance(value.content, str) else "this"
        raise value.at.error(f"{said[:40]} is not known; known are {names(allowed)}")
    return value.content


def boolean(value: Value) -> bool:
    """``true`` or ``false``."""
    return bool(word(value, ("true", "false")) == "true")


def duration(value: Value) -> timedelta:
    """A time such as ``15m``."""
    match = _DURATION.fullmatch(words(value))
    if not match:
        raise value.at.error("a time is wanted, such as 30s, 15m, 6h or 2d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
