"""How many independent sources an incident has, from the feeds to the rules."""

from __future__ import annotations

from datetime import datetime

import msgspec
import pytest

from tests.unit.extraction.reading import reader
from tests.unit.feeds.conftest import Site
from tests.unit.feeds.documents import item, rss
from wirewatch.extraction import read
from wirewatch.feeds import Feed, FeedState, Fetcher, poll
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.rules import decide
from wirewatch.rules import read as read_rules

OURS = (
    "A bomb killed 12 people at the Lorva market in Baghdad on Tuesday, police said. Omar Tulan, "
    "who sells rice beside the Lorva gate, saw the blast."
)
THEIRS = (
    "At least 12 people were killed in Baghdad on Tuesday when a bomb exploded at the Lorva "
    "market, the health ministry said. Trader Omar Tulan lost two cousins near the Lorva gate."
)
Fields = dict[str, str]
TWO = (
    "rules:\n  - name: sure\n    description: Two sources.\n    toll: {killed: {low: 10}}\n"
    "    publishers: 2\n"
)


@pytest.mark.parametrize(
    ("told", "count"),
    [
        (({}, {}, THEIRS), 2),
        (({"owner": "Press House"}, {"owner": "press house"}, THEIRS), 1),
        (({"owner": "Press House"}, {"owner": "Other House"}, THEIRS), 2),
        (({}, {}, OURS), 1),
        (({"publisher": "same.example"}, {"publisher": "Same.example"}, THEIRS), 1),
        (({"publisher": "afp.com"}, {}, f"BAGHDAD (AFP) - {THEIRS}"), 1),
        (({"publisher": "afp.com"}, {}, f"BAGHDAD (Reuters) - {THEIRS}"), 2),
    ],
)
async def test_one_owner_one_agency_and_one_text_count_once(
    site: Site, fetcher: Fetcher, now: datetime, told: tuple[Fields, Fields, str], count: int
) -> None:
    first, second, text = told
    linker = Linker(MemoryStore())
    incidents = []
    for name, fields, body in (("one", first, OURS), ("two", second, text)):
        link = f"https://{name}.example/2031/05/06/market"
        site.set(f"/{name}", body=rss(item("Bomb kills 12 at Lorva market", link, text=body)))
        configured = {"url": site.url(f"/{name}"), "name": name, **fields}
        result = await poll(msgspec.convert(configured, Feed), FeedState(), fetcher, now)
        for event in read(result.articles[0], reader()):
            incidents += linker.link(event, now)
    assert len({one.id for one in incidents}) == 1
    assert incidents[-1].publishers == count
    assert [one.independent for one in incidents[-1].reports].count(True) == count
    spoken = decide(read_rules(TWO, "t"), incidents[-1], None, now).alerts
    assert len(spoken) == count - 1
