"""An alert as a subscriber gets it: valid by its schema, read by the cloudevents library."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
from cloudevents.core.formats.json import JSONFormat
from jsonschema import Draft202012Validator, ValidationError
from msgspec.structs import replace

from tests.unit.incidents.build import at, claim, event
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.model import Actor, Alert, Attribution, Record
from wirewatch.rules import decide, read
from wirewatch.streams.codecs import encode

SCHEMAS = Path(__file__).parents[3] / "docs/schemas"
RULES = "rules:\n  - name: sure\n    description: d\n    toll: {killed: {low: 10}}\n    quiet: 0s\n"


def alerts() -> list[Alert]:
    """An alert with all that a record may hold, its update and its cancellation."""
    linker, rules = Linker(MemoryStore()), read(RULES, "t")
    parties = (Actor(text="gunmen", name=None, country="AF", role="REB"),)
    said = Attribution(source="police", verb="said")
    first = event("a", 0, claim("killed", 12, source="police"), actors=parties, targets=parties,
                  attribution=said, confirmed=True)  # fmt: skip
    gone = replace(first, retracted=True, article=replace(first.article, revision=2))
    refined = event("b", 1, claim("killed", 30), confirmed=False, status="ongoing")
    told: list[Alert] = []
    state = None
    for one in (first, refined, gone, replace(refined, retracted=True)):
        for incident in linker.link(one, at(0)):
            decision = decide(rules, incident, state, at(0))
            state, told = decision.state, [*told, *decision.alerts]
    assert {alert.kind for alert in told} >= {"alert", "cancel"}
    return told


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def value(record: Record) -> dict[str, object]:
    document: dict[str, object] = json.loads(msgspec.json.encode(record))
    return document


def test_every_alert_is_valid_by_its_schema() -> None:
    for alert in alerts():
        validator("alert").validate(value(alert))
        assert validator("incident").is_valid(value(alert.incident))


@pytest.mark.parametrize(
    ("field", "wrong"), [("kind", "alarm"), ("severity", 3), ("times", {}), ("id", None)]
)
def test_the_schema_refuses_what_is_no_alert(field: str, wrong: object) -> None:
    with pytest.raises(ValidationError):
        validator("alert").validate({**value(alerts()[0]), field: wrong})


def test_events_are_valid_by_their_schema() -> None:
    assert validator("event").is_valid(
        value(event("a", 0, claim("killed", None, modifier="vague")))
    )
    assert validator("event").is_valid(value(event("a", 0, place=None, date=None)))


def test_the_cloudevents_library_reads_an_alert() -> None:
    alert = alerts()[0]
    out = encode(alert, "alert", at(0))
    message = KafkaMessage(headers=dict(out.headers), key=out.key, value=out.value)
    found = from_binary_event(message, JSONFormat())
    assert found.get_id() == alert.id
    assert found.get_type() == "wirewatch.alert.v1"
    assert found.get_subject() == alert.incident.id
    assert found.get_dataschema() == "urn:wirewatch:schema:alert:1"
    assert found.get_time() == at(0)
    data = found.get_data()
    assert msgspec.convert(data, Alert) == alert
