"""Apache Kafka on this machine, as a child process: the same engine as in production."""

from __future__ import annotations

from wirewatch.broker.jars import KAFKA_VERSION, resolve_jars
from wirewatch.broker.java import find_java
from wirewatch.broker.local import LocalBroker, running_url

__all__ = ["KAFKA_VERSION", "LocalBroker", "find_java", "resolve_jars", "running_url"]
