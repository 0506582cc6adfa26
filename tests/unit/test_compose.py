"""docker-compose.yml and the Dockerfile set only what exists, and set it soundly."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from wirewatch.config.settings import PREFIX, Settings
from wirewatch.config.sources import load

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
TOP_KEYS = {"name", "services", "volumes", "networks", "secrets", "configs"}
SERVICE_KEYS = {
    "build", "image", "restart", "init", "stop_grace_period", "cap_drop", "security_opt",
    "depends_on", "healthcheck", "logging", "command", "environment", "volumes", "mem_limit",
    "ports", "user", "secrets",
}  # fmt: skip
HEALTH_KEYS = {"test", "interval", "timeout", "retries", "start_period"}
DURATION = re.compile(r"^(\d+h)?(\d+m)?(\d+s)?$")
WITH_DEFAULT = re.compile(r"\$\{(\w+):-(.*?)\}")
STAGES = {"poll", "extract", "link", "alert", "deliver"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE)
    return loaded


def ours(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: one for name, one in compose["services"].items() if name != "kafka"}


def test_every_key_is_one_of_the_compose_specification(compose: dict[str, Any]) -> None:
    assert {key for key in compose if not key.startswith("x-")} <= TOP_KEYS
    for name, service in compose["services"].items():
        assert set(service) <= SERVICE_KEYS, name
        assert set(service["healthcheck"]) <= HEALTH_KEYS, name
        for key in ("interval", "timeout", "start_period"):
            assert DURATION.match(service["healthcheck"][key]), (name, key)
        assert all(isinstance(value, str) for value in service["environment"].values()), name


def test_every_variable_is_a_setting_and_every_value_is_allowed(
    compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for variable in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(variable)
    for service in ours(compose).values():
        with monkeypatch.context() as patch:
            for name, value in service["environment"].items():
                patch.setenv(name, WITH_DEFAULT.sub(r"\2", value))
            assert load().settings.broker == "kafka://kafka:9092"


def test_every_variable_asked_of_the_host_is_a_setting() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(r"\bWIREWATCH_[A-Z_]+\b", COMPOSE + DOCKERFILE)) <= known


def test_services_are_watched_bounded_and_restarted(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["restart"] == "unless-stopped", name
        assert re.fullmatch(r"\d+m", service["mem_limit"]), name
        assert service["healthcheck"]["test"], name


def test_volumes_used_are_declared(compose: dict[str, Any]) -> None:
    used = {
        volume.partition(":")[0]
        for service in compose["services"].values()
        for volume in service["volumes"]
        if not volume.startswith(".")
    }
    assert used == set(compose["volumes"])


def test_every_stage_runs_in_one_service(compose: dict[str, Any]) -> None:
    run: list[str] = []
    for service in ours(compose).values():
        assert service["command"][:2] == ["worker", "--only"]
        run += service["command"][2].split(",")
    assert sorted(run) == ["alert", "deliver", "extract", "link", "poll"]
    assert set(run) <= STAGES


def test_a_worker_has_time_to_drain(compose: dict[str, Any]) -> None:
    for service in ours(compose).values():
        assert int(service["stop_grace_period"].rstrip("s")) > 30


def test_kafka_is_reached_from_this_machine_only(compose: dict[str, Any]) -> None:
    assert all(port.startswith("127.0.0.1:") for port in compose["services"]["kafka"]["ports"])
    assert all("ports" not in service for service in ours(compose).values())


def test_the_image_runs_without_root_and_holds_every_package() -> None:
    assert re.search(r"^USER 10001$", DOCKERFILE, re.MULTILINE)
    for folder in ("wirewatch", "streams", "agents", "config"):
        assert f"COPY {folder} {folder}" in DOCKERFILE
        assert f"!{folder}\n" in (ROOT / ".dockerignore").read_text()
