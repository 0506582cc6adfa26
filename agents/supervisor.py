"""A worker as a child process that is started again when it faults: for ``up`` and the demo."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from pydantic import SecretStr

from wirewatch.config.settings import PREFIX, Settings
from wirewatch.errors import WirewatchError

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
STOP_SECONDS = 35.0
"""A worker stops within 30 s of being told to; after this it is killed."""
GIVE_UP_AFTER = 3
"""A worker that has never been well is not started more often: a file or a setting is wrong."""
WELL_SECONDS = 30.0
"""A life longer than this was a good one."""


class Supervisor:
    """Keeps ``wirewatch worker`` running with ``settings`` until it is told to stop."""

    def __init__(self, settings: Settings, log: Path, stages: Iterable[str] = ()) -> None:
        self._command = [sys.executable, "-m", "wirewatch", "worker", "--stop-with-parent"]
        for stage in stages:
            self._command += ["--only", stage]
        self._environ = {**os.environ, **settings_environ(settings)}
        self.log = log
        self._child: asyncio.subprocess.Process | None = None
        self._stopping = False

    async def run(self) -> None:
        """Run the worker, for ever; raise WirewatchError if it will not stay up."""
        short_lives, ever_well = 0, False
        while not self._stopping:
            begun = asyncio.get_running_loop().time()
            code = await self._live()
            if self._stopping:
                return
            lived = asyncio.get_running_loop().time() - begun
            ever_well = ever_well or lived >= WELL_SECONDS
            short_lives = short_lives + 1 if lived < WELL_SECONDS else 0
            if short_lives >= GIVE_UP_AFTER and not ever_well:
                raise WirewatchError(f"the worker does not stay up (exit code {code}): "
                                     f"{self.last_words()}")  # fmt: skip
            await asyncio.sleep(min(FIRST_PAUSE_SECONDS * 2**short_lives, LONGEST_PAUSE_SECONDS))

    async def stop(self) -> None:
        """Tell the worker to drain and leave; kill it after 35 s."""
        self._stopping = True
        child = self._child
        if child is None or child.returncode is not None:
            return
        child.terminate()
        try:
            await asyncio.wait_for(child.wait(), STOP_SECONDS)
        except TimeoutError:
            child.kill()
            await child.wait()

    def last_words(self) -> str:
        """The last line of the worker's log."""
        try:
            lines = self.log.read_text("utf-8", "replace").splitlines()
        except OSError:
            return ""
        return next((line for line in reversed(lines) if line.strip()), "")[:500]

    async def _live(self) -> int:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C reaches the parent, which stops the worker first.
            self._child = await asyncio.create_subprocess_exec(
                *self._command, env=self._environ, start_new_session=True,
                stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        return await self._child.wait()


def settings_environ(settings: Settings) -> dict[str, str]:
    """The variables that give another process the same settings."""
    return {
        PREFIX + name.upper(): _text(getattr(settings, name))
        for name in sorted(settings.model_fields_set)
        if getattr(settings, name) is not None
    }


def _text(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
