"""Every metric in one place: name, labels, meaning."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """A worker's metrics; each worker (and each test) has a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        one = self.registry
        self.records_in = Counter(
            "wirewatch_records_in", "Records read and done with, by stage.", ["stage"], registry=one
        )
        self.articles = Counter("wirewatch_articles", "Articles delivered to Kafka.", registry=one)
        self.events = Counter(
            "wirewatch_events", "Events read in articles, by type.", ["type"], registry=one
        )
        self.incidents = Counter(
            "wirewatch_incidents", "Revisions of incidents delivered.", registry=one
        )
        self.alerts = Counter(
            "wirewatch_alerts", "Alerts delivered, by rule and kind.", ["rule", "kind"],
            registry=one,
        )  # fmt: skip
        self.dead_letters = Counter(
            "wirewatch_dead_letters", "Records given up, by stage and error.", ["stage", "error"],
            registry=one,
        )  # fmt: skip
        self.deliveries = Counter(
            "wirewatch_deliveries",
            "Attempts to hand an alert to a target, by result: taken, later, refused.",
            ["target", "result"], registry=one,
        )  # fmt: skip
        self.undelivered = Counter(
            "wirewatch_undelivered", "Alerts given up for a target, now dead letters.",
            ["target"], registry=one,
        )  # fmt: skip
        self.delivery_waiting = Gauge(
            "wirewatch_delivery_waiting",
            "Alerts that a target has not taken yet, in hand or unread on the topics.",
            ["target"], registry=one,
        )  # fmt: skip
        self.delivery_seconds = Histogram(
            "wirewatch_delivery_seconds", "From an alert on its topic to a target that took it.",
            ["target"], buckets=_SECONDS, registry=one,
        )  # fmt: skip
        self.polls = Counter(
            "wirewatch_polls", "Polls of feeds, by result.", ["result"], registry=one
        )
        self.stage_seconds = Histogram(
            "wirewatch_stage_seconds", "From taking a record to its acknowledgement, by stage.",
            ["stage"], buckets=_SECONDS, registry=one,
        )  # fmt: skip
        self.lag = Gauge(
            "wirewatch_consumer_lag", "Records of the partitions held that are not yet committed.",
            ["stage", "topic"], registry=one,
        )  # fmt: skip
        self.extraction_queue = Gauge(
            "wirewatch_extraction_queue", "Articles given to the readers and not yet back.",
            registry=one,
        )  # fmt: skip
        self.reader_bytes = Gauge(
            "wirewatch_reader_bytes", "Resident memory of the largest reader.", registry=one
        )
        self.rules_version = Gauge(
            "wirewatch_rules", "Rules in force, by version.", ["version"], registry=one
        )

    def page(self) -> bytes:
        """The text a Prometheus server reads."""
        return generate_latest(self.registry)
