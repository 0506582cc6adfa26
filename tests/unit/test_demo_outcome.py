"""The demo's day, through the library alone: read, link, decide, in one process."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from wirewatch import extraction
from wirewatch.demo.articles import articles
from wirewatch.demo.day import Day, load_day
from wirewatch.demo.outcome import differences
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.model import Alert
from wirewatch.rules import AlertState, decide, load

RULES = Path(__file__).parents[2] / "config" / "rules.yaml"
ANY_TUESDAY = date(2026, 3, 3)


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


@pytest.mark.parametrize("offset", range(7))
def test_the_day_gives_the_alerts_that_its_data_expects(offset: int) -> None:
    day = load_day(ANY_TUESDAY + timedelta(days=offset))
    assert differences(day, alerts(day)) == []
