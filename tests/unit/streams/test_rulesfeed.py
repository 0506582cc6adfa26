"""The rules file is read when it changed, and only then; without Kafka."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wirewatch.config.settings import Settings
from wirewatch.streams.app import make_app
from wirewatch.streams.rulesfeed import RulesFeed
from wirewatch.streams.stage import Stage

RULES = "rules:\n  - name: casualty\n    description: For a test.\n    toll: {killed: {low: 10}}\n"


@pytest.fixture
async def feed(tmp_path: Path) -> RulesFeed:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    settings = Settings(broker="kafka://127.0.0.1:1", rules_file=file)
    return RulesFeed(Stage("alert", make_app(settings, "alert", tmp_path), settings))


def write(folder: Path, text: str) -> None:
    """As an editor does that moves a new file over the old one."""
    new = folder / "new.yaml"
    new.write_text(text)
    os.replace(new, folder / "rules.yaml")  # noqa: PTH105


async def test_an_unchanged_file_is_not_read_again(feed: RulesFeed) -> None:
    assert feed.rules_at_hand() is feed.rules
    assert feed.rules_at_hand() is feed.rules


async def test_a_changed_file_is_read_a_broken_one_is_not_taken(
    feed: RulesFeed, tmp_path: Path
) -> None:
    write(tmp_path, RULES.replace("low: 10", "low: 20"))
    found = feed.rules_at_hand()
    assert found is not None
    assert found.version != feed.rules.version
    write(tmp_path, "rules: [oops")
    assert feed.rules_at_hand() is None
    (tmp_path / "rules.yaml").unlink()
    assert feed.rules_at_hand() is None
    write(tmp_path, RULES)
    mended = feed.rules_at_hand()
    assert mended is not None
    assert mended.version == feed.rules.version
