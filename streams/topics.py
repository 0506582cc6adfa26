"""Every topic in one place: name, key, partitions, retention, compaction, greatest record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from wirewatch.config.settings import Settings

MAX_RECORD_BYTES = 4_194_304
"""Greatest record: an article of 100,000 characters with its former revision fits four times."""
MAX_FETCH_BYTES = 2 * MAX_RECORD_BYTES
"""What consumers ask for at once; must exceed the greatest record."""

ARTICLES = "articles"
EVENTS = "events"
INCIDENTS = "incidents"
POLLS = "polls"
RULES = "rules"
DEADLETTERS = "deadletters"
ALERTS = "alerts."
"""Prefix of the alert topics: one a rule."""
TARGET_HEADER = "wirewatch-target"
"""Header of an alert that was replayed for one delivery target only: the others pass over it."""


@dataclass(frozen=True)
class TopicSpec:
    """How a topic is made. ``retention`` None: kept for ever, the newest of each key."""

    name: str
    """With the installation's prefix."""
    partitions: int
    replication: int
    key: str
    """What the key is, in words."""
    retention: timedelta | None
    internal: bool = False
    """A changelog of a worker's table: nothing for subscribers."""

    @property
    def config(self) -> dict[str, str]:
        """Kafka's settings of the topic."""
        size = {"max.message.bytes": str(MAX_RECORD_BYTES)}
        if self.retention is None:
            # Tombstones stay a week, so that a table that was away that long still hears of them.
            week = str(int(timedelta(days=7).total_seconds() * 1000))
            return {**size, "cleanup.policy": "compact", "delete.retention.ms": week}
        milliseconds = str(int(self.retention.total_seconds() * 1000))
        return {**size, "cleanup.policy": "delete", "retention.ms": milliseconds}


def topic_name(settings: Settings, logical: str) -> str:
    """Name on Kafka of the topic that the code calls ``logical``."""
    return settings.topic_prefix + logical


def alert_topic(settings: Settings, rule: str) -> str:
    """Name on Kafka of the alert topic of ``rule``."""
    return topic_name(settings, ALERTS + rule)


def group_name(settings: Settings, stage: str) -> str:
    """Consumer group of a stage; Faust names its changelogs after it."""
    return f"{settings.topic_prefix}wirewatch-{stage}"


def changelog_topic(settings: Settings, stage: str, table: str) -> str:
    """Name that Faust gives to the changelog of ``stage``'s ``table``."""
    return f"{group_name(settings, stage)}-{table}-changelog"


TABLES = (("poll", "feeds"), ("link", "incidents"), ("alert", "alerts"))
"""Stage and name of every table; each lies on as many partitions as its stage's source."""


def topic_specs(settings: Settings, rules: Iterable[str] = ()) -> tuple[TopicSpec, ...]:
    """All topics of an installation with the alert topics of ``rules``, sources first."""
    return (
        _spec(settings, ARTICLES, "article id", days=7),
        _spec(settings, EVENTS, "country", days=7),
        _spec(settings, INCIDENTS, "incident id"),
        _spec(settings, POLLS, "feed id"),
        _spec(settings, RULES, "file", partitions=1),
        _spec(settings, DEADLETTERS, "key of the record", days=30, partitions=1),
        *(alert_spec(settings, rule) for rule in rules),
        *(_changelog(settings, changelog_topic(settings, stage, table)) for stage, table in TABLES),
    )


def alert_spec(settings: Settings, rule: str) -> TopicSpec:
    """The alert topic of one rule; one partition, so that alerts come in their order."""
    return _spec(settings, ALERTS + rule, "incident id", days=30, partitions=1)


def _spec(
    settings: Settings,
    name: str,
    key: str,
    *,
    days: int | None = None,
    partitions: int | None = None,
) -> TopicSpec:
    return TopicSpec(
        name=topic_name(settings, name),
        partitions=partitions or settings.partitions,
        replication=settings.replication,
        key=key,
        retention=timedelta(days=days) if days else None,
    )


def _changelog(settings: Settings, name: str) -> TopicSpec:
    return TopicSpec(name, settings.partitions, settings.replication, "table key", None, True)
