"""Whose fault a failure is: the record's, which becomes a dead letter, or ours, which ends us."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aiokafka.errors import MessageSizeTooLargeError

from wirewatch.safety import one_line
from wirewatch.streams.codecs import DecodeError


class RecordError(Exception):
    """The record is at fault, not the system: dead-letter it. ``kind`` names the first cause."""

    def __init__(self, reason: str, kind: str = "RecordError") -> None:
        super().__init__(reason)
        self.kind = kind


@contextmanager
def blamed_on_record() -> Iterator[None]:
    """Run pure code on one record: whatever it raises is the record's fault."""
    try:
        yield
    except (RecordError, DecodeError):
        raise
    except Exception as error:
        raise RecordError(str(error), type(error).__name__) from error


@contextmanager
def size_blamed_on_record() -> Iterator[None]:
    """Begin a send: what it leads to being too large for Kafka is the record's fault."""
    try:
        yield
    except MessageSizeTooLargeError as error:
        raise too_large(str(error)) from error


def too_large(what: str) -> RecordError:
    """The fault of a record that leads to more than Kafka takes."""
    return RecordError(
        f"what it leads to is too large: {one_line(what)}", MessageSizeTooLargeError.__name__
    )
