"""Where settings come from: defaults, a YAML file, ``WIREWATCH_…`` variables, in that order."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import EnvSettingsSource
from pydantic_settings import SettingsError as UnreadableVariableError
from yaml.constructor import SafeConstructor

from wirewatch.config.settings import PREFIX, Settings
from wirewatch.errors import SettingsError
from wirewatch.safety import one_line

FILE_VARIABLE = f"{PREFIX}SETTINGS"
"""The variable that names the settings file."""
DEFAULT_FILE = Path("wirewatch.yaml")
"""Read from the working folder when no file is named and it is there."""
MAX_FILE_BYTES = 1_000_000
MASK = "********"
_PASSWORD_IN_URL = re.compile(r"(://[^/@\s:]*):[^/@\s]*@")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and for each field where its value came from, in words."""

    settings: Settings
    origins: Mapping[str, str]


def load_settings(file: Path | None = None) -> Settings:
    """The effective settings; see :func:`load`."""
    return load(file).settings


def load(file: Path | None = None) -> Loaded:
    """Read settings from ``file`` and the environment, over the defaults.

    Without ``file``, the one that WIREWATCH_SETTINGS names, else ``./wirewatch.yaml`` if it exists.

    Raises:
        SettingsError: a file cannot be read, a key is unknown or a value is not allowed.
    """
    path = _chosen_file(file)
    values: dict[str, Any] = {}
    origins = dict.fromkeys(Settings.model_fields, "default")
    if path is not None:
        for key, (value, line) in read_file(path).items():
            values[key] = value
            origins[key] = f"{path} line {line}"
    refuse_unknown_variables(os.environ)
    for key, value in _variables().items():
        values[key] = value
        origins[key] = PREFIX + key.upper()
    try:
        return Loaded(Settings(**values), origins)
    except ValidationError as error:
        _refuse_value(error, origins)


def _variables() -> dict[str, Any]:
    try:
        return EnvSettingsSource(Settings, env_ignore_empty=True)()
    except UnreadableVariableError as error:
        raise SettingsError(f"environment: {one_line(str(error))}; a list is JSON") from error


def _chosen_file(file: Path | None) -> Path | None:
    named = file or (Path(text) if (text := os.environ.get(FILE_VARIABLE)) else None)
    if named is None:
        return DEFAULT_FILE if DEFAULT_FILE.is_file() else None
    return named


def read_file(path: Path) -> dict[str, tuple[Any, int]]:
    """Each key of a YAML settings file with its value and line.

    Raises:
        SettingsError: unreadable, not YAML, not a mapping, or a key unknown or given twice.
    """
    found: dict[str, tuple[Any, int]] = {}
    for key_node, value_node in _root_pairs(path):
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key not in Settings.model_fields:
            raise SettingsError(_unknown(f"{path} line {line}", key, Settings.model_fields))
        if key in found:
            raise SettingsError(f"{path} line {line}: {key} is already set in line {found[key][1]}")
        found[key] = (_constructed(value_node, f"{path} line {line}: {key}"), line)
    return {key: pair for key, pair in found.items() if pair[0] is not None}


def _constructed(node: yaml.Node, what: str) -> Any:
    """The value of ``node``; YAML takes 2031-13-45 for a date, and then finds that it is none."""
    try:
        return SafeConstructor().construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        raise SettingsError(f"{what}: is no value of YAML; write it in quotes") from error


def _root_pairs(path: Path) -> list[tuple[yaml.Node, yaml.Node]]:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise SettingsError(
                f"{path}: larger than {MAX_FILE_BYTES:,} bytes, not a settings file"
            )
        root = yaml.compose(path.read_text("utf-8"), yaml.SafeLoader)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid YAML: {one_line(str(error))}") from error
    except RecursionError as error:
        raise SettingsError(f"{path}: nested too deeply") from error
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise SettingsError(f"{path}: expected lines of the form 'key: value'")
    return list(root.value)


def refuse_unknown_variables(environ: Iterable[str]) -> None:
    """Raise SettingsError for a ``WIREWATCH_…`` variable that sets nothing."""
    known = {PREFIX + name.upper(): name for name in Settings.model_fields}
    for variable in sorted(environ):
        given = variable.upper()
        if given.startswith(PREFIX) and given not in known and given != FILE_VARIABLE:
            raise SettingsError(_unknown("environment", variable, [*known, FILE_VARIABLE]))


def _unknown(place: str, key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else "'wirewatch config' lists all"
    return f"{place}: unknown setting {one_line(key, 80)}; {hint}"


def _refuse_value(error: ValidationError, origins: Mapping[str, str]) -> NoReturn:
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    key = str(first["loc"][0]) if first["loc"] else ""
    field = Settings.model_fields.get(key)
    secret = field is not None and is_secret(field)
    shown = MASK if secret else one_line(_masked(repr(first["input"])), 80)
    message = f"{origins.get(key, 'settings')}: {where or 'settings'} = {shown} is refused: "
    raise SettingsError(message + first["msg"]) from None


def is_secret(field: FieldInfo) -> bool:
    """Whether a field holds a secret, whose value is never shown."""
    return "Secret" in str(field.annotation)


def _masked(text: str) -> str:
    return _PASSWORD_IN_URL.sub(rf"\1:{MASK}@", text)


def shown_value(settings: Settings, name: str) -> str | int | float | bool | list[str] | None:
    """A field's value as a person or a program may see it: secrets masked, paths as text."""
    value = getattr(settings, name)
    if value is not None and is_secret(Settings.model_fields[name]):
        return MASK
    if value is None or isinstance(value, (int, float, bool)):
        return value
    if isinstance(value, (tuple, list, frozenset, set)):
        return [_masked(str(part)) for part in value]
    return _masked(str(value))
