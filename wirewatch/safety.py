"""Feed content is hostile: what may reach a terminal, a log or a record passes through here."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Also soft hyphens, which part words for a reader, and tags, with which text can be hidden."""
_SPACE = re.compile(r"\s+")


def printable(text: str) -> str:
    """``text`` without control, direction-changing, invisible and surrogate characters.

    Tab and newline stay.
    """
    return _CONTROL.sub("", text)


def same_length(text: str) -> str:
    """``text`` with each character that :func:`printable` drops shown as U+FFFD.

    Offsets into ``text`` stay valid.
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str, limit: int = 300) -> str:
    """``text`` on one line, printable, at most ``limit`` characters ("…" marks a cut)."""
    flat = _SPACE.sub(" ", printable(text)).strip()
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
