"""A folder for each worker on a machine: RocksDB lets one process in, so workers must not share."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from wirewatch.errors import WirewatchError

MOST_WORKERS = 256
"""Workers that can share one data folder."""
STALE_SECONDS = 24 * 3600
"""A store unused for longer is rebuilt from its changelog: tombstones it missed may be gone."""


@dataclass
class Slot:
    """A worker's place: the lowest free number, so that a restart finds its own tables again."""

    folder: Path
    name: str
    """Lasting name of the worker, from host, data folder and number."""
    _lock: IO[bytes]

    def release(self) -> None:
        """Give the place up."""
        self.touch()
        self._lock.close()

    def touch(self) -> None:
        """Note that the tables are in use: a store that was away long is rebuilt."""
        (self.folder / "used").write_text(str(time.time()), encoding="ascii")


def claim_slot(data_dir: Path, name: str | None = None) -> Slot:
    """Take the lowest free place under ``data_dir``; raises WirewatchError if there is none."""
    for number in range(MOST_WORKERS):
        folder = data_dir / "workers" / str(number)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = (folder / "lock").open("ab")
        except OSError as error:
            raise WirewatchError(f"cannot use {folder} for the worker's tables: {error}") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            continue
        _drop_if_stale(folder)
        slot = Slot(folder, name or _lasting_name(data_dir, number), lock)
        slot.touch()
        return slot
    raise WirewatchError(f"{MOST_WORKERS} workers share {data_dir} already")


def _drop_if_stale(folder: Path) -> None:
    used = folder / "used"
    try:
        age = time.time() - float(used.read_text(encoding="ascii"))
    except (OSError, ValueError):
        age = 0 if not any(folder.glob("*/")) else STALE_SECONDS + 1
    if age > STALE_SECONDS:
        for table in folder.glob("*/"):
            shutil.rmtree(table)


def _lasting_name(data_dir: Path, number: int) -> str:
    place = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:8]
    return f"{socket.gethostname()}-{place}-{number}"
