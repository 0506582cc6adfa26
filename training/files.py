"""Where the corpora lie, and their lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "shared" / "data"


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file of JSON lines; empty lines are passed over."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
