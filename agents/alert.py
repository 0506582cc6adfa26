"""alert: incidents → alerts. State: what was last said of each incident, in a table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from wirewatch.agents.alertstates import AlertStates
from wirewatch.agents.link import EXTRACTED
from wirewatch.model import Alert, Incident
from wirewatch.rules import decide
from wirewatch.streams.blame import blamed_on_record
from wirewatch.streams.codecs import decode, header
from wirewatch.streams.rulesfeed import RulesFeed
from wirewatch.streams.stage import Stage
from wirewatch.streams.state import StateTable
from wirewatch.streams.topics import INCIDENTS, alert_topic, topic_name
from wirewatch.streams.turns import Turns


def build(stage: Stage) -> None:
    """Put the agent on ``stage``, and the rules' topic beside it."""
    feed = RulesFeed(stage)
    table = StateTable(stage.app, "alerts")
    stage.at_start(feed.start)
    stage.background(feed.follow)
    stage.agent(topic_name(stage.settings, INCIDENTS), Alerting(stage, table, feed).alert)


class Alerting:
    """Decides on each changed incident, delivers the alerts, then keeps what was said."""

    def __init__(self, stage: Stage, table: StateTable, feed: RulesFeed) -> None:
        self._stage = stage
        self._table = table
        self._feed = feed

    async def alert(self, stream: Any) -> None:
        """The agent: one instance a partition."""
        await self._feed.ready.wait()
        states: AlertStates | None = None

        async def handle(messages: list[Any]) -> None:
            nonlocal states
            states = states or AlertStates(self._table, messages[0].message.partition)
            await self._take(states, messages)

        await self._stage.consume_batches(stream, handle)

    async def _take(self, states: AlertStates, messages: list[Any]) -> None:
        """Decide on ``messages`` in their order; deliver alerts, then keep states, in bulk."""
        try:
            alerts = await self._decided(states, messages)
            await self._deliver(alerts)
            await states.flush()
        except BaseException:
            states.drop()
            raise

    async def _decided(self, states: AlertStates, messages: list[Any]) -> list[Alert]:
        """The alerts that ``messages`` lead to; what they say is put among the states."""
        alerts: list[Alert] = []
        turns, now = Turns(), self._stage.clock.now()
        states.sweep(now)
        for message in messages:
            if message.value is None:  # the linker has forgotten the incident
                states.forget((message.key or b"").decode("utf-8", "replace"), now)
            else:
                said = self._decide(states, decode(message.value, Incident), now)
                alerts += [_timed(alert, message.headers) for alert in said]
            await turns.next()
        return alerts

    def _decide(self, states: AlertStates, incident: Incident, now: datetime) -> tuple[Alert, ...]:
        with blamed_on_record():
            before = states.get(incident.id)
            decision = decide(self._feed.rules, incident, before, now)
        for error in decision.errors:
            self._stage.log.error("rule failed", error=error)
        # Of most incidents nothing was ever said: nothing to remember.
        if decision.state != before and (before or decision.state.rules):
            states.put(decision.state)
        return decision.alerts

    async def _deliver(self, alerts: list[Alert]) -> None:
        out = [(self._topic(alert), self._stage.outgoing(alert)) for alert in alerts]
        await self._stage.deliver(out)
        for alert in alerts:
            self._stage.metrics.alerts.labels(alert.rule, alert.kind).inc()
            self._stage.log.info(
                "alert", rule=alert.rule, kind=alert.kind, incident=alert.incident.id,
                reason=alert.reason,
            )  # fmt: skip

    def _topic(self, alert: Alert) -> str:
        return alert_topic(self._stage.settings, alert.rule)


def _timed(alert: Alert, headers: Any) -> Alert:
    """With the times at which its news passed the stages before this one."""
    times = replace(
        alert.times,
        extracted=_time(header(headers, EXTRACTED)),
        linked=_time(header(headers, "ce_time")),
    )
    return replace(alert, times=times)


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
