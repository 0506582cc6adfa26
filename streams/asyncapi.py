"""AsyncAPI 3 of all topics: ``python -m wirewatch.streams.asyncapi docs/asyncapi.yaml``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

import wirewatch
from wirewatch.config.settings import Settings
from wirewatch.streams.schemas import RECORDS
from wirewatch.streams.topics import (
    ALERTS,
    ARTICLES,
    DEADLETTERS,
    EVENTS,
    INCIDENTS,
    POLLS,
    TopicSpec,
    alert_spec,
    topic_specs,
)  # fmt: skip

_RECORD_OF: Mapping[str, str] = {
    ARTICLES: "article", EVENTS: "event", INCIDENTS: "incident", POLLS: "poll", ALERTS: "alert",
}  # fmt: skip
_MEANING: Mapping[str, str] = {
    ARTICLES: "Each article, and each later revision of it.",
    EVENTS: "Each happening, as one article tells it.",
    INCIDENTS: "Each happening, as all its reports tell it; the newest revision of each is kept. A "
    "record without a value: the incident is forgotten, 30 days after its last report.",
    POLLS: "Each check of a feed; the newest of each feed is kept.",
    ALERTS: "What a rule has to say; one topic a rule.",
    DEADLETTERS: "Records that could not be worked on, byte for byte, with the reason.",
}
_ATTRIBUTES = {
    "ce_specversion": "1.0, the version of CloudEvents.",
    "ce_id": "Id of the record; a repeat has the same.",
    "ce_type": "Kind of record with its version, such as wirewatch.alert.v1.",
    "ce_source": "The stage that sent it.",
    "ce_time": "When it was sent (RFC 3339, UTC).",
    "ce_subject": "The record's key.",
    "ce_dataschema": "Name of the JSON Schema of the value.",
    "content-type": "application/json.",
}
_FAULT = {
    "ww_stage": "The stage that gave the record up.",
    "ww_topic": "Where it came from.",
    "ww_partition": "Its partition there.",
    "ww_offset": "Its offset there.",
    "ww_error": "Class of the error.",
    "ww_reason": "What was wrong, in one line.",
    "ww_target": "Of stage deliver: the target that did not take it.",
    "ww_attempts": "How often it was tried.",
    "ww_at": "When it was given up.",
    "ww_version": "Version of wirewatch.",
}


def document() -> dict[str, Any]:
    """The document with the names and settings of a new installation."""
    settings = Settings.model_construct()
    specs = {spec.name: spec for spec in topic_specs(settings) if spec.name in _MEANING}
    specs[ALERTS] = alert_spec(settings, "{rule}")
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "wirewatch",
            "version": wirewatch.__version__,
            "description": "Events, incidents and alerts read from news feeds, on Kafka topics.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "kafka": {
                "host": "localhost:9092",
                "protocol": "kafka",
                "description": "The Kafka that WIREWATCH_BROKER names; this one is an example.",
            }
        },
        "channels": {_id(name): _channel(name, specs[name]) for name in _MEANING},
        "operations": {f"send-{_id(name)}": _operation(name) for name in _MEANING},
        "components": {"messages": _messages()},
    }


def _id(name: str) -> str:
    return name.rstrip(".")


def _channel(name: str, spec: TopicSpec) -> dict[str, Any]:
    channel = {
        "address": spec.name,
        "description": f"{_MEANING[name]} Key: {spec.key}.",
        "messages": {_message(name): {"$ref": f"#/components/messages/{_message(name)}"}},
        "bindings": {"kafka": {"partitions": spec.partitions, "replicas": spec.replication,
                               "topicConfiguration": _retention(spec)}},
    }  # fmt: skip
    if name == ALERTS:
        channel["parameters"] = {"rule": {"description": "Name of a rule of the rules file."}}
    return channel


def _retention(spec: TopicSpec) -> dict[str, Any]:
    if spec.retention is None:
        return {"cleanup.policy": ["compact"]}
    milliseconds = int(spec.retention.total_seconds() * 1000)
    return {"cleanup.policy": ["delete"], "retention.ms": milliseconds}


def _message(name: str) -> str:
    return _RECORD_OF.get(name, "deadletter")


def _operation(name: str) -> dict[str, Any]:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{_id(name)}"},
        "messages": [{"$ref": f"#/channels/{_id(name)}/messages/{_message(name)}"}],
    }


def _messages() -> dict[str, Any]:
    found = {
        kind: {
            "name": kind,
            "contentType": "application/json",
            "headers": _headers(_ATTRIBUTES),
            "payload": {
                "schemaFormat": "application/schema+json;version=draft-2020-12",
                "schema": {"$ref": f"./schemas/{kind}.json"},
            },
        }
        for kind in RECORDS
    }
    found["deadletter"] = {
        "name": "deadletter",
        "contentType": "application/octet-stream",
        "headers": _headers(_FAULT),
        "payload": {"type": "string", "description": "The value as it was, byte for byte."},
    }
    return found


def _headers(names: Mapping[str, str]) -> dict[str, Any]:
    parts = {name: {"type": "string", "description": words} for name, words in names.items()}
    return {"type": "object", "properties": parts}


def text() -> str:
    """Text of ``docs/asyncapi.yaml``."""
    head = "# Written by `make schemas`.\n"
    return head + yaml.safe_dump(document(), sort_keys=False, allow_unicode=True, width=100)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")
