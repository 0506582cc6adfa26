"""The demo's day, through the library alone: read, link, decide, in one process."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from wirewatch import extraction
from wirewatch.demo.day import Day, Published, load_day
from wirewatch.demo.outcome import differences
from wirewatch.identity import stable_id
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.model import Alert, Article, Previous
from wirewatch.rules import AlertState, decide, load

RULES = Path(__file__).parents[2] / "config" / "rules.yaml"
ANY_TUESDAY = date(2026, 3, 3)


def articles(day: Day) -> Iterator[Article]:
    """Each article and revision, as the poller would publish it a minute later."""
    last: dict[str, Article] = {}
    for moment in day.moments():
        for shown in day.changes(moment):
            last[shown.slug] = article(day, shown, last.get(shown.slug))
            yield last[shown.slug]


def article(day: Day, shown: Published, former: Article | None) -> Article:
    previous = Previous(title=former.title, text=former.text) if former else None
    return Article(
        id=stable_id(shown.url),
        revision=former.revision + 1 if former else 1,
        feed=shown.outlet,
        publisher=day.outlets[shown.outlet].publisher,
        url=shown.url,
        title=shown.title,
        text="\n\n".join(" ".join(part.split()) for part in shown.text.split("\n\n")),
        fetched_at=shown.updated + timedelta(minutes=1),
        published=shown.published,
        published_from="entry",
        previous=previous,
    )


def alerts(day: Day) -> list[Alert]:
    linker, rules = Linker(MemoryStore()), load(RULES)
    states: dict[str, AlertState] = {}
    raised: list[Alert] = []
    for item in articles(day):
        for event in extraction.read(item):
            for incident in linker.link(event, item.fetched_at):
                decision = decide(rules, incident, states.get(incident.id), item.fetched_at)
                states[incident.id] = decision.state
                raised.extend(decision.alerts)
    return raised


@pytest.mark.parametrize("offset", [0, 5])
def test_the_day_gives_the_alerts_that_its_data_expects(offset: int) -> None:
    day = load_day(ANY_TUESDAY + timedelta(days=offset))
    assert differences(day, alerts(day)) == []
