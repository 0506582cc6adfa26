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
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from wirewatch.fingerprint import signature, terms
from wirewatch.incidents import Case, Linker
from wirewatch.model import ArticleRef, Claim, DateSpan, Event, Evidence, Incident, Place
from wirewatch.rules import AlertState, RuleSet, decide, load

WANTED = 500
RULES = Path(__file__).parents[1] / "config/rules.yaml"
START = datetime(2031, 3, 1, tzinfo=UTC)
COUNTRIES = [f"{a}{b}" for a in "ABCDEFGHIJ" for b in "KLMNOP"]
CITIES = 1000
"""In each country: enough that few of the incidents share city and day, as these may be merged."""
SYLLABLES = ["ka", "lo", "min", "ter", "vas", "ru", "bel", "da", "gor", "sin", "pel", "tu", "ne"]


def name(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(4, 6))).title()


def happening(number: int) -> dict[str, object]:
    """What an invented attack is made of: always the same for one number."""
    rng = random.Random(number)
    return {
        "number": number,
        "country": rng.choice(COUNTRIES),
        "city": rng.randrange(CITIES),
        "names": [name(rng) for _ in range(12)],
        "day": START + timedelta(days=rng.randrange(13)),
        "killed": rng.randint(1, 40),
    }


def event(rng: random.Random, what: dict[str, object], number: int, now: datetime) -> Event:
    """One report of it: some of its names, its place, its day and a toll."""
    names = rng.sample(what["names"], 8)  # type: ignore[arg-type]
    city = f"{what['country']}{what['city']}ville"
    title = f"{' '.join(names[:3])}: {what['killed']} dead in {city}"
    text = f"{' '.join(names[:4])} in {city}, said {', '.join(names[4:])}. "
    day = what["day"].date().isoformat()  # type: ignore[attr-defined]
    killed = what["killed"] + rng.randint(0, 2)  # type: ignore[operator]
    return Event(
        id=f"event {number}",
        article=ArticleRef(
            id=f"article {number}", revision=1, url=None, publisher=f"p{rng.randrange(500)}",
            title=title, published=now, fetched_at=now, signature=signature(f"{text} {number}"),
            terms=terms(title, text),
        ),
        type="attack", when="current", status="happened",
        evidence=Evidence(start=0, end=len(title), quote=title),
        place=Place(text=city, name=city, country=str(what["country"]), precision="city",
                    lat=what["city"] % 40 * 2.0, lon=what["city"] // 40 * 2.0),  # type: ignore[operator]
        date=DateSpan(start=day, end=day, precision="day"),
        claims=(Claim(id=f"claim {number}", kind="killed", value=killed, low=killed, high=None,
                      modifier="at_least",
                      evidence=Evidence(start=0, end=9, quote=f"kills {killed}")),),
    )  # fmt: skip


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
    now = START + timedelta(days=13)

    def told(what: int, number: int) -> bytes:
        return msgspec.json.encode(event(rng, happening(what), number, now))

    pipeline = Pipeline(load(RULES))
    opening = 0.0
    for number in range(given.open):
        one = told(number, number)
        began = time.process_time()
        pipeline.take(one, now)
        opening += time.process_time() - began
    cases = sum(not case.incident.merged_into for case in pipeline.table.items())
    print(f"{cases:,} incidents opened by {given.open:,} events: "
          f"{given.open / opening:,.0f} events/s a core")  # fmt: skip

    later = range(given.open, given.open + given.events)
    events = [told(rng.randrange(given.open) if n % 2 else n, n) for n in later]
    seconds, alerts = [], 0
    for one in events:
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
