"""Topics on a real Kafka: made once, described, and refused where their partitions are wrong."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from kafka_helpers import Process, produce

from wirewatch.config.settings import Settings
from wirewatch.errors import BrokerError
from wirewatch.streams.admin import describe_topics, ensure_topics
from wirewatch.streams.topics import ARTICLES, topic_name, topic_specs


async def test_topics_are_made_once_and_described(settings: Settings) -> None:
    specs = topic_specs(settings, ["ceasefire"])
    assert set(await ensure_topics(settings, specs)) == {spec.name for spec in specs}
    assert await ensure_topics(settings, specs) == ()
    await produce(settings, topic_name(settings, ARTICLES), [(b"a", b"1"), (b"b", b"2")])
    states = {state.spec.name: state for state in await describe_topics(settings, specs)}
    assert all(state.right for state in states.values())
    assert states[topic_name(settings, ARTICLES)].records == 2


async def test_a_wrong_number_of_partitions_says_how_to_mend_it(settings: Settings) -> None:
    await ensure_topics(settings, topic_specs(settings))
    wider = settings.model_copy(update={"partitions": 6})
    with pytest.raises(BrokerError, match=r"has 4 partitions, 6 are.*WIREWATCH_PARTITIONS=4"):
        await ensure_topics(wider, topic_specs(wider))


async def test_too_many_replicas_are_refused_in_kafkas_words(settings: Settings) -> None:
    wider = settings.model_copy(update={"replication": 3})
    with pytest.raises(BrokerError, match=r"refuses to make topic .*eplication"):
        await ensure_topics(wider, topic_specs(wider))


async def test_a_kafka_that_is_not_there_is_one_clear_line() -> None:
    nowhere = Settings(broker="kafka://127.0.0.1:9")
    with pytest.raises(BrokerError, match=r"Kafka at 127\.0\.0\.1:9 .*does not answer") as caught:
        await ensure_topics(nowhere, topic_specs(nowhere))
    assert "\n" not in str(caught.value)


def test_the_commands_make_and_show_them(spawn: Callable[..., Process]) -> None:
    codes, outputs = [], []
    for words in ("describe", "create", "describe --json"):
        process = spawn("-m", "wirewatch", "topics", *words.split())
        process.start()
        codes.append(process.wait(240))
        outputs.append(process.log.read_text())
    assert codes == [1, 0, 0]
    assert "missing, should be 4" in outputs[0]
    described = json.loads(outputs[2])
    assert {"articles", "events", "incidents"} <= {t["topic"].split("-")[-1] for t in described}
