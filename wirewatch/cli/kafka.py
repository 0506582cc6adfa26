"""Which Kafka a command speaks to: the one configured, else our own if it runs."""

from __future__ import annotations

from pathlib import Path

import typer

from wirewatch.broker import LocalBroker, running_url
from wirewatch.cli.options import settings as effective
from wirewatch.config.settings import Settings
from wirewatch.errors import SettingsError


def settings_with_broker(ctx: typer.Context) -> Settings:
    """Effective settings, with the broker that ``wirewatch up`` runs where none is configured.

    Raises SettingsError if there is neither.
    """
    settings = effective(ctx)
    if settings.broker:
        return settings
    url = running_url(broker_folder(settings))
    if not url:
        raise SettingsError(
            "no Kafka: set WIREWATCH_BROKER=kafka://host:port, or run wirewatch up (or wirewatch "
            "broker) beside this"
        )
    return settings.model_copy(update={"broker": url})


def local_broker(settings: Settings) -> LocalBroker:
    """Our own Kafka as the settings want it; not yet started."""
    return LocalBroker(
        broker_folder(settings),
        port=settings.broker_port,
        jars=settings.kafka_jars,
        mirror=settings.kafka_mirror,
    )


def broker_folder(settings: Settings) -> Path:
    """Where our own Kafka keeps its data."""
    return settings.data_dir / "kafka"
