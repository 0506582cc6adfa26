"""Our own labels of real texts of the corpora, ``training/labels/*.jsonl``.

The corpora's labelled articles are of two houses; these are of others. The texts stay where they
are: a quotation is kept as its first and last offset in title, blank line and text, and a digest
tells whether the text is still the one that was labelled. What the labels mean is what
``../shared/data/gold/GUIDELINES.md`` says; actors, targets and who were counted are left out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from training.files import DATA, read_lines

FOLDER = Path(__file__).with_name("labels")
PREFIX = "our-"
"""Of the ids, so that they never meet those of other sets."""
Row = dict[str, Any]
Pair = tuple[Row, Row]


def articles(name: str, data: Path = DATA) -> Iterator[Pair]:
    """Each text of a set and its labels, in the form of ``data/gold``.

    Raises ValueError when a text is not the one that was labelled.
    """
    texts = {row["id"]: row for row in SOURCES[name](data)}
    for labels in read_lines(FOLDER / f"{name}.jsonl"):
        article = texts[labels["doc"]]
        if digest(article) != labels["digest"]:
            raise ValueError(f"{name}: {labels['doc']} is not the text that was labelled")
        document = f"{PREFIX}{labels['doc']}"
        events = [_quoted(event, full_text(article)) for event in labels["events"]]
        yield {**article, "id": document}, {"doc": document, "events": events, "note": ""}


def full_text(article: Row) -> str:
    """What offsets count in."""
    return f"{article['title']}\n\n{article['text']}" if article["title"] else article["text"]


def digest(article: Row) -> str:
    """Twelve hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(full_text(article).encode()).hexdigest()[:12]


def _quoted(event: Row, text: str) -> Row:
    claims = [{**c, "quote": text[slice(*c["quote"])]} for c in event["claims"]]
    return {**event, "quote": text[slice(*event["quote"])], "claims": claims}


def _row(document: str, title: str, text: str, published: str | None = None) -> Row:
    return {
        "id": document, "title": title, "text": text.strip(), "published": published, "url": None,
    }  # fmt: skip


def _web(data: Path) -> Iterator[Row]:
    """Web pages of the treebank, and news of GUM."""
    train = data / "train"
    for part in ("train", "dev"):
        yield from _pages(train / "ud_english_ewt" / f"en_ewt-ud-{part}.conllu")
    for path in sorted((train / "ud_english_gum").glob("GUM_news_*.conllu")):
        yield from _pages(path)


_DAY = re.compile(r"_(\d{4})(\d\d)(\d\d)_\d{6}$")


def _pages(path: Path) -> Iterator[Row]:
    for block in re.split(r"(?m)^# newdoc id = ", path.read_text(encoding="utf-8"))[1:]:
        document, _, lines = block.partition("\n")
        text = ""
        gap = ""
        for line in lines.split("\n"):
            if line.startswith("# newpar"):
                gap = "\n\n"
            elif line.startswith("# text = "):
                text += (gap or " ") + line.removeprefix("# text = ")
                gap = ""
        day = _DAY.search(document)
        yield _row(document, "", text, "-".join(day.groups()) if day else None)


def _reports(data: Path) -> Iterator[Row]:
    """Press releases and encyclopedia articles on Syria and Iraq."""
    for path in sorted((data / "train" / "ner" / "re3d").glob("*/documents.json")):
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            if line.strip():
                row = json.loads(line)
                yield _row(f"re3d-{row['_id']}", row["title"], row["text"])


def _shootings(data: Path) -> Iterator[Row]:
    """Local papers and stations on shootings."""
    for row in read_lines(data / "eval" / "shooting_reports.jsonl"):
        yield _row(row["doc"], row["title"], row["text"], row["published"])


_WIRE_DAY = re.compile(r"\b(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)\b")
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


def _wire(data: Path) -> Iterator[Row]:
    """Wire reports in capitals, dated by their datelines."""
    for row in read_lines(data / "eval" / "muc4_dev.jsonl"):
        yield _row(row["docid"], "", row["text"], _wire_day(row["text"]))


def _wire_day(text: str) -> str | None:
    found = _WIRE_DAY.search(text[:200])
    if found is None or found[2] not in _MONTHS:
        return None
    return date(1900 + int(found[3]), 1 + _MONTHS.index(found[2]), int(found[1])).isoformat()


def _relief(data: Path) -> Iterator[Row]:
    """Records of attacks on aid workers."""
    for row in read_lines(data / "eval" / "aid_worker_incidents.jsonl"):
        yield _row(row["id"], "", row["text"])


SOURCES: dict[str, Callable[[Path], Iterator[Row]]] = {
    "web": _web, "reports": _reports, "shootings": _shootings, "wire": _wire, "relief": _relief,
}  # fmt: skip
"""By name. Licences allow to learn from ``web`` and ``reports``; the others only measure."""
