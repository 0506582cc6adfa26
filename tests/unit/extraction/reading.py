"""Helpers of the reader's tests: an article from a few words, cases from YAML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from spacy.language import Language

from wirewatch.extraction import load, read
from wirewatch.extraction.tokenizer import adapt
from wirewatch.model import Article, Claim, Event, Previous

CASES = Path(__file__).parent / "cases"
DAY = datetime(2018, 12, 26, 12, tzinfo=UTC)


@cache
def reader() -> Language:
    """The rules alone: what a case says does not hang on the weights of the day."""
    return load(base=adapt(spacy.blank("en")))


def article(text: str, title: str = "", **fields: Any) -> Article:
    values: dict[str, Any] = {
        "id": "a1", "revision": 1, "feed": "wire", "publisher": "example.org", "url": None,
        "fetched_at": DAY, "published": DAY, **fields,
    }  # fmt: skip
    return Article(title=title, text=text, **values)


def revised(text: str, former: str) -> Article:
    return article(text, revision=2, previous=Previous(title="", text=former))


def events(text: str, title: str = "", **fields: Any) -> tuple[Event, ...]:
    return read(article(text, title, **fields), reader())


def cases(name: str) -> Any:
    return yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))


def listed(name: str) -> Iterator[Any]:
    """Cases for ``parametrize``; with ``yet`` what the reader cannot do so far."""
    found = cases(name)
    rows = found if isinstance(found, list) else [row for rows in found.values() for row in rows]
    for row in rows:
        marks = [pytest.mark.xfail(reason=row["yet"], strict=True)] if "yet" in row else []
        yield pytest.param(row, id=row.get("name") or row["say"][:60], marks=marks)


def number(claim: Claim) -> str:
    """A claim as the case files write it: "killed 12", "killed 7 part"."""
    if claim.modifier == "range":
        figure = f"{claim.low}-{claim.high}"
    else:
        figure = "vague" if claim.value is None else str(claim.value)
    return f"{claim.kind} {figure}" + (" part" if claim.subset else "")
