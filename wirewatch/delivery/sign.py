"""Signatures of webhook requests, as https://www.standardwebhooks.com says (version 1)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from datetime import datetime

_PREFIX = "whsec_"
SHORTEST = 16
"""Bytes of a key; 24 to 64 are advised."""


def key_of(secret: str) -> bytes:
    """The key in ``secret``: base64 after ``whsec_``, else its own UTF-8 bytes.

    Raises ValueError, which says nothing of the secret, if it is too short or not base64.
    """
    if secret.startswith(_PREFIX):
        try:
            key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            raise ValueError(f"what follows {_PREFIX} is not base64") from None
    else:
        key = secret.encode()
    if len(key) < SHORTEST:
        raise ValueError(f"it is shorter than {SHORTEST} bytes")
    return key


def signed_headers(key: bytes, identity: str, body: bytes, now: datetime) -> dict[str, str]:
    """Headers by which a receiver knows sender, time and repeats.

    ``identity`` is the alert's id: the same at each attempt, so a receiver can drop repeats. The
    time is of the attempt, so a receiver can refuse what is replayed.
    """
    stamp = str(int(now.timestamp()))
    digest = hmac.new(key, f"{identity}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": identity,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
        "idempotency-key": f'"{identity}"',
    }
