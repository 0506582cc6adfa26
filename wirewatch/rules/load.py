"""Rules from YAML: every field checked, every complaint with file, line, key and allowed words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import msgspec

from wirewatch import yamlfile
from wirewatch.errors import RuleError
from wirewatch.identity import stable_id
from wirewatch.model import ClaimKind, EventType, Severity, Status
from wirewatch.rules.expression import Expression
from wirewatch.rules.rule import Bound, Grade, Party, Rule, RuleSet, Threshold
from wirewatch.rules.sense import nonsense
from wirewatch.yamlfile import Value

MOST_RULES = 1000
NAME = re.compile(r"[a-z][a-z0-9-]{0,48}")
_ROLE = re.compile(r"[A-Z]{3}")


class _Regions(msgspec.Struct, frozen=True):
    countries: frozenset[str]
    regions: dict[str, frozenset[str]]


def load(path: Path) -> RuleSet:
    """The rules of a YAML file of at most 1 MB. Raises RuleError with file, line and key."""
    return read(yamlfile.read_text(path, RuleError), str(path))


def read(text: str, source: str) -> RuleSet:
    """The rules of a YAML text; ``source`` names it in errors."""
    document = yamlfile.parse(text, source, RuleError)
    top = yamlfile.mapping(document, {"rules"})
    listed = yamlfile.items(top["rules"]) if "rules" in top else []
    if not listed:
        raise document.at.error("no rules: a list named rules is wanted")
    if len(listed) > MOST_RULES:
        raise document.at.error(f"more than {MOST_RULES} rules")
    rules = tuple(_rule(value) for value in listed)
    seen: dict[str, int] = {}
    for rule, value in zip(rules, listed, strict=True):
        if rule.name in seen:
            raise value.at.error(f"a rule named {rule.name} stands in line {seen[rule.name]}")
        seen[rule.name] = rule.line
    return RuleSet(version=stable_id("rules", text)[:12], rules=rules, text=text, source=source)


def _rule(value: Value) -> Rule:
    given = yamlfile.mapping(value, set(_FIELDS))
    for needed in ("name", "description"):
        if needed not in given:
            raise value.at.error(f"{needed} is missing")
    fields = {_FIELDS[key][0]: _FIELDS[key][1](part) for key, part in given.items()
              if key != "regions"}  # fmt: skip
    if "regions" in given:
        inside = _regions(given["regions"])
        fields["countries"] = fields.get("countries", frozenset()) | inside
    rule = Rule(**fields, line=value.at.line)
    for key, problem in nonsense(rule):
        at = given[key].at if key in given else value.at
        raise at.error(f"{problem}, so {rule.name} can never match")
    return rule


def _words(kind: Any) -> Callable[[Value], tuple[Any, ...]]:
    return lambda value: tuple(
        yamlfile.word(item, get_args(kind)) for item in yamlfile.items(value)
    )


def _name(value: Value) -> str:
    name = yamlfile.words(value)
    if not NAME.fullmatch(name):
        raise value.at.error("lower-case letters, digits and hyphens are wanted (topics bear it)")
    return name


def _toll(value: Value) -> tuple[Threshold, ...]:
    found = []
    for kind, bounds in yamlfile.mapping(value, get_args(ClaimKind)).items():
        for bound, number in yamlfile.mapping(bounds, get_args(Bound)).items():
            found.append(msgspec.convert((kind, bound, yamlfile.number(number)), Threshold))
    return tuple(found)


def _countries(value: Value) -> frozenset[str]:
    known = _known().countries
    for item in yamlfile.items(value):
        if item.content not in known:
            raise item.at.error(f'{item.content} is not an ISO 3166 two-letter code (quote "NO")')
    return frozenset(str(item.content) for item in yamlfile.items(value))


def _regions(value: Value) -> frozenset[str]:
    regions = _known().regions
    names = [
        yamlfile.word(Value(item.at, str(item.content).lower()), regions)
        for item in yamlfile.items(value)
    ]
    return frozenset().union(*(regions[name] for name in names))


@cache
def _known() -> _Regions:
    data = (files("wirewatch.rules") / "regions.json").read_bytes()
    return msgspec.json.decode(data, type=_Regions)


def _parties(value: Value) -> tuple[Party, ...]:
    found = []
    for item in yamlfile.items(value):
        if isinstance(item.content, str):
            found.append(Party(name=yamlfile.words(item)))
            continue
        parts = yamlfile.mapping(item, {"name", "country", "role"})
        role = yamlfile.words(parts["role"]) if "role" in parts else None
        if role and not _ROLE.fullmatch(role):
            raise parts["role"].at.error("a CAMEO role of three letters is wanted, such as MIL")
        country = next(iter(_countries(parts["country"]))) if "country" in parts else None
        name = yamlfile.words(parts["name"]) if "name" in parts else None
        found.append(Party(name=name, country=country, role=role))
    return tuple(found)


def _severity(value: Value) -> tuple[Grade, ...]:
    words = get_args(Severity)
    if isinstance(value.content, str):
        return (Grade(0, yamlfile.word(value, words)),)
    given = yamlfile.mapping(value, words)
    grades = [Grade(yamlfile.number(given[word]), word) for word in words if word in given]
    return tuple(sorted(grades, key=lambda grade: grade.at_least))


def _numbers(value: Value) -> tuple[int, ...]:
    return tuple(yamlfile.number(item) for item in yamlfile.items(value))


def _expression(value: Value) -> Expression:
    try:
        return Expression(yamlfile.words(value))
    except RuleError as error:
        raise value.at.error(str(error).removeprefix("when: ")) from error


_FIELDS: dict[str, tuple[str, Callable[[Value], Any]]] = {
    "name": ("name", _name),
    "description": ("description", yamlfile.words),
    "types": ("types", _words(EventType)),
    "toll": ("toll", _toll),
    "countries": ("countries", _countries),
    "regions": ("countries", _regions),
    "actors": ("actors", _parties),
    "status": ("status", _words(Status)),
    "confirmed": ("confirmed", yamlfile.boolean),
    "publishers": ("publishers", yamlfile.number),
    "severity": ("severity", _severity),
    "steps": ("steps", _numbers),
    "quiet": ("quiet", yamlfile.duration),
    "when": ("when", _expression),
}
