"""Whatever stands in ../shared/data gives events or none, with quotations at their offsets.

A sample that fits into a minute; with WIREWATCH_EVERY_TEXT=1 (``make test-every-text``) all of it.
Only names of files are told, never their texts: a third of the articles is for counting only.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.unit.extraction.reading import article
from wirewatch.extraction import read

DATA = Path(__file__).parents[2].parent / "shared" / "data"
BLOCK = 4_000
"""Characters read at once of a file that is no list of articles: feeds, treebanks."""
SECONDS = 60
EVERY = bool(os.environ.get("WIREWATCH_EVERY_TEXT"))
pytestmark = pytest.mark.corpora


def texts(path: Path) -> Iterator[str]:
    """The texts of a file: of each JSON line, of a treebank's sentences, else blocks of it."""
    content = path.read_bytes().decode("utf-8", "replace")
    if path.suffix == ".jsonl":
        for line in content.splitlines():
            yield from _strings(msgspec.json.decode(line))
        return
    if path.suffix == ".conllu":
        content = " ".join(re.findall(r"^# text = (.*)$", content, re.MULTILINE))
    yield from (content[at : at + BLOCK] for at in range(0, len(content), BLOCK))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def files() -> list[Path]:
    found = sorted(path for path in DATA.rglob("*") if path.is_file())
    random.Random(4).shuffle(found)
    return found


def test_every_text_gives_events_or_none() -> None:
    failures: list[str] = []
    slow: list[str] = []
    count = 0
    began = time.process_time()
    for path in files():
        found = list(texts(path))
        for number, text in enumerate(found if EVERY else _few(found, path.suffix)):
            start = time.process_time()
            failures += _failure(f"{path.relative_to(DATA)} text {number}", text)
            if time.process_time() - start > 6:
                slow.append(f"{path.relative_to(DATA)} text {number}")
            count += 1
        if not EVERY and time.process_time() - began > SECONDS:
            break
    assert count > 500
    assert not failures
    assert not slow


def _few(found: list[str], suffix: str) -> list[str]:
    """Two texts of a feed or treebank, a hundred of a list of articles."""
    most = 100 if suffix == ".jsonl" else 2
    return random.Random(4).sample(found, min(most, len(found)))


def _failure(name: str, text: str) -> list[str]:
    one = article(text)
    try:
        events = read(one)
    except Exception as error:  # noqa: BLE001  whatever it raises is the finding
        return [f"{name}: {type(error).__name__}"]
    quoted = [evidence for event in events for evidence in (event.evidence, *_claims(event))]
    right = all(one.full_text[each.start : each.end] == each.quote for each in quoted)
    return [] if right else [f"{name}: a quotation is not at its place"]


def _claims(event: Any) -> list[Any]:
    return [claim.evidence for claim in event.claims]
