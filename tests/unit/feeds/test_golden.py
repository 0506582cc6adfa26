"""Golden pairs: a document and the drafts it gives.

After a change that is meant, ``python -m tests.unit.feeds.test_golden`` writes them anew.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from wirewatch.feeds import Feed
from wirewatch.feeds.digest import FeedJob, digest

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
HASHES = ("id", "fingerprint", "aliases", "content")


def documents() -> list[Path]:
    return sorted(path for path in GOLDEN.iterdir() if ".expected" not in path.name)


def expected_of(path: Path) -> Path:
    return path.with_suffix(".expected.json")


def result_of(path: Path) -> dict[str, Any]:
    feed = Feed(url=f"https://golden.example/{path.stem}/feed", name="Golden")
    job = FeedJob(
        feed=feed, body=path.read_bytes(), headers={}, url=feed.url, known=frozenset(), now=NOW
    )
    result = json.loads(msgspec.json.encode(digest(job)))
    assert len({draft["id"] for draft in result["drafts"]}) == len(result["drafts"])
    for draft in result["drafts"]:
        for name in HASHES:
            draft.pop(name)
    return {key: value for key, value in result.items() if key != "known"}


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_document_gives_what_is_expected(path: Path) -> None:
    assert result_of(path) == json.loads(expected_of(path).read_text())


if __name__ == "__main__":
    for document in documents():
        text = json.dumps(result_of(document), indent=1, ensure_ascii=False)
        expected_of(document).write_text(text + "\n")
