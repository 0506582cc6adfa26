from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from wirewatch.streams.asyncapi import document, text
from wirewatch.streams.schemas import RECORDS

DOCS = Path(__file__).parents[3] / "docs"


def test_the_document_in_docs_is_the_present_one() -> None:
    assert (DOCS / "asyncapi.yaml").read_text(encoding="utf-8") == text(), "run: make schemas"


def test_every_reference_leads_somewhere() -> None:
    whole = document()
    references = list(_references(whole))
    assert references
    for reference in references:
        if reference.startswith("#/"):
            spot: Any = whole
            for step in reference[2:].split("/"):
                spot = spot[step]
        else:
            assert (DOCS / reference).is_file(), reference


def test_every_record_is_the_message_of_a_channel() -> None:
    carried = {name for channel in document()["channels"].values() for name in channel["messages"]}
    assert carried == {*RECORDS, "deadletter"}


def test_the_document_survives_yaml() -> None:
    assert yaml.safe_load(text()) == document()


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)
