"""Records on the wire: JSON values, with CloudEvents 1.0 attributes as headers (binary mode)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from wirewatch.errors import WirewatchError
from wirewatch.model import Alert, Article, Event, Incident, Record
from wirewatch.safety import one_line

NO_COUNTRY = "--"
"""Key of events whose country is unknown."""

AnyRecord = TypeVar("AnyRecord")
Headers = list[tuple[str, bytes]]


class DecodeError(WirewatchError):
    """Bytes that are not the record they should be; trying again does not help."""


@dataclass(frozen=True)
class Outgoing:
    """A record ready to be sent."""

    key: bytes
    value: bytes | None
    """None: a tombstone."""
    headers: Headers


@dataclass(frozen=True)
class _Kind:
    name: str
    key: Callable[[Any], str]
    identity: Callable[[Any], str]


_KINDS: Mapping[type, _Kind] = {
    Article: _Kind("article", lambda a: a.id, lambda a: f"{a.id}-{a.revision}"),
    Event: _Kind("event", lambda e: e.country or NO_COUNTRY, lambda e: e.id),
    Incident: _Kind("incident", lambda i: i.id, lambda i: f"{i.id}-{i.revision}"),
    Alert: _Kind("alert", lambda a: a.incident.id, lambda a: a.id),
}


def encode(record: Record, source: str, now: datetime) -> Outgoing:
    """Key, value and headers of ``record`` as stage ``source`` sends it at ``now``."""
    kind = _KINDS[type(record)]
    key = kind.key(record)
    return Outgoing(
        key=key.encode(),
        value=msgspec.json.encode(record),
        headers=cloudevent_headers(
            identity=kind.identity(record), kind=kind.name, source=source, subject=key, now=now
        ),
    )


def cloudevent_headers(
    *, identity: str, kind: str, source: str, subject: str, now: datetime
) -> Headers:
    """CloudEvents attributes as Kafka headers; ``now`` is aware."""
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": identity,
        "ce_type": f"wirewatch.{kind}.v1",
        "ce_source": f"/wirewatch/{source}",
        "ce_time": now.isoformat().replace("+00:00", "Z"),
        "ce_subject": subject,
        "ce_dataschema": f"urn:wirewatch:schema:{kind}:1",
        "content-type": "application/json",
    }
    return [(name, value.encode()) for name, value in attributes.items()]


def decode(value: bytes | None, kind: type[AnyRecord]) -> AnyRecord:
    """The record of type ``kind`` in ``value``; raises DecodeError."""
    if value is None:
        raise DecodeError(f"an empty record where a {kind.__name__} should be")
    try:
        return msgspec.json.decode(value, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DecodeError(f"not a {kind.__name__}: {one_line(str(error))}") from error


def header(headers: Iterable[tuple[str, bytes]] | Mapping[str, bytes] | None, name: str) -> str:
    """Text of header ``name``; empty if it is not there."""
    if isinstance(headers, Mapping):
        headers = headers.items()
    for key, value in headers or ():
        if key == name:
            return value.decode("utf-8", "replace")
    return ""
