from pathlib import Path

import pytest
from pydantic import SecretStr

from wirewatch.agents.assembly import STAGES, make_worker, usual_stages
from wirewatch.agents.supervisor import settings_environ
from wirewatch.config.settings import Settings
from wirewatch.config.sources import load
from wirewatch.errors import SettingsError


def test_an_unknown_stage_is_refused_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match="poll, extract, link, alert, deliver"):
        make_worker(Settings(broker="kafka://127.0.0.1:1"), ["link", "read"])


def test_a_child_process_gets_the_same_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(
        broker="kafka://a:1,b:2", broker_user="u", broker_password=SecretStr("pä ss"),
        partitions=3, allow_private_addresses=True, data_dir=tmp_path, feeds_file=None,
    )  # fmt: skip
    for name, value in settings_environ(settings).items():
        monkeypatch.setenv(name, value)
    assert load(None).settings == settings


def test_delivery_is_usual_only_where_a_target_is_enabled(tmp_path: Path) -> None:
    file = tmp_path / "deliver.yaml"
    target = "targets:\n  - {name: a, apprise: {variable: A}, enabled: %s}"
    assert usual_stages(Settings()) == ("poll", "extract", "link", "alert")
    file.write_text(target % "false")
    assert usual_stages(Settings(deliver_file=file)) == ("poll", "extract", "link", "alert")
    file.write_text(target % "true")
    assert usual_stages(Settings(deliver_file=file)) == STAGES


def test_a_file_of_targets_that_is_wrong_stops_the_worker_at_once(tmp_path: Path) -> None:
    file = tmp_path / "deliver.yaml"
    file.write_text("targets: [{name: a}]")
    with pytest.raises(SettingsError, match=r"line 1: .*one of webhook, apprise"):
        make_worker(Settings(broker="kafka://127.0.0.1:1", deliver_file=file))
