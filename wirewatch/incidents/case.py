"""What the linker keeps of an incident: the events behind it, and the incident as last told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

import msgspec

from wirewatch.model import Event, Incident, Record

MOST_FORMER = 8


class Heard(Record, frozen=True, kw_only=True):
    """One event as its article's newest revision tells it, and when that was first fetched."""

    event: Event
    seen: datetime
    former: tuple[Event, ...] = ()
    """What older revisions told, oldest first: their claims are kept as retracted ones."""

    def hear(self, event: Event, seen: datetime) -> Heard:
        """With another version of the same event; the order of versions does not matter."""
        versions = {_version(one): one for one in (*self.former, self.event, event)}
        *former, newest = (versions[key] for key in sorted(versions))
        return Heard(event=newest, seen=min(seen, self.seen), former=tuple(former[-MOST_FORMER:]))


def _version(event: Event) -> tuple[int, bool, bytes]:
    return (event.article.revision, event.retracted, msgspec.json.encode(event))


class Case(Record, frozen=True, kw_only=True):
    """An incident with its events. ``opener``, seen at ``opened``, gave it its id.

    ``shown`` says that the incident was published once: from then on its end is published too.
    ``ended``: no report came for so long that it takes no more.
    """

    id: str
    opener: str
    opened: datetime
    incident: Incident
    heard: tuple[Heard, ...] = ()
    shown: bool = False
    ended: bool = False


class Store(Protocol):
    """Where cases are kept: a dictionary, or a table that survives the process."""

    def get(self, key: str, /) -> Case | None:
        """The case of this id, or None."""
        ...

    def put(self, case: Case, /) -> None:
        """Keep ``case`` under its id in place of what was there."""
        ...

    def delete(self, key: str, /) -> None:
        """Forget the case of this id; nothing happens when there is none."""
        ...

    def items(self) -> Iterable[Case]:
        """All cases, in any order."""
        ...


class MemoryStore:
    """Cases in a dictionary."""

    def __init__(self) -> None:
        self._cases: dict[str, Case] = {}

    def get(self, key: str, /) -> Case | None:
        """The case of this id, or None."""
        return self._cases.get(key)

    def put(self, case: Case, /) -> None:
        """Keep ``case`` under its id in place of what was there."""
        self._cases[case.id] = case

    def delete(self, key: str, /) -> None:
        """Forget the case of this id."""
        self._cases.pop(key, None)

    def items(self) -> Iterable[Case]:
        """All cases."""
        return tuple(self._cases.values())
