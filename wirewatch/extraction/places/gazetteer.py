"""The gazetteer: 170,000 towns, regions and countries, found by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from wirewatch.extraction.lexicons.phrases import PhraseTable

FILE = Path(__file__).parents[1] / "lexicons" / "gazetteer.npz"
COUNTRY, REGION, DISTRICT, CITY, NOWHERE = range(5)
"""Kinds; NOWHERE names hold a place's name and are none ("Indian Ocean", "Bank of England")."""
DEMONYM, CAPITAL, COMMON, PERSON, ABBREVIATION = 1, 2, 4, 8, 16
"""Flags: the name is of the people, the town a capital, the name also a word, also a person's, or
short for a state ("Pa.")."""
LAT_SCALE, LON_SCALE = 360, 180
"""Degrees as 16-bit numbers: exact to 600 metres."""
POPULATION_SCALE = 25
"""Populations as one byte: the logarithm to base 10, in twenty-fifths."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer."""

    row: int
    name: str
    country: str
    lat: float
    lon: float
    kind: int
    flags: int
    size: float
    """Logarithm of the number of inhabitants, to base 10."""
    geonameid: int | None
    admin: str
    """State code, for the United States only."""


class Gazetteer:
    """Read-only; one a process (``load``)."""

    def __init__(self, path: Path = FILE) -> None:
        with np.load(path) as data:
            self._table = PhraseTable(data["gaps"], data["rows"])
            self._columns: dict[str, npt.NDArray[np.generic]] = {
                name: data[name]
                for name in (
                    "country",
                    "admin",
                    "lat",
                    "lon",
                    "kind",
                    "flags",
                    "population",
                    "geonameid",
                )
            }
            self._codes: list[str] = data["codes"].tolist()
            self._admins: list[str] = data["admins"].tolist()
            self._names = data["names"].tobytes()
            self._ends = np.cumsum(data["lengths"].astype(np.uint32))
        self._capitals = self._capital_rows()
        self.entry = lru_cache(maxsize=8192)(self._entry)

    def find(self, keys: Sequence[str]) -> list[list[int]]:
        """Rows for each key (see ``phrases.letters``), the greatest place first."""
        return self._table.find(keys)

    def _entry(self, row: int) -> Entry:
        """One row, decoded."""
        column = {name: values[row].item() for name, values in self._columns.items()}
        start = int(self._ends[row - 1]) if row else 0
        return Entry(
            row=row,
            name=self._names[start : int(self._ends[row])].decode(),
            country=self._codes[column["country"]],
            lat=round(column["lat"] / LAT_SCALE, 3),
            lon=round(column["lon"] / LON_SCALE, 3),
            kind=column["kind"],
            flags=column["flags"],
            size=column["population"] / POPULATION_SCALE,
            geonameid=column["geonameid"] or None,
            admin=self._admins[column["admin"]],
        )

    def capital(self, country: str) -> Entry | None:
        """The capital of a country, for "the Afghan capital"."""
        row = self._capitals.get(country)
        return None if row is None else self.entry(row)

    def _capital_rows(self) -> dict[str, int]:
        rows = np.flatnonzero(self._columns["flags"].astype(np.uint8) & CAPITAL)
        countries = self._columns["country"]
        return {self._codes[int(countries[row])]: int(row) for row in rows.tolist()[::-1]}


@cache
def load() -> Gazetteer:
    """The shipped gazetteer; read once a process, under half a second."""
    return Gazetteer()
