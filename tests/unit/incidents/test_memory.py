"""What the linker keeps does not grow with the weeks: incidents open, gather reports, and end."""

from __future__ import annotations

import pickle
import random
from datetime import timedelta

from msgspec.structs import replace

from tests.unit.incidents.build import KABUL, START, claim, event
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.model import Event

A_DAY = 6
"""Incidents that open on each day."""
WORDS = [f"{a}{b}" for a in ("amber", "birch", "cedar", "dove", "elm", "fern", "gull", "hazel")
         for b in ("gate", "row", "well", "mere", "ford")]  # fmt: skip


def reports(dice: random.Random, day: int) -> list[Event]:
    """What is told on one day: several incidents, each by one to four publishers, some edited."""
    told: list[Event] = []
    for number in range(A_DAY):
        words, killed = " ".join(dice.sample(WORDS, 6)), dice.randint(1, 30)
        town = dice.randrange(200)
        place = replace(
            KABUL, text=f"Town {town}", name=f"Town {town}", geonameid=1000 + town,
            lat=10.0 + town / 4,
        )  # fmt: skip
        told += [
            event(
                f"{day}-{number}-{report}", 24 * day + report, claim("killed", killed), place=place,
                date=(START + timedelta(days=day)).date().isoformat(), title=f"Blast near {words}",
                text=f"A blast near {words} killed {killed}, said the people of Town {town}.",
            )
            for report in range(dice.randint(1, 4))
        ]  # fmt: skip
        if dice.random() < 0.3:
            told.append(replace(told[-1], retracted=True))
    return told


def size(linker: Linker) -> int:
    """Bytes of all that it keeps, its store included."""
    return len(pickle.dumps(linker))


def test_weeks_of_incidents_keep_no_more_than_a_month() -> None:
    dice = random.Random(5)
    linker = Linker(MemoryStore())
    sizes = [size(linker)]
    for day in range(16 * 7):
        for one in reports(dice, day):
            linker.link(one, START + timedelta(days=day))
        if day % 7 == 6:
            sizes.append(size(linker))
    settled = sizes[7:]  # all is forgotten a month after its last report
    assert max(settled) < 1.25 * min(settled), sizes
    alone, days = Linker(MemoryStore()), 365
    for number in range(20):  # each lets some of the old ones go
        late = event(f"late {number}", 24 * days)
        for one in (linker, alone):
            one.link(late, START + timedelta(days=days))
    assert size(linker) - size(alone) < 0.002 * max(sizes), "traces of what was forgotten"
