"""A whole worker with a toy reader, for the tests: quick, and sure of what it reads.

An article titled "12 killed in Oxdale, KE" tells of an attack there on the day it was published.
"""

from __future__ import annotations

import asyncio
import faulthandler
import os
import re
import signal
import sys
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from wirewatch.agents import alert, alertstates, extract, link, poll
from wirewatch.config.sources import load
from wirewatch.feeds import InlineReader, registry
from wirewatch.identity import stable_id
from wirewatch.model import (
    Article,
    ArticleRef,
    Claim,
    DateSpan,
    Event,
    Evidence,
    Place,
)
from wirewatch.streams.logs import configure_logs
from wirewatch.streams.reader import Read
from wirewatch.streams.rulesfeed import configured_rules
from wirewatch.streams.worker import Worker

_STORY = re.compile(r"(\d+) killed in (\w+), ([A-Z]{2})")


def toy_reader() -> Read:
    return _read


def _read(article: Article) -> Iterable[Event]:
    if "unreadable" in article.title:
        raise ValueError("a toy that breaks")
    for found in _STORY.finditer(article.title):
        yield _event(article, int(found[1]), found[2], found[3])


def _event(article: Article, killed: int, city: str, country: str) -> Event:
    day = (article.published or article.fetched_at).date().isoformat()
    evidence = Evidence(start=0, end=len(article.title), quote=article.title)
    reference = ArticleRef(
        id=article.id, revision=article.revision, url=article.url, publisher=article.publisher,
        title=article.title, published=article.published, fetched_at=article.fetched_at,
        signature="",
    )  # fmt: skip
    claim = Claim(
        id=stable_id(article.id, "killed"), kind="killed", value=killed, low=killed, high=killed,
        modifier="exact", evidence=evidence,
    )  # fmt: skip
    spot = int(stable_id(city)[:6], 16)
    place = Place(
        text=city, name=city, country=country, precision="city",
        geonameid=spot, lat=spot % 120 - 60.0, lon=spot % 359 - 179.0,
    )  # fmt: skip
    return Event(
        id=stable_id(article.id, city), article=reference, type="attack", when="current",
        status="happened", evidence=evidence, place=place, claims=(claim,),
        date=DateSpan(start=day, end=day, precision="day"),
    )  # fmt: skip


async def main(stages: list[str]) -> None:
    settings = load(None).settings
    configure_logs(settings)
    faulthandler.register(signal.SIGUSR1)
    builders = {
        "poll": partial(
            poll.build, feeds=registry.load(settings.feeds_file), reader=InlineReader()
        ),
        "extract": partial(extract.build, loader=toy_reader),
        "link": link.build,
        "alert": alert.build,
    }
    if seconds := os.environ.get("TEST_MARKED_SECONDS"):
        alertstates.MARKED = alertstates.SWEEP = timedelta(seconds=float(seconds))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    rules = [rule.name for rule in configured_rules(settings.rules_file).rules]
    wanted = {name: build for name, build in builders.items() if name in (stages or builders)}
    await Worker(settings, wanted, rules=rules).run(stop)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
