"""Settings come from defaults, file and environment; what is wrong is named in one line."""

import json
import os
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from wirewatch.cli.main import app
from wirewatch.config.reference import reference
from wirewatch.config.settings import Settings
from wirewatch.config.sources import load, load_settings, shown_value
from wirewatch.errors import SettingsError

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in list(os.environ):
        if variable.startswith("WIREWATCH_"):
            monkeypatch.delenv(variable)
    monkeypatch.chdir(tmp_path)


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.yaml"
    path.write_text(text)
    return path


def test_file_outranks_default_and_variable_outranks_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "partitions: 24\nlog_level: debug\n")
    monkeypatch.setenv("WIREWATCH_PARTITIONS", "12")
    effective = load(path)
    assert effective.settings.partitions == 12
    assert effective.settings.log_level == "debug"
    assert effective.settings.replication == 1
    assert effective.origins["partitions"] == "WIREWATCH_PARTITIONS"
    assert effective.origins["log_level"] == f"{path} line 2"
    assert effective.origins["replication"] == "default"


def test_file_is_found_by_variable_then_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wirewatch.yaml").write_text("partitions: 3\n")
    assert load_settings().partitions == 3
    other = write(tmp_path, "partitions: 4\n")
    monkeypatch.setenv("WIREWATCH_SETTINGS", str(other))
    assert load_settings().partitions == 4


def test_an_empty_variable_and_an_empty_value_count_as_not_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREWATCH_PARTITIONS", "")
    assert load_settings(write(tmp_path, "broker:\n")) == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("partition: 3\n", "line 1: unknown setting partition; did you mean partitions?"),
        ("\nzzz: 3\n", "line 2: unknown setting zzz; 'wirewatch config' lists all"),
        ("partitions: 3\npartitions: 4\n", "line 2: partitions is already set in line 1"),
        ("partitions: many\n", "line 1: partitions = 'many' is refused: Input should be a valid"),
        (
            "partitions: 0\n",
            "partitions = 0 is refused: Input should be greater than or equal to 1",
        ),
        ("log_level: loud\n", "refused: Input should be 'debug', 'info', 'warning' or 'error'"),
        ("- partitions\n", "expected lines of the form 'key: value'"),
        ("partitions: [\n", "not valid YAML"),
        ("partitions: " + "[" * 3000, "nested too deeply"),
        ("broker_user: 2031-13-45\n", "line 1: broker_user: is no value of YAML; write it in quo"),
        ("broker_user: !!binary x\n", "line 1: broker_user: is no value of YAML"),
        ('user_agent_contact: "desk\\nX-Evil: 1"\n', "user_agent_contact = "),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(write(tmp_path, text))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"absent\.yaml: No such file"):
        load(tmp_path / "absent.yaml")


def test_an_unknown_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREWATCH_TOPIC_PREFX", "a")
    with pytest.raises(SettingsError, match="did you mean WIREWATCH_TOPIC_PREFIX"):
        load()


def test_secrets_are_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREWATCH_BROKER_PASSWORD", "tulip-0042")
    monkeypatch.setenv("WIREWATCH_BROKER", "kafka://anna:tulip-0042@kafka:9092")
    effective = load().settings
    shown = [str(shown_value(effective, name)) for name in Settings.model_fields]
    assert "********" in shown
    assert "kafka://anna:********@kafka:9092" in shown
    assert "tulip" not in " ".join(shown) + repr(effective.broker_password)
    with pytest.raises(SettingsError) as caught:
        load(write(tmp_path, "partitions: x\n"))
    assert "tulip" not in str(caught.value)


def test_a_secret_of_the_wrong_type_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(write(tmp_path, "broker_password: [tulip]\n"))
    assert "tulip" not in str(caught.value)


def test_settings_are_frozen_and_read_nothing_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIREWATCH_PARTITIONS", "12")
    plain = Settings()
    assert plain.partitions == 8
    with pytest.raises(ValidationError):
        plain.partitions = 9  # type: ignore[misc]


def test_every_setting_is_explained() -> None:
    assert [n for n, field in Settings.model_fields.items() if not field.description] == []


def test_the_reference_page_is_the_present_one() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert page == reference(), "run: wirewatch config --reference > docs/settings.md"


def test_the_command_prints_values_and_origins(tmp_path: Path) -> None:
    path = write(tmp_path, "partitions: 24\n")
    result = CliRunner().invoke(app, ["--settings", str(path), "config", "--json"])
    assert json.loads(result.stdout)["partitions"] == {"value": 24, "from": f"{path} line 1"}
    plain = CliRunner().invoke(app, ["--settings", str(path), "config"]).stdout
    assert any(line.split()[:2] == ["partitions", "24"] for line in plain.splitlines())
