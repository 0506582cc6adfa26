"""The rules in force: a file's text travels on a compacted topic, so all workers have the same."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

from aiokafka.errors import KafkaError

from wirewatch.errors import RuleError
from wirewatch.rules import RuleSet, load, read
from wirewatch.streams.admin import ensure_topics
from wirewatch.streams.codecs import Outgoing, cloudevent_headers
from wirewatch.streams.consumers import consumer_of, read_to_end
from wirewatch.streams.stage import Stage
from wirewatch.streams.topics import RULES, alert_spec, topic_name

LOOK_SECONDS = 1.0
"""How often the file is looked at."""
_KEY = b"rules"


def configured_rules(path: Path | None) -> RuleSet:
    """The rules of ``path``, or those that ship with wirewatch. Raises RuleError."""
    if path:
        return load(path)
    text = files("wirewatch.config").joinpath("rules.yaml").read_text(encoding="utf-8")
    return read(text, "rules.yaml")


class RulesFeed:
    """Publishes this worker's rules file when it has changed, and follows what is published."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._settings = stage.settings
        self._topic = topic_name(stage.settings, RULES)
        self._path = stage.settings.rules_file
        self._published = ""
        self._seen = _stamp(self._path)
        self.rules: RuleSet = configured_rules(self._path)
        """The rules in force."""
        self._found: RuleSet | None = self.rules
        self.ready = asyncio.Event()
        """Set when the published rules are known."""

    async def start(self) -> None:
        """Make the alert topics of the rules at hand."""
        await self._ensure_topics(self.rules)

    async def follow(self) -> None:
        """Read the topic, publish the file where it differs, and go on doing both."""
        async with consumer_of(self._settings, self._topic) as consumer:
            async for record in read_to_end(consumer):
                await self._adopt(record.value)
            await self._publish_changed(self.rules_at_hand())
            self.ready.set()
            while True:
                await self._take(consumer, LOOK_SECONDS)
                await self._publish_changed(self.rules_at_hand())

    def rules_at_hand(self) -> RuleSet | None:
        """The file's present rules; None, and one log line, if it is broken.

        Reads them only when the file has changed: that takes as long as a hundred events.
        """
        stamp = _stamp(self._path)
        if stamp != self._seen:
            self._seen, self._found = stamp, self._read()
        return self._found

    def _read(self) -> RuleSet | None:
        try:
            return configured_rules(self._path)
        except (RuleError, OSError) as error:
            self._stage.log.error("rules file is broken, unchanged", error=str(error))  # noqa: TRY400
            return None

    async def _take(self, consumer: Any, seconds: float) -> None:
        with suppress(KafkaError):  # Kafka is away: what is in force stays so
            batches = await consumer.getmany(timeout_ms=int(seconds * 1000))
            for batch in batches.values():
                for record in batch:
                    await self._adopt(record.value)

    async def _adopt(self, value: bytes | None) -> None:
        try:
            rules = read((value or b"").decode(), self._topic)
        except (RuleError, UnicodeDecodeError) as error:
            self._stage.log.error("published rules unreadable", error=str(error))  # noqa: TRY400
            return
        self._published = rules.version
        if rules.version != self.rules.version or not self.ready.is_set():
            await self._ensure_topics(rules)
            self.rules = rules
            self._stage.log.info("rules in force", version=rules.version, count=len(rules.rules))
        self._stage.metrics.rules_version.clear()
        self._stage.metrics.rules_version.labels(rules.version).set(len(rules.rules))

    async def _publish_changed(self, found: RuleSet | None) -> None:
        """Publish rules that are new to this worker's file; what another worker has set stays."""
        if found is None or found.version in {self._published, self._last_of_file}:
            return
        self._last_of_file = found.version
        headers = cloudevent_headers(
            identity=found.version, kind="rules", source=self._stage.name, subject="rules",
            now=self._stage.clock.now(),
        )  # fmt: skip
        record = Outgoing(_KEY, found.text.encode(), headers)
        await self._stage.deliver([(self._topic, record)])

    _last_of_file = ""

    async def _ensure_topics(self, rules: RuleSet) -> None:
        await ensure_topics(
            self._settings, [alert_spec(self._settings, rule.name) for rule in rules.rules]
        )


def _stamp(path: Path | None) -> tuple[int, int, int] | None:
    """What differs once the file has been written; None without one."""
    try:
        stat = path.stat() if path else None
    except OSError:
        return None
    return (stat.st_mtime_ns, stat.st_size, stat.st_ino) if stat else None
