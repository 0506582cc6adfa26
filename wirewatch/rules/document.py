"""Reads YAML so that every complaint can name file, line and key; refuses what could blow up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from wirewatch.errors import RuleError

LARGEST = 1_000_000
"""Bytes. A thousand rules are a tenth of this."""
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file something stands."""

    source: str
    line: int
    key: str = ""

    def error(self, message: str) -> RuleError:
        """The complaint, with its place in front."""
        key = f" {self.key}:" if self.key else ""
        return RuleError(f"{self.source}, line {self.line}:{key} {message}")


@dataclass(frozen=True, slots=True)
class Value:
    """A YAML value and its place: a text, a list or a mapping."""

    at: Place
    content: str | list[Value] | dict[str, Value] | None
    quoted: bool = False


def read_text(path: Path) -> str:
    """The file's text; RuleError when it is missing, too large or not UTF-8."""
    try:
        if path.stat().st_size > LARGEST:
            raise RuleError(f"{path}: larger than {LARGEST:,} bytes, so it is not read")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise RuleError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: not UTF-8 (byte {error.start})") from error


def parse(text: str, source: str) -> Value:
    """The document in ``text``; anchors, aliases, tags and double keys are refused."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise RuleError(f"{source}: larger than {LARGEST:,} bytes, so it is not read")
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                line = token.start_mark.line + 1
                raise Place(source, line).error("anchors, aliases and tags are not allowed")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not YAML"
        raise Place(source, mark.line + 1 if mark else 1).error(f"not YAML: {problem}") from error
    except RecursionError as error:
        raise Place(source, 1).error("nested too deeply") from error
    if node is None:
        raise Place(source, 1).error("the file is empty")
    return _value(node, source, "", 0)


def _value(node: yaml.Node, source: str, key: str, depth: int) -> Value:
    at = Place(source, node.start_mark.line + 1, key)
    if depth > DEEPEST:
        raise at.error("nested too deeply")
    if isinstance(node, yaml.MappingNode):
        return Value(at, _mapping(node, source, key, depth))
    if isinstance(node, yaml.SequenceNode):
        return Value(at, [_value(item, source, key, depth + 1) for item in node.value])
    assert isinstance(node, yaml.ScalarNode)
    null = node.tag == "tag:yaml.org,2002:null"
    return Value(at, None if null else str(node.value), quoted=bool(node.style))


def _mapping(node: yaml.MappingNode, source: str, key: str, depth: int) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in node.value:
        at = Place(source, name.start_mark.line + 1, key)
        if not isinstance(name, yaml.ScalarNode):
            raise at.error("a key must be a word")
        if name.value in found:
            raise at.error(f"{name.value} is given twice")
        inner = _value(value, source, f"{key}.{name.value}".lstrip("."), depth + 1)
        found[name.value] = Value(Place(source, at.line, inner.at.key), inner.content, inner.quoted)
    return found
