"""Events a second a core through linking and alert decisions, with many incidents open.

    python benchmarks/bench_link.py [--open 50000] [--events 5000]

Opens that many incidents in invented places over two weeks and 60 countries, then measures events
of which half report open incidents and half open new ones, each decided on by the shipped rules.
Time is this process's processor time; memory is its greatest resident size.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wirewatch.fingerprint import signature, terms
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.model import ArticleRef, Claim, DateSpan, Event, Evidence, Place
from wirewatch.rules import AlertState, decide, load

RULES = Path(__file__).parents[1] / "config/rules.yaml"
START = datetime(2031, 3, 1, tzinfo=UTC)
COUNTRIES = [f"{a}{b}" for a in "ABCDEFGHIJ" for b in "KLMNOP"]
SYLLABLES = ["ka", "lo", "min", "ter", "vas", "ru", "bel", "da", "gor", "sin", "pel", "tu", "ne"]


def name(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(3, 4))).title()


def happening(rng: random.Random, number: int) -> dict[str, object]:
    """What an invented attack is made of."""
    return {
        "number": number,
        "country": rng.choice(COUNTRIES),
        "city": rng.randrange(200),
        "names": [name(rng) for _ in range(12)],
        "day": START + timedelta(days=rng.randrange(13)),
        "killed": rng.randint(1, 40),
    }


def event(rng: random.Random, what: dict[str, object], number: int, now: datetime) -> Event:
    """One report of it: some of its names, its place, its day and a toll."""
    names = rng.sample(what["names"], 8)  # type: ignore[arg-type]
    city = f"{what['country']}{what['city']}ville"
    title = f"Blast in {city} near {names[0]} kills {what['killed']}"
    text = f"A blast hit {city}, said {', '.join(names)} on the day after it. " * 3
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
                    lat=what["city"] % 20 * 2.0, lon=what["city"] // 20 * 2.0),  # type: ignore[operator]
        date=DateSpan(start=day, end=day, precision="day"),
        claims=(Claim(id=f"claim {number}", kind="killed", value=killed, low=killed, high=None,
                      modifier="at_least",
                      evidence=Evidence(start=0, end=9, quote=f"kills {killed}")),),
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=50_000)
    parser.add_argument("--events", type=int, default=5_000)
    given = parser.parse_args()
    rng = random.Random(7)
    happenings = [happening(rng, number) for number in range(given.open + given.events)]
    now = START + timedelta(days=13)
    first = [event(rng, happenings[number], number, now) for number in range(given.open)]
    linker, rules = Linker(MemoryStore()), load(RULES)
    began = time.process_time()
    for one in first:
        linker.link(one, now)
    took = time.process_time() - began
    print(f"opened {given.open:,} incidents: {given.open / took:,.0f} events/s")

    events = [
        event(rng, happenings[rng.randrange(given.open) if number % 2 else given.open + number],
              given.open + number, now)
        for number in range(given.events)
    ]  # fmt: skip
    states: dict[str, AlertState] = {}
    alerts, slowest = 0, 0.0
    began = time.process_time()
    for one in events:
        start = time.process_time()
        for incident in linker.link(one, now):
            decision = decide(rules, incident, states.get(incident.id), now)
            states[incident.id] = decision.state
            alerts += len(decision.alerts)
        slowest = max(slowest, time.process_time() - start)
    took = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"link and decide: {given.events / took:,.0f} events/s a core, {alerts:,} alerts")
    print(f"slowest event {slowest * 1000:.1f} ms, memory {memory:,.0f} MB, "
          f"{linker.open_events:,} events in the index")  # fmt: skip


if __name__ == "__main__":
    main()
