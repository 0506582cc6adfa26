from pathlib import Path

import pytest

from wirewatch.config.settings import Settings
from wirewatch.streams.app import make_app
from wirewatch.streams.state import StateTable
from wirewatch.streams.topics import (
    MAX_FETCH_BYTES,
    MAX_RECORD_BYTES,
    TABLES,
    alert_topic,
    changelog_topic,
    topic_specs,
)


def test_every_topic_has_its_keeping_and_its_partitions() -> None:
    settings = Settings(topic_prefix="x.", partitions=24, replication=3)
    specs = {spec.name: spec for spec in topic_specs(settings, ["mass-casualty"])}
    assert specs["x.articles"].partitions == 24
    assert specs["x.articles"].config["cleanup.policy"] == "delete"
    assert specs["x.articles"].config["retention.ms"] == str(7 * 86_400_000)
    assert specs["x.incidents"].config["cleanup.policy"] == "compact"
    assert specs["x.alerts.mass-casualty"].partitions == 1
    assert all(spec.replication == 3 for spec in specs.values())
    assert all(spec.config["max.message.bytes"] == str(MAX_RECORD_BYTES) for spec in specs.values())


def test_tables_lie_on_as_many_partitions_as_their_sources() -> None:
    specs = {spec.name: spec for spec in topic_specs(Settings(partitions=5))}
    for stage, table in TABLES:
        assert specs[changelog_topic(Settings(), stage, table)].partitions == 5


@pytest.mark.parametrize(("stage", "table"), TABLES)
async def test_changelogs_are_named_as_faust_names_them(
    tmp_path: Path, stage: str, table: str
) -> None:
    settings = Settings(broker="kafka://127.0.0.1:1", topic_prefix="pre-")
    app = make_app(settings, stage, tmp_path)
    assert StateTable(app, table).changelog == changelog_topic(settings, stage, table)


def test_a_greatest_record_can_be_fetched() -> None:
    assert MAX_FETCH_BYTES > MAX_RECORD_BYTES


def test_an_alert_topic_is_its_rules() -> None:
    assert alert_topic(Settings(topic_prefix="a-"), "ceasefire") == "a-alerts.ceasefire"
