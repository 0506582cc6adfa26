"""docs/settings.md, generated from the docstrings of the settings."""

from __future__ import annotations

import re
import typing
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from pydantic.fields import FieldInfo

from wirewatch.config.settings import PREFIX, Settings
from wirewatch.config.sources import is_secret

HEAD = f"""# Settings

Generated from `config/settings.py` (`wirewatch config --reference`); a test compares the two.

Each setting is taken from, weakest first: its default, a YAML file (`--settings FILE`, else the
file that `{PREFIX}SETTINGS` names, else `wirewatch.yaml` in the working folder), and the variable
`{PREFIX}…` of the same name in capitals. `wirewatch config` prints what is in effect and where it
came from. An unknown key, an unknown `{PREFIX}…` variable and a value that is not allowed stop
wirewatch at start with one line that names them. An empty variable counts as not set.

| setting | allowed | default | meaning |
|---|---|---|---|
"""


def reference() -> str:
    """The page as Markdown."""
    return HEAD + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    meaning = " ".join((field.description or "").split()).replace("``", "`")
    cells = (f"`{name}`", _allowed(field), _default(field), meaning)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _allowed(field: FieldInfo) -> str:
    if is_secret(field):
        return "text, never printed"
    return _type_words(field.annotation) + _bounds(field)


def _type_words(annotation: Any) -> str:
    words = {str: "text", int: "integer", float: "number", bool: "true, false", Path: "file"}
    if annotation in words:
        return words[annotation]
    arguments = [part for part in typing.get_args(annotation) if part not in {type(None), ...}]
    if typing.get_origin(annotation) is typing.Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if typing.get_origin(annotation) in {tuple, list, frozenset, set}:
        return "list of " + _type_words(arguments[0])
    return ", ".join(_type_words(part) for part in arguments)


def _bounds(field: FieldInfo) -> str:
    parts = []
    for rule in field.metadata:
        for attribute, sign in (("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<")):
            if (bound := getattr(rule, attribute, None)) is not None:
                parts.append(f" {sign} {bound}")
        if pattern := getattr(rule, "pattern", None):
            parts.append(f" matching `{pattern}`")
    return "".join(parts)


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None:
        return "unset"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = text.replace(str(user_data_path("wirewatch")), "the user's data folder")
    return f"`{text}`" if text and re.match(r"^\S+$", text) else text or "empty"
