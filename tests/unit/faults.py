"""What every fault in a file of rules or targets must tell."""

from __future__ import annotations

from collections.abc import Iterable


def assert_told(error: BaseException, line: int, words: Iterable[str]) -> None:
    """In one line: the file and its line, and all ``words``: the key and what is allowed."""
    message = str(error)
    assert message.startswith(f"my.yaml, line {line}:")
    assert "\n" not in message
    for word in words:
        assert word in message
