"""Chat and mail: whatever apprise knows, one message an alert."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from wirewatch.delivery.outcome import Outcome
from wirewatch.delivery.secret import masked
from wirewatch.delivery.target import Target
from wirewatch.delivery.thread import OwnThread
from wirewatch.model import Alert, Severity

Render = Callable[[Alert], tuple[str, str]]
"""Title and text of the message that tells of an alert: plain text, no markup."""

_TYPES: dict[Severity, str] = {
    "minor": "info", "moderate": "warning", "severe": "failure", "extreme": "failure",
}  # fmt: skip
"""How grave apprise shows it, where a service has colours or signs for that."""


class Chat:
    """Sends alerts to one address of apprise's."""

    def __init__(self, target: Target, render: Render) -> None:
        """Read the target's address; raises SettingsError with file, line and key."""
        import apprise  # noqa: PLC0415 - slow to load, and many have no such target

        _keep_to_itself()
        self._address = target.address.read()
        self._apprise: Any = apprise.Apprise(
            asset=apprise.AppriseAsset(
                app_id="wirewatch", app_desc="wirewatch", app_url="", http_redirects=False,
                async_mode=False, storage_mode=apprise.PersistentStoreMode.MEMORY,
            )
        )  # fmt: skip
        if not self._apprise.add(self._address) or len(self._apprise) != 1:
            raise target.address.at.error("this is not one address that apprise understands")
        self._seconds = target.timeout.total_seconds()
        self._render = render
        self._thread = OwnThread()

    async def send(self, alert: Alert, _body: bytes) -> Outcome:
        """One attempt; an attempt that hangs is left behind in its thread."""
        title, text = self._render(alert)
        try:
            async with asyncio.timeout(self._seconds):
                return await self._thread.run(lambda: self._notify(alert, title, text))
        except TimeoutError:
            return Outcome("later", f"no answer within {self._seconds:g} s")
        except Exception as error:  # noqa: BLE001 - a hundred services, each with its own
            return Outcome("later", masked(f"{type(error).__name__}: {error}", self._address))

    def _notify(self, alert: Alert, title: str, text: str) -> Outcome:
        # Without a timeout of apprise's: for that it takes threads that all targets would share.
        kind = "success" if alert.kind == "cancel" else _TYPES[alert.severity]
        result = self._apprise.notify(
            title=title, body=text, notify_type=kind, body_format="text",
            interpret_escapes=False, log_level=logging.WARNING,
        )  # fmt: skip
        if result:
            return Outcome("taken", "sent")
        lines = [entry.message for entry in result.logs()]
        return Outcome("later", masked(lines[-1] if lines else "not sent", self._address))

    async def close(self) -> None:
        """Nothing to let go."""


def _keep_to_itself() -> None:
    """Let no log line of apprise's or of its HTTP client's out: they quote addresses.

    What matters of them comes with each result.
    """
    own = logging.getLogger("apprise")
    own.propagate = False
    if not own.handlers:
        own.addHandler(logging.NullHandler())
    logging.getLogger("urllib3").setLevel(logging.CRITICAL)
