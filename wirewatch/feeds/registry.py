"""``feeds.yaml``: read with errors that name file, line, key and what is allowed; written back."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from wirewatch.errors import SettingsError
from wirewatch.feeds import urls
from wirewatch.feeds.feed import FIRST_SIGHT, INTERVAL, MAX_INTERVAL, Feed
from wirewatch.safety import one_line

_DURATION = re.compile(r"^(\d{1,6}(?:\.\d{1,3})?)\s*([smhd]?)$")
_UNITS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_PASSWORD = re.compile(r"//[^/@\s]*:[^/@\s]*@")
_LANGUAGE = re.compile(r"^[a-z]{2,3}$")
_BOUNDS = {
    "interval": (1.0, 86_400.0, "1s to 1d"),
    "max_interval": (1.0, 86_400.0, "1s to 1d"),
    "first_sight": (0.0, 36_500 * 86_400.0, "0s to 36500d"),
}
"""Seconds."""
_MAX_FILE = 10_000_000
_TEXTS = ("name", "publisher", "owner", "language")
_FLAGS = ("fulltext", "enabled")
_TIMES = ("interval", "max_interval", "first_sight")
_KEYS = ("url", *_TEXTS, *_TIMES, "tags", *_FLAGS)
_DEFAULTS = ("language", *_TIMES, "tags", *_FLAGS)


def load(path: Path | None = None) -> tuple[Feed, ...]:
    """The feeds of ``path``, or of the list that ships with wirewatch.

    SettingsError names file, line, key and what is allowed. Blocks while the file is read.
    """
    if path is None:
        shipped = resources.files("wirewatch.config").joinpath("feeds.yaml")
        return parse(shipped.read_text(encoding="utf-8"), "feeds.yaml (shipped)")
    try:
        if path.stat().st_size > _MAX_FILE:
            raise SettingsError(f"{path}: larger than {_MAX_FILE} bytes")
        source = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not UTF-8") from error
    return parse(source, str(path))


def parse(source: str, name: str) -> tuple[Feed, ...]:
    """The feeds that the YAML text ``source`` lists; ``name`` stands in errors for the file."""
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        problem = one_line(str(getattr(error, "problem", None) or "it cannot be read"))
        raise SettingsError(f"{name}{_where(error)}: is not YAML: {problem}") from error
    except RecursionError as error:
        raise SettingsError(f"{name}: nested too deeply") from error
    if root is None:
        return ()
    document = _Block(root, name, "the file")
    fields = document.fields(("defaults", "feeds"))
    defaults: dict[str, Any] = {}
    if "defaults" in fields:
        defaults = _values(fields["defaults"], _DEFAULTS)
    feeds = (
        [_feed(block, defaults) for block in fields["feeds"].items()] if "feeds" in fields else []
    )
    _once(feeds)
    return tuple(feed for feed, _ in feeds)


def dump(feeds: Iterable[Feed]) -> str:
    """``feeds`` as YAML that ``parse`` reads back; what is as by default is left out."""
    records = [_record(feed) for feed in feeds]
    return yaml.safe_dump({"feeds": records}, allow_unicode=True, sort_keys=False, width=100)


class _Block:
    """A YAML node with what an error message about it needs."""

    def __init__(self, node: yaml.Node, file: str, what: str) -> None:
        self.node = node
        self.file = file
        self.what = what

    def error(self, message: str) -> SettingsError:
        line = self.node.start_mark.line + 1
        return SettingsError(f"{self.file}, line {line}: {self.what} {message}")

    def fields(self, allowed: tuple[str, ...]) -> dict[str, _Block]:
        """The values of a mapping by key."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error(f"must be a mapping of {', '.join(allowed)}")
        found: dict[str, _Block] = {}
        for key_node, value in self.node.value:
            key = _Block(key_node, self.file, f"key {str(key_node.value)[:60]!r}")
            if key_node.value not in allowed:
                raise key.error(f"is not known{_hint(str(key_node.value), allowed)}")
            if key_node.value in found:
                raise key.error("stands twice")
            found[key_node.value] = _Block(value, self.file, key_node.value)
        return found

    def items(self) -> list[_Block]:
        """The members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error("must be a list")
        return [_Block(item, self.file, self.what) for item in self.node.value]

    def text(self) -> str:
        """A scalar as text, as it stands in the file."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            raise self.error("must be text, and not empty")
        return str(self.node.value).strip()

    def flag(self) -> bool:
        value = self.text().lower()
        if value not in {"true", "false", "yes", "no", "on", "off"}:
            raise self.error(f"is {value!r}; allowed are true and false")
        return value in {"true", "yes", "on"}

    def seconds(self) -> float:
        """A duration within the bounds of its key."""
        least, most, allowed = _BOUNDS[self.what]
        match = _DURATION.match(self.text())
        seconds = float(match[1]) * _UNITS[match[2]] if match else -1.0
        if not least <= seconds <= most:
            raise self.error(f"is {self.text()[:40]!r}; allowed are {allowed}, as 90s, 5m or 1h")
        return seconds


def _feed(block: _Block, defaults: dict[str, Any]) -> tuple[Feed, _Block]:
    block.what = "feed"
    values = defaults | _values(block, _KEYS)
    if "url" not in values:
        raise block.error("has no url")
    values.setdefault("name", urls.registrable_domain(values["url"]))
    values.setdefault("interval", INTERVAL)
    values.setdefault("max_interval", max(MAX_INTERVAL, values["interval"]))
    if values["max_interval"] < values["interval"]:
        raise block.error("has a max_interval below its interval")
    return Feed(**values), block


def _values(block: _Block, allowed: tuple[str, ...]) -> dict[str, Any]:
    return {key: _value(key, value) for key, value in block.fields(allowed).items()}


def _value(key: str, value: _Block) -> Any:
    if key in _FLAGS:
        return value.flag()
    if key in _TIMES:
        return value.seconds()
    if key == "tags":
        return tuple(dict.fromkeys(item.text() for item in value.items()))
    text = value.text()
    if key == "language" and not _LANGUAGE.match(text):
        raise value.error(f"is {text[:40]!r}; allowed are ISO 639 codes such as en")
    fault = urls.feed_fault(text) if key == "url" else None
    if fault:
        raise value.error(f"is {_without_password(text)[:100]!r}; {fault}")
    return text


def _once(feeds: list[tuple[Feed, _Block]]) -> None:
    lines: dict[str, int] = {}
    for feed, block in feeds:
        line = block.node.start_mark.line + 1
        parts = urlsplit(feed.url)
        same = parts._replace(netloc=parts.netloc.lower()).geturl()
        if same in lines:
            raise block.error(f"{feed.url} is listed before, in line {lines[same]}")
        lines[same] = line


def _without_password(url: str) -> str:
    return _PASSWORD.sub("//...@", url)


def _record(feed: Feed) -> dict[str, Any]:
    record: dict[str, Any] = {"url": feed.url, "name": feed.name}
    for key in ("publisher", "owner", "language"):
        if getattr(feed, key):
            record[key] = getattr(feed, key)
    if feed.interval != INTERVAL:
        record["interval"] = _duration(feed.interval)
    if feed.max_interval != max(MAX_INTERVAL, feed.interval):
        record["max_interval"] = _duration(feed.max_interval)
    if feed.first_sight != FIRST_SIGHT:
        record["first_sight"] = _duration(feed.first_sight)
    if feed.tags:
        record["tags"] = list(feed.tags)
    if feed.fulltext:
        record["fulltext"] = True
    if not feed.enabled:
        record["enabled"] = False
    return record


def _duration(seconds: float) -> str:
    for unit in ("d", "h", "m"):
        if seconds % _UNITS[unit] == 0:
            return f"{seconds / _UNITS[unit]:g}{unit}"
    return f"{seconds:g}s"


def _hint(key: str, allowed: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(key, allowed, 1)
    meant = f"; did you mean {close[0]!r}?" if close else ";"
    return f"{meant} allowed are {', '.join(allowed)}"


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark else ""
