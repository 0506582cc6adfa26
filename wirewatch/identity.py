"""Deterministic ids: the same thing has the same id on every machine, in every run."""

from __future__ import annotations

import hashlib

ID_LENGTH = 24
"""Hexadecimal digits: 96 bits, no collision to be expected below 10^13 records."""


def stable_id(*parts: object) -> str:
    """Hash of ``parts`` in their order; None and the empty string differ."""
    digest = hashlib.sha256()
    for part in parts:
        data = b"\x00" if part is None else str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data + (b"n" if part is None else b"s"))
    return digest.hexdigest()[:ID_LENGTH]
