"""MinHash of an article's word shingles: copies of one wire report have like signatures."""

from __future__ import annotations

import re

import numpy as np
from datasketch import MinHash

from wirewatch.identity import stable_id

PERMUTATIONS = 64
SHINGLE = 4
"""Words a shingle: long enough that two reports of one event do not share many by chance."""
MAX_WORDS = 2_000
"""A wire report is shorter; the time is bounded."""
SEED = 1
_WORD = re.compile(r"\w+")


def signature(text: str) -> str:
    """Hexadecimal MinHash (64 times 32 bits, 512 digits); "" for a text without words.

    Two signatures' share of equal 8-digit groups estimates the Jaccard similarity of the texts.
    """
    words = _WORD.findall(text.lower())[:MAX_WORDS]
    if not words:
        return ""
    count = max(1, len(words) - SHINGLE + 1)
    shingles = sorted({" ".join(words[i : i + SHINGLE]) for i in range(count)})
    sketch = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=_hash)
    sketch.update_batch(shingles)
    return np.asarray(sketch.hashvalues, dtype=">u4").tobytes().hex()


def _hash(shingle: str) -> int:
    return int(stable_id(shingle)[:8], 16)
