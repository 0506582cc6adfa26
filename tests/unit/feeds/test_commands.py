"""``wirewatch feeds …`` as a user types it."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tests.unit.feeds.conftest import Site
from tests.unit.feeds.documents import item, rss
from wirewatch.cli.main import app
from wirewatch.errors import FeedError, SettingsError


@pytest.fixture
def listed(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIREWATCH_ALLOW_PRIVATE_ADDRESSES", "true")
    path = tmp_path / "feeds.yaml"
    good, bad = site.url("/good"), site.url("/bad")
    path.write_text(f"feeds:\n- {{url: {good}, name: Good}}\n- {{url: {bad}, name: Bad}}\n")
    site.set("/good", body=rss(item(date=None)))
    site.set("/bad", status=404)
    return path


async def wirewatch(*arguments: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, app, arguments)


async def test_list(listed: Path) -> None:
    result = await wirewatch("feeds", "list", "--feeds", str(listed), "--json")
    assert [feed["name"] for feed in json.loads(result.stdout)] == ["Good", "Bad"]
    result = await wirewatch("feeds", "list", "--feeds", str(listed))
    assert "Good" in result.stdout


async def test_check_says_how_each_feed_answers(listed: Path) -> None:
    result = await wirewatch("feeds", "check", "--feeds", str(listed), "--json")
    answers = {line["name"]: line for line in map(json.loads, result.stdout.splitlines())}
    assert (answers["Good"]["outcome"], answers["Good"]["entries"]) == ("articles", 1)
    assert (answers["Bad"]["outcome"], answers["Bad"]["note"]) == ("http_error", "HTTP 404")
    assert isinstance(result.exception, FeedError)
    assert str(result.exception) == "1 of 2 feeds cannot be read"
    shown = await wirewatch("feeds", "check", "--feeds", str(listed))
    lines = {line.split()[0]: line.split() for line in shown.stdout.splitlines() if line.strip()}
    assert lines["Good"] == ["Good", "articles", "1", "1"]
    assert lines["Bad"] == ["Bad", "http_error", "0", "0", "HTTP", "404"]
    good = await wirewatch("feeds", "check", "goo", "--feeds", str(listed))
    assert (good.exit_code, "Bad" in good.stdout) == (0, False)
    nobody = await wirewatch("feeds", "check", "nobody", "--feeds", str(listed))
    assert isinstance(nobody.exception, FeedError)


async def test_export_and_import(listed: Path, tmp_path: Path) -> None:
    mine = str(tmp_path / "mine.yaml")
    exported = await wirewatch("feeds", "export", "--feeds", str(listed), "-o", "list.opml")
    assert exported.exit_code == 0
    printed = await wirewatch("feeds", "import", "list.opml")
    assert "name: Good" in printed.stdout
    first = await wirewatch("feeds", "import", "list.opml", "--feeds", mine)
    assert first.stdout == f"{mine}: 2 feeds added, 0 were there\n"
    again = await wirewatch("feeds", "import", "list.opml", "--feeds", mine)
    assert again.stdout == f"{mine}: 0 feeds added, 2 were there\n"
    (tmp_path / "list.opml").write_text("<opml><outline xmlUrl='ftp://a.example/'/></opml>")
    passed = await wirewatch("feeds", "import", "list.opml")
    assert "no feed can be fetched from it: ftp://a.example/" in passed.stderr
    assert sorted(await asyncio.to_thread(os.listdir, tmp_path)) == [
        "feeds.yaml", "list.opml", "mine.yaml",
    ]  # fmt: skip


async def test_errors_are_ours(listed: Path) -> None:
    await asyncio.to_thread(listed.write_text, "feeds:\n- uri: x\n")
    for command in (("list",), ("check",), ("export",)):
        result = await wirewatch("feeds", *command, "--feeds", str(listed))
        assert isinstance(result.exception, SettingsError)
    missing = await wirewatch("feeds", "import", "nothing.opml")
    assert isinstance(missing.exception, FeedError)
