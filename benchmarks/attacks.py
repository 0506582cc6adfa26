"""Invented attacks and reports of them, for the benchmarks of linking: the same in each run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import msgspec

from wirewatch.fingerprint import signature, terms
from wirewatch.model import ArticleRef, Claim, DateSpan, Event, Evidence, Place

NOW = datetime.combine(datetime.now(UTC), time(), UTC)
"""When all reports were fetched: a worker takes today's news for news."""
START = NOW - timedelta(days=13)
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


def event(rng: random.Random, what: dict[str, object], number: int) -> Event:
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
            title=title, published=NOW, fetched_at=NOW, signature=signature(f"{text} {number}"),
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


def opening(rng: random.Random, count: int) -> Iterator[bytes]:
    """One report of each of so many attacks."""
    return (_told(rng, number, number) for number in range(count))


def later(rng: random.Random, open_: int, count: int) -> Iterator[bytes]:
    """So many reports after ``open_`` attacks: half of one of these, half of a new one."""
    for number in range(open_, open_ + count):
        yield _told(rng, rng.randrange(open_) if number % 2 else number, number)


def _told(rng: random.Random, what: int, number: int) -> bytes:
    return msgspec.json.encode(event(rng, happening(what), number))
