"""The demo's day as data: outlets, articles with their revisions, and what must come of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Literal

import msgspec

FeedFormat = Literal["rss", "atom", "json"]
FILE = "day.yaml"


class Outlet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invented news outlet and the form of its feed."""

    name: str
    publisher: str
    format: FeedFormat


class Revision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an article says from the time ``at`` ("HH:MM") on."""

    at: str
    title: str
    text: str


class Story(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One article: when it appears, and how its outlet edits it later."""

    outlet: str
    slug: str
    at: str
    title: str
    text: str
    author: str | None = None
    silent: str | None = None
    """Why nothing may come of it, for the demo's summary."""
    revisions: tuple[Revision, ...] = ()


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The kinds of alerts that one rule gives for the incident at ``place``, in their order."""

    rule: str
    place: str
    kinds: tuple[str, ...]


class _DayFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    outlets: dict[str, Outlet]
    stories: tuple[str, ...]
    expected: tuple[Expected, ...]


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """An article as its outlet's feed shows it at some moment."""

    outlet: str
    slug: str
    url: str
    title: str
    text: str
    author: str | None
    published: datetime
    updated: datetime


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """The whole day, on a date of its own."""

    date: date
    outlets: dict[str, Outlet]
    stories: tuple[Story, ...]
    expected: tuple[Expected, ...]

    def moments(self) -> list[datetime]:
        """When something appears or changes, in order."""
        return sorted({self._moment(at) for story in self.stories for at in _times(story)})

    def visible(self, now: datetime) -> list[Published]:
        """What all feeds show at ``now``, the newest first."""
        shown = [
            self._published(story, now) for story in self.stories if self._moment(story.at) <= now
        ]
        return sorted(shown, key=lambda item: item.published, reverse=True)

    def changes(self, now: datetime) -> list[Published]:
        """What appears or changes exactly at ``now``."""
        return [item for item in self.visible(now) if item.updated == now]

    def _published(self, story: Story, now: datetime) -> Published:
        title, text, at = story.title, story.text, story.at
        for revision in story.revisions:
            if self._moment(revision.at) <= now:
                title, text, at = revision.title, revision.text, revision.at
        return Published(
            outlet=story.outlet,
            slug=story.slug,
            url=f"https://{self.outlets[story.outlet].publisher}/{story.slug}",
            title=self._dated(title),
            text=self._dated(text).strip(),
            author=story.author,
            published=self._moment(story.at),
            updated=self._moment(at),
        )

    def _moment(self, clock: str) -> datetime:
        hour, minute = clock.split(":")
        midnight = datetime(self.date.year, self.date.month, self.date.day, tzinfo=UTC)
        return midnight + timedelta(hours=int(hour), minutes=int(minute))

    def _dated(self, text: str) -> str:
        for word, days in (("{yesterday}", -1), ("{today}", 0), ("{tomorrow}", 1)):
            text = text.replace(word, f"{self.date + timedelta(days=days):%A}")
        return text


def _times(story: Story) -> Iterator[str]:
    yield story.at
    yield from (revision.at for revision in story.revisions)


def load_day(on: date) -> Day:
    """The demo's day, set on the date ``on`` so that its weekdays and feeds agree."""
    folder = resources.files(__package__)
    read = msgspec.yaml.decode(folder.joinpath(FILE).read_bytes(), type=_DayFile)
    stories = [
        story
        for name in read.stories
        for story in msgspec.yaml.decode(
            folder.joinpath(f"{name}.yaml").read_bytes(), type=tuple[Story, ...]
        )
    ]
    return Day(date=on, outlets=read.outlets, stories=tuple(stories), expected=read.expected)
