"""Every metric in one place: name, labels, meaning."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """A worker's metrics; each worker (and each test) has a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._stages()
        self._records()
        self._deliveries()
        self._readers()

    def _stages(self) -> None:
        self.records_in = self._counter(
            "wirewatch_records_in", "Records read and done with, by stage.", "stage"
        )
        self.stage_seconds = self._histogram(
            "wirewatch_stage_seconds", "From taking a record to its acknowledgement, by stage.",
            "stage",
        )  # fmt: skip
        self.dead_letters = self._counter(
            "wirewatch_dead_letters", "Records given up, by stage and error.", "stage", "error"
        )
        self.lag = self._gauge(
            "wirewatch_consumer_lag", "Records of the partitions held that are not yet committed.",
            "stage", "topic",
        )  # fmt: skip

    def _records(self) -> None:
        self.polls = self._counter("wirewatch_polls", "Polls of feeds, by result.", "result")
        self.articles = self._counter("wirewatch_articles", "Articles delivered to Kafka.")
        self.events = self._counter("wirewatch_events", "Events read in articles, by type.", "type")
        self.incidents = self._counter("wirewatch_incidents", "Revisions of incidents delivered.")
        self.alerts = self._counter(
            "wirewatch_alerts", "Alerts delivered, by rule and kind.", "rule", "kind"
        )
        self.rules_version = self._gauge(
            "wirewatch_rules", "Rules in force, by version.", "version"
        )

    def _deliveries(self) -> None:
        self.deliveries = self._counter(
            "wirewatch_deliveries",
            "Attempts to hand an alert to a target, by result: taken, later, refused.",
            "target", "result",
        )  # fmt: skip
        self.undelivered = self._counter(
            "wirewatch_undelivered", "Alerts given up for a target, now dead letters.", "target"
        )
        self.delivery_waiting = self._gauge(
            "wirewatch_delivery_waiting",
            "Alerts that a target has not taken yet, in hand or unread on the topics.", "target",
        )  # fmt: skip
        self.delivery_seconds = self._histogram(
            "wirewatch_delivery_seconds", "From an alert on its topic to a target that took it.",
            "target",
        )  # fmt: skip

    def _readers(self) -> None:
        self.extraction_queue = self._gauge(
            "wirewatch_extraction_queue", "Articles given to the readers and not yet back."
        )
        self.reader_bytes = self._gauge(
            "wirewatch_reader_bytes", "Resident memory of the largest reader."
        )

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(name, meaning, labels, registry=self.registry)

    def _gauge(self, name: str, meaning: str, *labels: str) -> Gauge:
        return Gauge(name, meaning, labels, registry=self.registry)

    def _histogram(self, name: str, meaning: str, *labels: str) -> Histogram:
        return Histogram(name, meaning, labels, buckets=_SECONDS, registry=self.registry)

    def page(self) -> bytes:
        """The text a Prometheus server reads."""
        return generate_latest(self.registry)
