"""Events a second a core through linking and alert decisions, with many incidents open.

    python benchmarks/bench_link.py [--open 52000] [--events 5000]

Opens that many incidents in invented places over two weeks and 60 countries, then measures events
of which half report open incidents and half open new ones, each decided on by the shipped rules.
Records and state are bytes, as on topics and in tables: what is not measured here is Kafka and its
clients. Time is this process's processor time; memory is its greatest resident size.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import attacks
import msgspec

from wirewatch.incidents import Case, Linker
from wirewatch.model import Event, Incident
from wirewatch.rules import AlertState, RuleSet, decide, load

WANTED = 500
RULES = Path(__file__).parents[1] / "config/rules.yaml"


class Table:
    """The linker's store, bytes by key as in the worker's table."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str, /) -> Case | None:
        """The case of this id, or None."""
        value = self.kept.get(key)
        return msgspec.json.decode(value, type=Case) if value else None

    def put(self, case: Case, /) -> None:
        """Keep ``case``."""
        self.kept[case.id] = msgspec.json.encode(case)

    def delete(self, key: str, /) -> None:
        """Forget it."""
        self.kept.pop(key, None)

    def items(self) -> Iterator[Case]:
        """All cases."""
        return (msgspec.json.decode(value, type=Case) for value in self.kept.values())


class Pipeline:
    """Both stages: an event's bytes in, alerts' bytes out."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self.table = Table()
        self.linker = Linker(self.table)
        self.spoken: dict[str, bytes] = {}

    def take(self, value: bytes, now: datetime) -> list[bytes]:
        """Link one event, decide on what it changed."""
        changed = self.linker.link(msgspec.json.decode(value, type=Event), now)
        records = [msgspec.json.encode(incident) for incident in changed]
        return [alert for record in records for alert in self._decide(record, now)]

    def _decide(self, record: bytes, now: datetime) -> list[bytes]:
        incident = msgspec.json.decode(record, type=Incident)
        kept = self.spoken.get(incident.id)
        before = msgspec.json.decode(kept, type=AlertState) if kept else None
        decision = decide(self._rules, incident, before, now)
        if decision.state != before and (before or decision.state.rules):
            self.spoken[incident.id] = msgspec.json.encode(decision.state)
        return [msgspec.json.encode(alert) for alert in decision.alerts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=52_000)
    parser.add_argument("--events", type=int, default=5_000)
    given = parser.parse_args()
    rng = random.Random(7)
    now = attacks.NOW
    pipeline = Pipeline(load(RULES))
    opening = 0.0
    for one in attacks.opening(rng, given.open):
        began = time.process_time()
        pipeline.take(one, now)
        opening += time.process_time() - began
    cases = sum(not case.incident.merged_into for case in pipeline.table.items())
    print(f"{cases:,} incidents opened by {given.open:,} events: "
          f"{given.open / opening:,.0f} events/s a core")  # fmt: skip

    seconds, alerts = [], 0
    for one in list(attacks.later(rng, given.open, given.events)):
        began = time.process_time()
        alerts += len(pipeline.take(one, now))
        seconds.append(time.process_time() - began)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stored = sum(map(len, pipeline.table.kept.values())) / 1024**2
    rate = given.events / sum(seconds)
    print(f"link and decide: {rate:,.0f} events/s a core (promised {WANTED}), {alerts:,} alerts")
    print(
        f"median {statistics.median(seconds) * 1000:.1f} ms, slowest {max(seconds) * 1000:.0f} ms"
    )
    print(f"memory {memory:,.0f} MB, of which {stored:,.0f} MB are what a worker keeps on disk; "
          f"{pipeline.linker.open_events:,} events in the index")  # fmt: skip
    sys.exit(rate < WANTED)


if __name__ == "__main__":
    main()
