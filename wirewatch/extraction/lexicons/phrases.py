"""Phrases found by hash: hundreds of thousands of names in a few megabytes, loaded in milliseconds.

A name is stored as a 40-bit hash of its letters, so the table needs no strings. With 500,000 names
a wrong hit comes once in two million look-ups, which other checks then still have to let through.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

HASH_BYTES = 5
Hashes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.uint32]

_FOLD = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss",
                       "þ": "th", "ð": "d", "ə": "e"})  # fmt: skip


@lru_cache(maxsize=16_384)
def letters(text: str) -> str:
    """``text`` without case, accents, spaces and punctuation: "Al-Qa'im" and "al Qaim" are one.

    Cut at 60 letters, so that what comes from a feed costs no more than a name.
    """
    flat = unicodedata.normalize("NFKD", text[:60].casefold().translate(_FOLD))
    return "".join([char for char in flat if char.isalnum()])


@lru_cache(maxsize=16_384)
def phrase_hash(key: str) -> int:
    """Hash of a phrase whose words went through ``letters`` and were joined without spaces."""
    digest = hashlib.blake2b(key.encode("utf-8", "ignore"), digest_size=HASH_BYTES).digest()
    return int.from_bytes(digest, "big")


class PhraseTable:
    """From a phrase's hash to the rows that bear it, in the order in which they were stored."""

    def __init__(self, gaps: npt.NDArray[np.uint32], rows: Rows) -> None:
        """``gaps``: differences of the sorted hashes; ``rows``: one row number a hash."""
        self._hashes: Hashes = np.cumsum(gaps.astype(np.uint64))
        self._rows = rows

    def find(self, keys: Sequence[str]) -> list[list[int]]:
        """Rows of each key; an unknown key has none. One pass for all keys."""
        wanted = np.fromiter(map(phrase_hash, keys), dtype=np.uint64, count=len(keys))
        first = np.searchsorted(self._hashes, wanted, side="left")
        last = np.searchsorted(self._hashes, wanted, side="right")
        hits = np.flatnonzero(last > first)
        found: list[list[int]] = [[] for _ in keys]
        for hit in hits.tolist():
            found[hit] = self._rows[first[hit] : last[hit]].tolist()
        return found

    @staticmethod
    def pack(entries: Iterable[tuple[str, int]]) -> tuple[npt.NDArray[np.uint32], Rows]:
        """Arrays for ``__init__`` from (key, row), rows of one key kept in order."""
        pairs = sorted(
            ((phrase_hash(key), number, row) for number, (key, row) in enumerate(entries))
        )
        hashes = np.array([pair[0] for pair in pairs], dtype=np.uint64)
        gaps = np.diff(hashes, prepend=np.uint64(0))
        assert gaps.max(initial=0) < 2**32, "too few phrases for 32-bit gaps"
        return gaps.astype(np.uint32), np.array([pair[2] for pair in pairs], dtype=np.uint32)
