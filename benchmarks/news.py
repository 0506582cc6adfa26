"""Articles of ../shared/data for the reader's benchmarks: real texts, read in place."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from wirewatch.evaluation.labels import load_articles, split_of
from wirewatch.model import Article

DATA = Path(__file__).parents[1] / "../shared/data"
DAY = datetime(2031, 3, 4, tzinfo=UTC)
SYLLABLES = ("ka", "lo", "min", "ter", "vas", "ru", "bel", "da", "gor", "sin", "pel", "tu", "ne")


def article(number: str, text: str, title: str = "") -> Article:
    """A text as a record."""
    return Article(
        id=number, revision=1, feed="bench", publisher="bench", url=None, title=title, text=text,
        fetched_at=DAY, published=DAY,
    )  # fmt: skip


def conflict() -> list[Article]:
    """The labelled articles: nearly all of them of attacks, disasters, troops and talks."""
    names = "articles.jsonl", "voa_articles.jsonl"
    return [one for name in names for one in load_articles(DATA / "gold" / name)]


def general() -> Iterator[Article]:
    """News, speeches, interviews and the like: those that nothing was fitted on."""
    folder = DATA / "train/ud_english_gum"
    for path in sorted(folder.glob("*.conllu")):
        if split_of(path.stem) == "held-out":
            yield article(path.stem, _text(path.read_text(encoding="utf-8")))


def _text(treebank: str) -> str:
    paragraphs: list[list[str]] = [[]]
    for line in treebank.splitlines():
        if line.startswith("# newpar"):
            paragraphs.append([])
        elif line.startswith("# text = "):
            paragraphs[-1].append(line.removeprefix("# text = "))
    return "\n\n".join(" ".join(lines) for lines in paragraphs if lines)


def cut(one: Article, words: int) -> Article:
    """The article's first so many words."""
    ends = [match.end() for match in re.finditer(r"\S+", one.text)]
    return replace(one, text=one.text[: ends[words - 1]]) if len(ends) > words else one


def endless(rng: random.Random, articles: list[Article], words: int) -> Iterator[Article]:
    """The articles' beginnings over and over; every time other names and figures stand in them."""
    for number in count():
        one = cut(articles[number % len(articles)], words)
        text = re.sub(r"(?<=[a-z] )[A-Z][a-z]+", lambda found: _other(rng, found.group()), one.text)
        text = re.sub(r"\d+", lambda _: str(rng.randint(1, 9_999)), text)
        yield replace(one, id=f"article {number}", text=text)


def _other(rng: random.Random, name: str) -> str:
    """A name of our own now and then: an article brings a few that were never seen."""
    if rng.random() > 0.2:
        return name
    return "".join(rng.choices(SYLLABLES, k=rng.randint(3, 5))).title()
