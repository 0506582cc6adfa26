"""Events from articles by simple means: what linking is fitted on besides the reader's own.

The reader finds more than this; weights fitted on both lean on neither's habits.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from msgspec.structs import replace

from wirewatch.evaluation.linking import bare
from wirewatch.identity import stable_id
from wirewatch.model import Article, Claim, ClaimKind, DateSpan, Event, Evidence, Place

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_DATE = re.compile(
    rf"\b({'|'.join(MONTHS)})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?"
    rf"|\b({'|'.join(DAYS)})\b|\b(yesterday|today|last night|this morning|tonight)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^\W*([A-Z][A-Z.]+(?: [A-Z]{3,})*)\b", re.MULTILINE)
_CITY = re.compile(r"\bin ((?:(?:St\.|North|South|East|West|New|San|Los|Las|Fort) )?[A-Z][a-z]+)\b")
_FIGURE = re.compile(
    r"\b(\d{1,2}|" + "|".join(WORDS) + r")\b(?: \w+){0,3}? (?:was |were |is |are |has |have )?"
    r"(?:been )?(?:\w+ly )?(killed|dead|died|wounded|injured|hurt|shot and killed|fatally shot)\b",
    re.IGNORECASE,
)
_HURT = {"wounded", "injured", "hurt"}


def read(article: Article) -> list[Event]:
    """One attack: first date, dateline or first "in City", figures of killed and injured."""
    event = bare(article)
    return [
        replace(event, place=_place(article.text), date=_date(article), claims=_claims(article))
    ]


def _place(text: str) -> Place:
    match = _DATELINE.search(text[:300]) or _CITY.search(text)
    if not match:
        return Place(text="", country="US", precision="country")
    city = match[1].title()
    return Place(text=city, name=city, country="US", precision="city")


def _date(article: Article) -> DateSpan | None:
    """The earliest day named that lies within two years before publication."""
    assert article.published
    published = article.published.date()
    days = [_day(match, published) for match in _DATE.finditer(article.text)]
    fit = [day for day in days if day and published - timedelta(730) <= day <= published]
    if not fit:
        return None
    day = min(fit)
    return DateSpan(start=day.isoformat(), end=day.isoformat(), precision="day")


def _day(match: re.Match[str], published: date) -> date | None:
    if match[4]:
        return published - timedelta((published.weekday() - DAYS[match[4].lower()]) % 7)
    if match[5]:
        return published - timedelta(match[5].lower() in {"yesterday", "last night"})
    try:
        day = date(int(match[3] or published.year), MONTHS[match[1].lower()], int(match[2]))
    except ValueError:
        return None
    if not match[3] and day > published + timedelta(2):
        day = day.replace(year=day.year - 1, day=min(day.day, 28))
    return day


def _claims(article: Article) -> tuple[Claim, ...]:
    found: dict[ClaimKind, Claim] = {}
    for match in _FIGURE.finditer(article.full_text):
        kind: ClaimKind = "injured" if match[2].lower() in _HURT else "killed"
        number = int(match[1]) if match[1].isdigit() else WORDS[match[1].lower()]
        found.setdefault(kind, Claim(
            id=stable_id(article.id, match.start()), kind=kind, value=number, low=number,
            high=number, modifier="exact",
            evidence=Evidence(start=match.start(), end=match.end(), quote=match[0]),
        ))  # fmt: skip
    return tuple(found.values())
