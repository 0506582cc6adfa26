"""The demo's articles without a feed: as the poller would publish them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wirewatch.demo.day import Day, Published
from wirewatch.identity import stable_id
from wirewatch.model import Article, Previous

FETCHED_AFTER = timedelta(minutes=1)
"""How long after it appears or changes an article is fetched."""


def articles(day: Day) -> Iterator[Article]:
    """Each article and each revision of the day, in the order of their fetching."""
    last: dict[str, Article] = {}
    for moment in day.moments():
        for shown in day.changes(moment):
            last[shown.slug] = _article(day, shown, last.get(shown.slug))
            yield last[shown.slug]


def _article(day: Day, shown: Published, former: Article | None) -> Article:
    return Article(
        id=stable_id(shown.url, day.date.isoformat()),
        revision=former.revision + 1 if former else 1,
        feed=shown.outlet,
        publisher=day.outlets[shown.outlet].publisher,
        url=shown.url,
        title=shown.title,
        text="\n\n".join(" ".join(part.split()) for part in shown.text.split("\n\n")),
        fetched_at=shown.updated + FETCHED_AFTER,
        published=shown.published,
        published_from="entry",
        previous=Previous(title=former.title, text=former.text) if former else None,
    )
