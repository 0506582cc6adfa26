"""The actor lexicon: names with country, role and years, and words for kinds of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from wirewatch.extraction.lexicons.phrases import PhraseTable

_LEXICONS = Path(__file__).parents[1] / "lexicons"
FILE = _LEXICONS / "actors.npz"
AGENTS_FILE = _LEXICONS / "agents.tsv"
ROLES = (
    *(
        "GOV",
        "MIL",
        "REB",
        "COP",
        "CVL",
        "OPP",
        "SPY",
        "JUD",
        "IGO",
        "NGO",
        "MED",
        "UAF",
        "CRM",
        "LEG",
    ),
    *(
        "REF",
        "HLH",
        "EDU",
        "BUS",
        "LAB",
        "REL",
        "PTY",
        "AGR",
        "MNC",
        "NGM",
        "HRI",
        "DEV",
        "ENV",
        "RAD",
    ),
)
"""CAMEO's codes of roles, as far as the reader gives them."""
ALWAYS = 10**6
"""Last day of a code without an end, as an ordinal."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the lexicon says of a name on a day."""

    name: str
    country: str | None
    role: str | None


class Lexicon:
    """Read-only; one a process (``load``)."""

    def __init__(self, path: Path = FILE, agents: Path = AGENTS_FILE) -> None:
        with np.load(path) as data:
            self._table = PhraseTable(data["gaps"], data["rows"])
            self._country, self._role = data["country"], data["role"]
            self._first, self._last = data["first"], data["last"]
            self._name = data["name"]
            self._countries: list[str] = data["countries"].tolist()
            self._names: bytes = data["names"].tobytes()
            self._ends = np.cumsum(data["lengths"].astype(np.uint32))
        lines = agents.read_text(encoding="utf-8").splitlines()
        self.agents: dict[tuple[str, ...], str] = {
            tuple(phrase.split()): role for phrase, role in (line.split("\t") for line in lines)
        }
        """Role of each kind of people, by its words in lower case."""
        self.longest: dict[str, int] = {}
        """Most words of the phrases that begin with a word."""
        for phrase in self.agents:
            self.longest[phrase[0]] = max(self.longest.get(phrase[0], 0), len(phrase))

    def find(self, keys: Sequence[str]) -> list[list[int]]:
        """Rows for each key (see ``phrases.letters``)."""
        return self._table.find(keys)

    def known(self, rows: Sequence[int], day: date | None) -> Known:
        """What holds on ``day``; without one, or out of all terms, what the last row says."""
        number = day.toordinal() if day else -1
        chosen = rows[0] if int(self._last[rows[0]]) == ALWAYS else rows[-1]
        for row in rows:
            if int(self._first[row]) <= number <= int(self._last[row]):
                chosen = row
                break
        return Known(
            name=self._text(int(self._name[chosen])),
            country=self._countries[int(self._country[chosen])] or None,
            role=ROLES[int(self._role[chosen])],
        )

    def _text(self, index: int) -> str:
        start = int(self._ends[index - 1]) if index else 0
        return self._names[start : int(self._ends[index])].decode()


@cache
def load() -> Lexicon:
    """The shipped lexicon; read once a process, in about 50 ms."""
    return Lexicon()
