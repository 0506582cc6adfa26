"""``wirewatch deliver check`` and ``test``, against a real receiver."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.unit.delivery.build import Receiver
from wirewatch.cli.main import app
from wirewatch.errors import DeliveryError, SettingsError


@pytest.fixture(autouse=True)
def nothing_around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def write(tmp_path: Path, address: str, more: str = "") -> str:
    path = tmp_path / "deliver.yaml"
    path.write_text(
        f"targets:\n  - name: desk\n    webhook: {address}\n    allow_private: true\n"
        f"    secret: {{variable: DESK_SECRET}}\n{more}"
    )
    return str(path)


async def run(*arguments: str, file: str) -> str:
    """The command's output; raises what it raises."""
    result = await asyncio.to_thread(
        CliRunner().invoke, app, ["deliver", *arguments], env={"WIREWATCH_DELIVER_FILE": file}
    )
    if result.exception:
        raise result.exception
    return result.stdout


async def test_a_sample_is_sent_to_a_target_that_is_not_enabled(
    receiver: Receiver, tmp_path: Path
) -> None:
    file = write(tmp_path, receiver.url, "    enabled: false\n")
    assert "desk has taken the sample (HTTP 204" in await run("test", "desk", file=file)
    sample = json.loads(receiver.got[0][1])
    assert sample["rule"] == "wirewatch-test"
    assert "nothing has happened" in sample["reason"]
    told = json.loads(await run("test", "desk", "--json", file=file))
    assert told["target"] == "desk"
    assert json.loads(receiver.got[1][1])["id"] != sample["id"], "a second test is no repeat"


async def test_a_sample_that_is_not_taken_is_an_error(receiver: Receiver, tmp_path: Path) -> None:
    receiver.says(401, "who are you")
    with pytest.raises(DeliveryError, match="desk did not take the sample: HTTP 401: who are you"):
        await run("test", "desk", file=write(tmp_path, receiver.url))


async def test_an_unknown_target_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no target is called 'dsk'; there are desk"):
        await run("test", "dsk", file=write(tmp_path, "https://a.example"))


async def test_check_tells_the_targets_and_finds_missing_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, "https://a.example", "    severities: [severe]\n")
    assert json.loads(await run("check", "--json", file=file)) == [
        {"name": "desk", "kind": "webhook", "enabled": True, "rules": [], "severities": ["severe"]}
    ]
    assert "desk" in await run("check", file=file)
    monkeypatch.delenv("DESK_SECRET")
    with pytest.raises(SettingsError, match=r"line 5: .*DESK_SECRET is not set"):
        await run("check", file=file)
