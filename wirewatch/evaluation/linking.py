"""How well reports of one incident are linked: BCubed over articles whose incident is known."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec.structs import replace

from wirewatch.errors import ArticleError
from wirewatch.fingerprint import signature, terms
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.incidents.score import Weights
from wirewatch.model import Article, ArticleRef, Event, Evidence

FOREVER = timedelta(days=36500)
"""The reports span years (a trial follows a shooting), so no incident may end for age."""


class GroupedReport(msgspec.Struct, frozen=True):
    """An article and the incident it is about, as a line of the file gives them."""

    incident: str
    doc: str
    title: str
    published: str
    text: str

    @property
    def article(self) -> Article:
        """The report as an article, fetched on the day it was published."""
        day = datetime.fromisoformat(self.published).replace(tzinfo=UTC)
        return Article(
            id=self.doc, revision=1, feed="corpus", publisher=self.doc, url=None, title=self.title,
            text=self.text, fetched_at=day, published=day,
        )  # fmt: skip


class BCubed(msgspec.Struct, frozen=True):
    """Mean over reports of how pure and how complete their incidents are."""

    reports: int
    incidents: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def load(path: Path) -> list[GroupedReport]:
    """The reports of a JSONL file. Raises ArticleError with the line that cannot be read."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read: {error.strerror}") from error
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(msgspec.json.decode(line, type=GroupedReport))
        except msgspec.DecodeError as error:
            raise ArticleError(f"{path}, line {number}: {error}") from error
    return found


def unread(incident: str) -> bool:
    """Whether the incident is of the half that was never looked at in development."""
    return int(hashlib.sha256(incident.encode()).hexdigest(), 16) % 2 == 0


def bcubed(gold: Mapping[str, str], found: Mapping[str, str]) -> BCubed:
    """BCubed of ``found`` (report → incident) against ``gold``; both name the same reports."""
    return bcubed_of(gold, found, gold.keys())


def bcubed_of(
    gold: Mapping[str, str], found: Mapping[str, str], reports: Collection[str]
) -> BCubed:
    """BCubed over some of the reports that were linked; the others are there to be mistaken for."""
    gold_of, found_of = _members(gold), _members(found)
    pure = complete = 0.0
    for report in reports:
        mine = found_of[found[report]]
        theirs = gold_of[gold[report]]
        right = len(mine & theirs)
        pure += right / len(mine)
        complete += right / len(theirs)
    count = len(reports) or 1
    incidents = len({gold[report] for report in reports})
    return BCubed(len(reports), incidents, pure / count, complete / count)


def _members(groups: Mapping[str, str]) -> dict[str, set[str]]:
    members: dict[str, set[str]] = {}
    for report, group in groups.items():
        members.setdefault(group, set()).add(report)
    return members


def linked(events: Sequence[Event], weights: Weights | None = None) -> dict[str, str]:
    """Article id → incident id, after linking ``events``, one an article."""
    store = MemoryStore()
    linker = Linker(store, open_for=FOREVER, keep_for=FOREVER, weights=weights)
    for event in events:
        linker.link(event, event.article.fetched_at or datetime.now(UTC))
    return {one.event.article.id: case.id for case in store.items() for one in case.heard}


def main_event(events: Sequence[Event], article: Article) -> Event:
    """The violent event that the article is about: figures before none, news before history.

    It is taken as current, since trials and anniversaries are among the reports: what is measured
    is whether they find their incident. An article without such an event gets a bare one.
    """
    violent = [event for event in events if event.type in {"attack", "accident", "abduction"}]
    chosen = max(
        violent,
        key=lambda event: (bool(event.claims), event.when == "current", -event.evidence.start),
        default=None,
    )
    return replace(chosen, when="current") if chosen else bare(article)


def bare(article: Article) -> Event:
    """An attack of which nothing is known but the article's words."""
    return Event(
        id=f"bare {article.id}",
        article=ArticleRef(
            id=article.id, revision=article.revision, url=article.url, publisher=article.publisher,
            title=article.title, published=article.published, fetched_at=article.fetched_at,
            signature=signature(article.text), terms=terms(article.title, article.text),
        ),
        type="attack", when="current", status="happened",
        evidence=Evidence(start=0, end=len(article.title), quote=article.title),
    )  # fmt: skip
