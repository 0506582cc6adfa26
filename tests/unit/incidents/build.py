"""Builds events for tests, briefly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from wirewatch.fingerprint import signature, terms
from wirewatch.identity import stable_id
from wirewatch.model import ArticleRef, Attribution, Claim, DateSpan, Event, Evidence, Place

START = datetime(2031, 3, 4, 8, tzinfo=UTC)
KABUL = Place(text="Kabul", name="Kabul", country="AF", lat=34.53, lon=69.17, geonameid=1138958,
              precision="city")  # fmt: skip
HERAT = Place(text="Herat", name="Herat", country="AF", lat=34.35, lon=62.2, geonameid=1140026,
              precision="city")  # fmt: skip
AFGHANISTAN = Place(text="Afghanistan", name="Afghanistan", country="AF", precision="country")


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def claim(kind: str, value: int | None, **more: Any) -> Claim:
    modifier = more.pop("modifier", "exact")
    low = more.pop("low", value)
    high = more.pop("high", None if modifier == "at_least" else value)
    source = more.pop("source", None)
    start = more.pop("start", 100)
    if source:
        more["attribution"] = Attribution(source=source, verb="said")
    return Claim(
        id=more.pop("id", stable_id(kind, value, modifier, start, source, more.get("who"))),
        kind=kind, value=value, low=low, high=high, modifier=modifier,
        evidence=Evidence(start=start, end=start + 20, quote=f"{kind} {value}"), **more,
    )  # fmt: skip


def day(date: str) -> DateSpan:
    return DateSpan(start=date, end=date, precision="day")


def event(
    name: str,
    hours: float = 0,
    *claims: Claim,
    publisher: str | None = None,
    place: Place | None = KABUL,
    date: str | None = "2031-03-04",
    title: str = "Bomb at a market in Kabul",
    text: str = "",
    revision: int = 1,
    article: str | None = None,
    agency: str | None = None,
    **more: Any,
) -> Event:
    article = article or f"article {name}"
    return Event(
        id=f"event {name}",
        article=ArticleRef(
            id=article, revision=revision, url=f"https://{publisher or name}.example/{name}",
            publisher=publisher or f"{name}.example", title=title, published=at(hours),
            signature=signature(text), fetched_at=at(hours), agency=agency,
            terms=terms(title, text),
        ),
        type=more.pop("type", "attack"), when=more.pop("when", "current"),
        status=more.pop("status", "happened"),
        evidence=Evidence(start=0, end=len(title), quote=title),
        place=place, date=day(date) if date else None, claims=claims, **more,
    )  # fmt: skip
