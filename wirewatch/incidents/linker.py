"""Links events to incidents. How it decides is described in docs/linking.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from wirewatch.incidents.case import Case, Heard, Store
from wirewatch.incidents.changes import changes
from wirewatch.incidents.expiry import Expiry
from wirewatch.incidents.grouping import Grouping, case_id
from wirewatch.incidents.node import node
from wirewatch.incidents.score import Scorer, Weights, shipped
from wirewatch.incidents.tell import tell
from wirewatch.model import Event, Incident

OPEN_FOR = timedelta(days=14)
"""An incident takes reports until this long after its last one."""
KEEP_FOR = timedelta(days=30)
"""After this long without a report an incident is forgotten altogether."""
MOST_HEARD = 200
"""Events kept of one incident: the newest."""


class Linker:
    """Keeps incidents in ``store`` and an index of the open ones' events in memory.

    The index is rebuilt from ``store`` when the linker is made (about a second for each 2,000
    events). Not safe for threads.
    """

    def __init__(
        self,
        store: Store,
        *,
        open_for: timedelta = OPEN_FOR,
        keep_for: timedelta = KEEP_FOR,
        weights: Weights | None = None,
    ) -> None:
        self._store = store
        self._scorer = Scorer(weights or shipped())
        self._grouping = Grouping(self._scorer)
        self._closing = Expiry(open_for)
        self._forgetting = Expiry(max(open_for, keep_for))
        self._home: dict[str, str] = {}
        self._forgotten: list[str] = []  # of the last call, so that it does not grow
        for case in sorted(store.items(), key=lambda case: case.id):
            self._remember(case)
            if not case.ended:
                self._reopen(case)

    def link(self, event: Event, now: datetime) -> tuple[Incident, ...]:
        """Take ``event`` in; give every incident whose record changed, each as it now stands.

        The same event again gives (). The time that counts is the event's own (when its article
        was fetched; ``now`` where that is unknown), so that a replay gives the same incidents and
        a clock that jumps ends none before its time.
        """
        seen = event.article.fetched_at or now
        self._forgotten.clear()
        ended = list(self._expire(min(seen, now)))
        before = self._heard(event.id)
        after = before.hear(event, seen) if before else Heard(event=event, seen=seen)
        told = self._take(after) if after != before else ()
        return (*ended, *told)

    @property
    def forgotten(self) -> tuple[str, ...]:
        """Ids of the published incidents that the last ``link`` forgot."""
        return tuple(self._forgotten)

    def why(self, incident: str) -> list[tuple[str, str, float, dict[str, float]]]:
        """Each event of an incident with its best match in it: event, match, probability, why."""
        return explain(self._store.get(incident), self._scorer)

    @property
    def open_events(self) -> int:
        """How many events the index holds."""
        return len(self._grouping.index.nodes)

    def _heard(self, event: str) -> Heard | None:
        case = self._store.get(self._home.get(event, ""))
        return next((one for one in case.heard if one.event.id == event), None) if case else None

    def _take(self, heard: Heard) -> Iterator[Incident]:
        event = heard.event.id
        home = self._home.get(event)
        case = self._store.get(home) if home else None
        if case:
            self._reopen(case)
        case_of = home or case_id(event)
        self._grouping.openers.setdefault(case_of, (heard.seen, event))
        mine = node(heard.event, case_of, heard.seen)
        touched = self._grouping.place(mine, fresh=home is None) | {case_of}
        if home is None and mine.case != case_of:
            del self._grouping.openers[case_of]  # it joined another: it opens nothing
        before = {case: kept for case in touched if (kept := self._store.get(case))}
        everything = {one.event.id: one for kept in before.values() for one in kept.heard}
        everything[event] = heard
        return self._retell(touched, before, everything.values())

    def _reopen(self, case: Case) -> None:
        """Put the events of a case into the index, those that are not there."""
        self._grouping.openers.setdefault(case.id, (case.opened, case.opener))
        for one in case.heard:
            if one.event.id not in self._grouping.index.nodes:
                self._grouping.enter(node(one.event, case.id, one.seen))

    def _retell(
        self, touched: set[str], before: dict[str, Case], heard: Iterable[Heard]
    ) -> Iterator[Incident]:
        """Tell the touched cases anew, keep them, and give those that are shown and changed."""
        parts: dict[str, list[Heard]] = {case: [] for case in touched}
        for one in heard:
            home = self._grouping.index.nodes[one.event.id].case
            self._home[one.event.id] = home
            parts[home].append(one)
        losers = {
            old.id: self._home[old.heard[0].event.id]
            for old in before.values()
            if old.heard and not parts[old.id]
        }
        standing = {case for case in touched if parts[case]}
        for case in sorted(standing):
            old = before.get(case)
            merged = set(old.incident.merged_from if old and old.shown else ()) - standing
            merged |= {loser for loser, home in losers.items()
                       if home == case and before[loser].shown}  # fmt: skip
            yield from self._update(case, old, parts[case], tuple(sorted(merged)))
        for loser, home in sorted(losers.items()):
            yield from self._merge_away(before[loser], home)

    def _update(
        self, case: str, old: Case | None, heard: list[Heard], merged: tuple[str, ...]
    ) -> Iterator[Incident]:
        heard = self._newest(heard)
        known = old.incident if old and old.shown else None
        told = replace(tell(case, heard), merged_from=merged)
        if known:
            told = replace(told, revision=known.revision, changed=known.changed)
        if told != known:
            revision = known.revision + 1 if known else 1
            told = replace(told, revision=revision, changed=changes(known, told))
        opened, opener = self._grouping.openers[case]
        shown = bool(known) or told.when == "current"
        self._keep(Case(id=case, opener=opener, opened=opened, incident=told, heard=tuple(heard),
                        shown=shown))  # fmt: skip
        if shown and told != known:
            yield told

    def _newest(self, heard: list[Heard]) -> list[Heard]:
        """In the order of arrival, at most as many as are kept; the index forgets the others."""
        ranked = sorted(heard, key=lambda one: (one.seen, one.event.id))
        for one in ranked[:-MOST_HEARD]:
            self._grouping.index.remove(one.event.id)
            self._home.pop(one.event.id, None)
        return ranked[-MOST_HEARD:]

    def _merge_away(self, old: Case, home: str) -> Iterator[Incident]:
        """End a case whose events are now told elsewhere; one that was never shown just goes."""
        self._closing.forget(old.id)
        if not old.shown:
            self._forget(old.id)
            return
        incident = replace(old.incident, closed=True, merged_into=home)
        incident = replace(incident, revision=incident.revision + 1,
                           changed=changes(old.incident, incident))  # fmt: skip
        self._store.put(replace(old, incident=incident, heard=()))
        yield incident

    def _keep(self, case: Case) -> None:
        self._store.put(case)
        self._remember(case)

    def _remember(self, case: Case) -> None:
        last = case.incident.last_seen
        self._home.update((one.event.id, case.id) for one in case.heard)
        self._forgetting.touch(case.id, last)
        if case.heard:
            self._closing.touch(case.id, last)

    def _expire(self, now: datetime) -> Iterator[Incident]:
        for due in self._closing.due(now):
            case = self._store.get(due)
            if case is None or case.ended:
                continue
            for one in case.heard:
                self._grouping.index.remove(one.event.id)
            was = case.incident
            incident = replace(was, closed=True, revision=was.revision + 1, changed=("closed",))
            self._store.put(replace(case, incident=incident, ended=True))
            if case.shown and not was.closed:
                yield incident
        for due in self._forgetting.due(now):
            case = self._store.get(due)
            if case is not None and case.shown:
                self._forgotten.append(due)
            self._forget(due)

    def _forget(self, case: str) -> None:
        kept = self._store.get(case)
        for one in kept.heard if kept else ():
            if self._home.get(one.event.id) == case:
                del self._home[one.event.id]
                self._grouping.index.remove(one.event.id)
        self._store.delete(case)
        self._forgetting.forget(case)
        self._grouping.openers.pop(case, None)


def explain(case: Case | None, scorer: Scorer) -> list[tuple[str, str, float, dict[str, float]]]:
    """Each event of a case with its best match in it: event, match, probability, why."""
    nodes = [node(one.event, case.id, one.seen) for one in case.heard] if case else []
    found = []
    for one in nodes:
        others = [other for other in nodes if other.event != one.event]
        if others:
            best = max(others, key=lambda other: (scorer.probability(one, other), other.event))
            chance = scorer.probability(one, best)
            found.append((one.event, best.event, chance, scorer.why(one, best)))
    return found
