"""JSON Schemas of all records: ``python -m wirewatch.streams.schemas docs/schemas`` writes them."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from wirewatch.model import Alert, Article, Event, Incident
from wirewatch.streams.records import Polled

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
RECORDS: Mapping[str, type] = {
    "article": Article,
    "event": Event,
    "incident": Incident,
    "alert": Alert,
    "poll": Polled,
}
"""Each kind of record by the name its CloudEvents attributes give it."""


def schemas() -> dict[str, str]:
    """Text of each file of ``docs/schemas``, by its name."""
    return {f"{name}.json": _schema(name, kind) for name, kind in RECORDS.items()}


def _schema(name: str, kind: type) -> str:
    (reference,), parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    whole = {"$schema": _DIALECT, "$id": f"urn:wirewatch:schema:{name}:1", **reference}
    return json.dumps({**whole, "$defs": parts}, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> None:
    """Write the schemas into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
