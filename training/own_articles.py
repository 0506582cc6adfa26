"""Labelled articles of our own, ``training/articles/*.yaml``: read, and checked as a command.

    python -m training.own_articles [FILE ...]

The labels mean what ``../shared/data/gold/GUIDELINES.md`` says. Left out: when current, status
happened, no place, country, date, actors, targets or claims; a claim is exact, explicit, no subset.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import yaml

from wirewatch.model import ClaimKind, EventType, Modifier, Status

FOLDER = Path(__file__).with_name("articles")
PREFIX = "own-"
"""Of the ids, so that they never meet those of the corpora."""
WHENS = ("current", "background")
EVENT = {
    "when": "current", "status": "happened", "place": None, "country": None, "date": None,
    "actors": [], "targets": [],
}  # fmt: skip
CLAIM = {"value": None, "modifier": "exact", "subset": False, "explicit": True, "who": None}
CHOICES = {"when": WHENS, "status": get_args(Status), "type": get_args(EventType)}
CLAIM_CHOICES = {
    "kind": get_args(ClaimKind), "modifier": get_args(Modifier),
    "status": ("asserted", "denied", "hypothetical"),
}  # fmt: skip
CLAIM_KEYS = {
    *CLAIM, "kind", "low", "high", "vague", "fraction", "base", "status", "quote",
}  # fmt: skip
Pair = tuple[dict[str, Any], dict[str, Any]]


def files() -> list[Path]:
    """The files of the folder, by name."""
    return sorted(FOLDER.glob("*.yaml"))


def articles(paths: Iterable[Path] | None = None) -> Iterator[Pair]:
    """Each article and its labels, in the form of ``data/gold``."""
    for path in files() if paths is None else paths:
        for row in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
            yield _pair(row)


def _pair(row: dict[str, Any]) -> Pair:
    document = f"{PREFIX}{row['id']}"
    day = row.get("published")
    article = {
        "id": document, "title": row.get("title") or "", "text": row["text"].strip(),
        "published": None if day is None else str(day), "url": None,
    }  # fmt: skip
    events = [_event(number, event) for number, event in enumerate(row["events"], 1)]
    return article, {"doc": document, "events": events, "note": ""}


def _event(number: int, row: dict[str, Any]) -> dict[str, Any]:
    day = row.get("date")
    claims = [CLAIM | claim for claim in row.get("claims") or []]
    return {
        **EVENT, **row, "id": f"E{number}", "date": None if day is None else str(day),
        "claims": claims,
    }  # fmt: skip


def faults(paths: Iterable[Path]) -> Iterator[str]:
    """What is wrong in the files, a line each."""
    seen: set[str] = set()
    for path in paths:
        try:
            pairs = list(articles([path]))
        except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            yield f"{path.name}: cannot be read: {' '.join(str(error).split())}"
            continue
        for article, labels in pairs:
            name = article["id"].removeprefix(PREFIX)
            yield from (f"{name}: {fault}" for fault in faults_of(article, labels))
            if name in seen:
                yield f"{name}: so named twice"
            seen.add(name)


def faults_of(article: dict[str, Any], labels: dict[str, Any]) -> Iterator[str]:
    """What is wrong in one article's labels, a line each."""
    if len(article["text"].split()) < 5:
        yield "the text is too short"
    if article["published"] is not None and not _is_day(article["published"]):
        yield f"published is no date: {article['published']}"
    for event in labels["events"]:
        yield from _event_faults(article, event)


def _event_faults(article: dict[str, Any], event: dict[str, Any]) -> Iterator[str]:
    name = f"{event.get('type')} {str(event.get('quote'))[:40]!r}"
    unknown = event.keys() - {*EVENT, "type", "quote", "id", "claims"}
    if unknown:
        yield f"{name}: unknown keys {', '.join(sorted(unknown))}"
    yield from _choice_faults(name, event, CHOICES)
    yield from _quote_faults(name, article, event)
    if event["country"] is not None and not re.fullmatch("[A-Z]{2}", str(event["country"])):
        yield f"{name}: country is not two capitals (quote NO): {event['country']}"
    if event["date"] is not None and not _is_day(event["date"]):
        yield f"{name}: date is no day: {event['date']}"
    for claim in event["claims"]:
        yield from _claim_faults(name, article, claim)


def _claim_faults(name: str, article: dict[str, Any], claim: dict[str, Any]) -> Iterator[str]:
    name = f"{name}: claim {claim.get('kind')} {str(claim.get('quote'))[:40]!r}"
    unknown = claim.keys() - CLAIM_KEYS
    if unknown:
        yield f"{name}: unknown keys {', '.join(sorted(unknown))}"
    yield from _choice_faults(name, {"status": "asserted"} | claim, CLAIM_CHOICES)
    yield from _quote_faults(name, article, claim)
    said = [key for key in ("value", "low", "vague") if claim.get(key) is not None]
    if not said and claim.get("high") is None and claim["explicit"]:
        yield f"{name}: no value, range or vague word"
    if (claim["modifier"] == "vague") != (claim["value"] is None and claim.get("low") is None):
        yield f"{name}: the modifier vague goes with no number, and only with none"
    if claim["modifier"] == "range" and not {"low", "high"} <= claim.keys():
        yield f"{name}: a range needs low and high"


def _choice_faults(
    name: str, row: dict[str, Any], choices: dict[str, tuple[str, ...]]
) -> Iterator[str]:
    for key, known in choices.items():
        if row.get(key) not in known:
            yield f"{name}: {key} is {row.get(key)!r}, not one of {', '.join(known)}"


def _quote_faults(name: str, article: dict[str, Any], row: dict[str, Any]) -> Iterator[str]:
    quote = row.get("quote")
    if not quote or quote not in f"{article['title']}\n\n{article['text']}":
        yield f"{name}: the quote is not in title or text"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    paths = parser.parse_args().files or files()
    found = list(faults(paths))
    print("\n".join(found) or f"{len(list(articles(paths)))} articles: all right")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
