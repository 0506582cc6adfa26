"""Targets from YAML: every field checked, every complaint with file, line, key, allowed words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from yarl import URL

from wirewatch import yamlfile
from wirewatch.delivery.secret import Secret
from wirewatch.delivery.target import Rate, Target
from wirewatch.errors import SettingsError
from wirewatch.model import Severity
from wirewatch.yamlfile import Value

MOST_TARGETS = 100
NAME = re.compile(r"[a-z][a-z0-9-]{0,48}")
RULE = NAME
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,100}")
_OURS = "WIREWATCH_"
_RATE = re.compile(r"(\d{1,5})\s*/\s*(s|m|h)")
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0}
_KINDS = ("webhook", "apprise")
_ONLY_WEBHOOK = ("secret", "allow_private")


def load(path: Path) -> tuple[Target, ...]:
    """The targets of a YAML file of at most 1 MB; no secret is read yet.

    Raises SettingsError with file, line and key.
    """
    return read(yamlfile.read_text(path, SettingsError), str(path))


def shipped() -> tuple[Target, ...]:
    """The targets of the file that ships with wirewatch: examples, none of them enabled."""
    text = files("wirewatch.config").joinpath("deliver.yaml").read_text(encoding="utf-8")
    return read(text, "deliver.yaml")


def read(text: str, source: str) -> tuple[Target, ...]:
    """The targets of a YAML text; ``source`` names it in errors."""
    document = yamlfile.parse(text, source, SettingsError)
    top = yamlfile.mapping(document, {"targets"})
    if "targets" not in top:
        raise document.at.error("no targets: a list named targets is wanted")
    listed = [] if top["targets"].content in (None, []) else yamlfile.items(top["targets"])
    if len(listed) > MOST_TARGETS:
        raise document.at.error(f"more than {MOST_TARGETS} targets")
    lines: dict[str, int] = {}
    found = []
    for value in listed:
        target = _target(value)
        if target.name in lines:
            raise value.at.error(
                f"a target named {target.name} stands in line {lines[target.name]}"
            )
        lines[target.name] = value.at.line
        found.append(target)
    return tuple(found)


def _target(value: Value) -> Target:
    given = yamlfile.mapping(value, {"name", *_KINDS, "secret", *_FIELDS})
    if "name" not in given:
        raise value.at.error("name is missing")
    kind = _kind(value, given)
    fields = {key: _FIELDS[key](part) for key, part in given.items() if key in _FIELDS}
    if kind == "webhook":
        fields["address"] = _webhook(given[kind])
        fields["key"] = _key(value, given)
    else:
        fields["address"] = _secret("apprise's addresses hold passwords and tokens", given[kind])
    return Target(name=_name(given["name"]), kind=kind, **fields)


def _kind(value: Value, given: dict[str, Value]) -> Literal["webhook", "apprise"]:
    kinds = [kind for kind in _KINDS if kind in given]
    if len(kinds) != 1:
        raise value.at.error("one of webhook, apprise is wanted: where alerts go")
    if kinds[0] == "webhook":
        return "webhook"
    for key in _ONLY_WEBHOOK:
        if key in given:
            raise given[key].at.error("this key is for webhooks only")
    return "apprise"


def _name(value: Value) -> str:
    name = yamlfile.words(value)
    if not NAME.fullmatch(name):
        raise value.at.error(
            "lower-case letters, digits and hyphens are wanted (a consumer group bears it)"
        )
    return name


def _webhook(value: Value) -> Secret:
    """A webhook's address: as it is, or where it stands if its path is a secret."""
    if isinstance(value.content, dict):
        return _secret("", value)
    address = yamlfile.words(value)
    if problem := url_problem(address):
        raise value.at.error(problem)
    return Secret(at=value.at, plain=address)


def url_problem(address: str) -> str:
    """What is wrong with a webhook's address; empty if nothing. It is not quoted."""
    try:
        url = URL(address)
        good = url.scheme in {"http", "https"} and bool(url.host) and bool(url.port)
    except ValueError:
        good = False
    if not good:
        return "an address of http or https is wanted"
    if url.user or url.password:
        return "no user and password in the address: requests are signed"
    return ""


def _key(value: Value, given: dict[str, Value]) -> Secret:
    if "secret" not in given:
        raise value.at.error("secret is missing: what requests to a webhook are signed with")
    return _secret("a secret does not stand in this file", given["secret"])


def _secret(why: str, value: Value) -> Secret:
    """A reference to a secret. What stands there instead of one is never shown."""
    if not isinstance(value.content, dict):
        raise value.at.error(f"{why}: give {{variable: NAME}} or {{file: PATH}}")
    parts = yamlfile.mapping(value, {"variable", "file"})
    if len(parts) != 1:
        raise value.at.error("one of variable, file is wanted")
    if "file" in parts:
        return Secret(at=value.at, file=Path(yamlfile.words(parts["file"])))
    variable = parts["variable"]
    name = yamlfile.words(variable)
    if not _VARIABLE.fullmatch(name):
        raise variable.at.error("the name of a variable is wanted: letters, digits, underscores")
    if name.upper().startswith(_OURS):
        raise variable.at.error(f"names that begin with {_OURS} are for settings: take another")
    return Secret(at=value.at, variable=name)


def _rules(value: Value) -> frozenset[str]:
    for item in yamlfile.items(value):
        if not RULE.fullmatch(yamlfile.words(item)):
            raise item.at.error("the name of a rule is wanted: lower-case letters, digits, hyphens")
    return frozenset(yamlfile.words(item) for item in yamlfile.items(value))


def _severities(value: Value) -> frozenset[str]:
    allowed = get_args(Severity)
    return frozenset(yamlfile.word(item, allowed) for item in yamlfile.items(value))


def _rate(value: Value) -> Rate:
    match = _RATE.fullmatch(yamlfile.words(value))
    if not match or not int(match[1]):
        raise value.at.error("requests in a time are wanted, such as 1/s, 30/m or 500/h")
    return Rate(int(match[1]), _SECONDS[match[2]])


def _time(least: timedelta, most: timedelta, value: Value) -> timedelta:
    found = yamlfile.duration(value)
    if not least <= found <= most:
        raise value.at.error(f"a time from {_words(least)} to {_words(most)} is wanted")
    return found


def _words(time: timedelta) -> str:
    seconds = int(time.total_seconds())
    return f"{seconds // 86400}d" if seconds >= 86400 else f"{seconds}s"


_FIELDS: dict[str, Callable[[Value], Any]] = {
    "enabled": yamlfile.boolean,
    "rules": _rules,
    "severities": _severities,
    "rate": _rate,
    "allow_private": yamlfile.boolean,
    "timeout": partial(_time, timedelta(seconds=1), timedelta(seconds=60)),
    "give_up_after": partial(_time, timedelta(seconds=1), timedelta(days=7)),
}
