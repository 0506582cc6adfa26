"""TLS and passwords on a real Kafka: all our clients and a Faust app with a table through each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tally
from kafka_helpers import Process, produce, read_all
from listeners import PASSWORD, Guarded, guarded_kafka
from pydantic import SecretStr

from wirewatch.config.settings import Settings
from wirewatch.errors import BrokerError
from wirewatch.streams.admin import describe_topics, ensure_topics
from wirewatch.streams.topics import ARTICLES, EVENTS, changelog_topic, topic_name, topic_specs
from wirewatch.streams.worker import Worker

WAYS = [
    ("SASL_PLAINTEXT", "PLAIN"),
    ("SASL_PLAINTEXT", "SCRAM-SHA-256"),
    ("SSL", "PLAIN"),  # no password, but a certificate of the client's
    ("SASL_SSL", "PLAIN"),
    ("SASL_SSL", "SCRAM-SHA-512"),
]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    with guarded_kafka(tmp_path_factory.mktemp("guarded")) as kafka:
        yield kafka


@pytest.mark.parametrize(("security", "mechanism"), WAYS)
async def test_records_pass_through_a_worker(
    guarded: Guarded, tmp_path: Path, security: str, mechanism: str
) -> None:
    settings = guarded.settings(security, mechanism, data_dir=tmp_path)
    specs = topic_specs(settings)
    await ensure_topics(settings, specs)
    assert all(state.right for state in await describe_topics(settings, specs))
    await produce(settings, topic_name(settings, ARTICLES), [(b"k", b"1"), (b"k", b"2")])
    stop = asyncio.Event()
    running = asyncio.ensure_future(Worker(settings, {"poll": tally.build}).run(stop))
    try:
        passed = await values(settings, topic_name(settings, EVENTS), 2)
        kept = await values(settings, changelog_topic(settings, "poll", "feeds"), 2)
    finally:
        stop.set()
        await running
    assert (passed, kept[-1]) == ([b"1", b"2"], b"1 2")


async def values(settings: Settings, topic: str, count: int) -> list[bytes]:
    """Values of ``topic`` once it has that many records."""
    async with asyncio.timeout(240):
        while True:
            records = await read_all(settings, topic)
            if len(records) >= count:
                return [record.value for record in records]
            await asyncio.sleep(0.2)


async def refusal(settings: Settings) -> str:
    with pytest.raises(BrokerError) as caught:
        await ensure_topics(settings, topic_specs(settings))
    return str(caught.value)


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256"])
async def test_a_wrong_password_is_one_clear_line(guarded: Guarded, mechanism: str) -> None:
    wrong = guarded.settings("SASL_PLAINTEXT", mechanism, broker_password=SecretStr("guess"))
    words = await refusal(wrong)
    assert "are user, password and mechanism right?" in words
    assert "guess" not in words
    assert "\n" not in words


async def test_a_certificate_of_another_authority_is_one_clear_line(guarded: Guarded) -> None:
    other = guarded.folder / "other-ca.pem"
    words = await refusal(guarded.settings("SSL", broker_ca_file=other))
    assert "broker_ca_file" in words
    assert "\n" not in words


async def test_a_client_without_its_certificate_is_one_clear_line(guarded: Guarded) -> None:
    words = await refusal(guarded.settings("SSL", broker_cert_file=None, broker_key_file=None))
    assert "does it want ours?" in words
    assert "\n" not in words


def test_the_commands_take_it_from_the_variables(
    guarded: Guarded, spawn: Callable[..., Process]
) -> None:
    settings = guarded.settings("SASL_SSL", "SCRAM-SHA-256")
    values = settings.model_dump(mode="json", exclude_unset=True)
    variables = {f"WIREWATCH_{key.upper()}": str(value) for key, value in values.items()}
    variables["WIREWATCH_BROKER_PASSWORD"] = PASSWORD
    outputs = []
    for words in ("topics create", "topics describe --json", "config"):
        process = spawn("-m", "wirewatch", *words.split(), **variables)
        process.start()
        assert process.wait(240) == 0, process.log.read_text()
        outputs.append(process.log.read_text())
    assert any(one["topic"].endswith("articles") for one in json.loads(outputs[1]))
    assert PASSWORD not in "".join(outputs)
