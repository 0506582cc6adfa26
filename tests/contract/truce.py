"""Alerts of a truce, for tests of those who read alerts."""

from __future__ import annotations

from datetime import UTC, datetime

from kafka_helpers import produce

from wirewatch.config.settings import Settings
from wirewatch.model import Alert, AlertTimes, Incident
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.codecs import encode
from wirewatch.streams.topics import alert_spec, alert_topic

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


def alert(name: str, rule: str = "ceasefire") -> Alert:
    """One with a terminal's control characters in its headline, as a feed may send them."""
    incident = Incident(
        id=f"incident-{name}", revision=1, type="ceasefire", status="announced",
        when="current", headline="Truce \x1b[31mat Oxdale", first_seen=NOW, last_seen=NOW,
    )  # fmt: skip
    return Alert(
        id=name, rule=rule, severity="moderate", kind="alert", reason="a truce",
        incident=incident, evidence=(),
        times=AlertTimes(published=NOW, fetched=NOW, extracted=NOW, linked=NOW, emitted=NOW),
    )  # fmt: skip


async def publish(settings: Settings, *names: str, rule: str = "ceasefire") -> None:
    """Put an alert of each name on the rule's topic, which is made where there is none."""
    await ensure_topics(settings, [alert_spec(settings, rule)])
    out = [encode(alert(name, rule), "alert", NOW) for name in names]
    await produce(settings, alert_topic(settings, rule), [(one.key, one.value) for one in out])
