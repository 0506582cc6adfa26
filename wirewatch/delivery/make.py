"""From a target to what sends to it."""

from __future__ import annotations

from typing import Protocol

from wirewatch.clock import Clock
from wirewatch.delivery.chat import Chat, Render
from wirewatch.delivery.outcome import Outcome
from wirewatch.delivery.target import Target
from wirewatch.delivery.webhook import Webhook
from wirewatch.model import Alert


class Sender(Protocol):
    """Sends alerts to one target."""

    async def send(self, alert: Alert, body: bytes) -> Outcome:
        """One attempt, within the target's timeout; ``body`` is the alert's own JSON."""
        ...

    async def close(self) -> None:
        """Let connections go."""
        ...


def make_sender(target: Target, clock: Clock, render: Render) -> Sender:
    """What sends to ``target``; reads its secrets.

    Raises SettingsError with file, line and key if a secret is missing or cannot be used.
    """
    return Webhook(target, clock) if target.kind == "webhook" else Chat(target, render)
