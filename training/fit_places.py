"""Fit the weights of extraction/places/locate.py, and measure place and country of events.

    python -m training.fit_places ../shared/data [--heads DIR] [--fit] [--held-out]

Events are those of data/gold outside the held-out third; with ``--held-out`` only the figures of
that third are printed. Without heads those are found by their quotations, as rules alone would;
with heads of networks that had not learned from the articles (``read.py folds``) they are the
reader's own mentions, and our own articles are learned from as well.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import spacy
from spacy.tokens import Doc

from training import own_articles
from training.files import read_lines
from training.out_of_fold import add
from training.score_dev import article as as_article
from training.score_dev import part_of
from wirewatch.extraction import load
from wirewatch.extraction.annotations import PlaceMention, register
from wirewatch.extraction.clean import masked
from wirewatch.extraction.events.mentions import mentions
from wirewatch.extraction.lexicons.phrases import letters
from wirewatch.extraction.pipeline import prepare
from wirewatch.extraction.places.find import find_places
from wirewatch.extraction.places.locate import (
    WEIGHTS_FILE,
    clues,
    family,
    load_weights,
    locate,
    weighed,
)  # fmt: skip

RIDGE = 0.001
OWN_RIDGE = 0.01
"""For what a family of types weighs otherwise than all do: few events speak for each."""
MIXED_WEIGHT, OUR_WEIGHT = 3.0, 0.1
"""The mixed articles are few and the most like what the reader will meet; ours are inventions."""
STEPS = 300
LEAST = 8
"""How often a feature must occur to get a weight."""
SETS = (("articles", "labels"), ("voa_articles", "voa_labels"))
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled event and the tokens that state it; ``asker``: the one that the network reads."""

    doc: Doc
    event: dict[str, Any]
    start: int
    end: int
    asker: int | None = None

    @property
    def middle(self) -> Case:
        """The middle token alone: a reader may know the verb and nothing else."""
        at = (self.start + self.end) // 2
        return replace(self, start=at, end=at + 1)


def labelled(shared: Path, *, hidden: bool) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Articles with events, and their labels."""
    for articles, labels in SETS:
        texts = {row["id"]: row for row in read_lines(shared / "gold" / f"{articles}.jsonl")}
        for record in read_lines(shared / "gold" / f"{labels}.jsonl"):
            if (part_of(record["doc"]) == 0) == hidden and record["events"]:
                yield texts[record["doc"]], record


def quoted(shared: Path, *, hidden: bool) -> Iterator[Case]:
    """Every labelled event with the tokens of its quotation, in Docs that no network read."""
    nlp = spacy.blank("en")
    for article, record in labelled(shared, hidden=hidden):
        title = f"{article['title']}\n\n" if article.get("title") else ""
        doc = nlp(title + article["text"])
        doc._.title_end = len(nlp.make_doc(title)) if title else None
        doc._.places = find_places(doc)
        doc.user_data["id"] = record["doc"]
        for event in record["events"]:
            span = _span(doc, event["quote"])
            if span is not None:
                yield Case(doc, event, *span)


def mentioned(shared: Path, heads: Path, *, hidden: bool) -> Iterator[Case]:
    """Every mention of a labelled event that the reader finds, with the heads of ``heads``."""
    nlp = add(load(), heads)
    pairs = [*labelled(shared, hidden=hidden), *([] if hidden else own_articles.articles())]
    for row, record in pairs:
        if not (heads / f"{row['id']}.npz").is_file():
            continue
        article = as_article(row)
        doc = prepare(article, masked(article.full_text), nlp)
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        doc.user_data["id"] = record["doc"]
        yield from _found(doc, record["events"])


def _found(doc: Doc, events: Sequence[dict[str, Any]]) -> Iterator[Case]:
    spans = [
        (event, span)
        for event in events
        for quote in (event["quote"], *(claim["quote"] for claim in event["claims"]))
        if (span := _span(doc, quote)) is not None
    ]
    for mention in mentions(doc):
        for event, (start, end) in spans:
            if event["type"] == mention.type and start <= mention.asker < end:
                yield Case(doc, event, mention.start, mention.end, mention.asker)
                break


def _span(doc: Doc, quote: str) -> tuple[int, int] | None:
    begin = doc.text.find(quote)
    span = doc.char_span(begin, begin + len(quote), alignment_mode="expand") if begin >= 0 else None
    return None if span is None else (span.start, span.end)


def crossed(row: dict[str, float], own: str) -> dict[str, float]:
    return {**row, **{f"{own}|{name}": value for name, value in row.items()}}


def weight(case: Case) -> float:
    name: str = case.doc.user_data["id"]
    if name.startswith(own_articles.PREFIX):
        return OUR_WEIGHT
    return 1.0 if name.startswith("voa-") else MIXED_WEIGHT


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Softmax over the places of an article and "none": those of the right country should win."""
    found = []
    for case in cases:
        own = family(case.event["type"])
        places = weighed(case.doc, case.start, case.event["type"])
        rows, _ = clues(case.doc, (case.start, case.end), places, case.asker)
        found.append(([crossed(row, own) for row in (*rows, {"none": 1.0})], case, places))
    counts = Counter(name for rows, *_ in found for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    data = [row for one in found if (row := _row(*one, names)) is not None]
    ridge = np.array([OWN_RIDGE if "|" in name else RIDGE for name in names])
    return dict(zip(names, descend(data, ridge), strict=True))


def _row(
    rows: list[dict[str, float]], case: Case, places: Sequence[PlaceMention], names: list[str]
) -> tuple[Array, Array, float] | None:
    """Features and which rows are right; None where the text never names the event's country."""
    country = case.event["country"]
    right = np.array([mention.place.country == country for mention in places], bool)
    if country is not None and not right.any():
        return None
    column = {name: index for index, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for index, row in enumerate(rows):
        for name in row.keys() & column.keys():
            table[index, column[name]] = row[name]
    return table, np.append(right, not right.any()), weight(case)


def descend(data: Sequence[tuple[Array, Array, float]], ridge: Array) -> list[float]:
    """Adam on the log-likelihood of the right country, with a ridge."""
    rows = np.concatenate([table for table, _, _ in data])
    right = np.concatenate([right for _, right, _ in data])
    sizes = [len(table) for table, _, _ in data]
    first = np.cumsum([0, *sizes[:-1]])
    share = np.repeat([weight for _, _, weight in data], sizes)
    share = share / sum(weight for _, _, weight in data)

    def softmax(scores: Array) -> Array:
        chance = np.exp(scores - np.repeat(np.maximum.reduceat(scores, first), sizes))
        return chance / np.repeat(np.add.reduceat(chance, first), sizes)

    weights = mean = square = np.zeros(len(ridge))
    for step in range(1, STEPS + 1):
        scores = rows @ weights
        target = softmax(np.where(right, scores, -np.inf))
        gradient = ((target - softmax(scores)) * share) @ rows - ridge * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        weights = weights + 0.05 * (mean / (1 - 0.9**step)) / (
            np.sqrt(square / (1 - 0.99**step)) + 1e-8
        )
    return [round(float(weight), 2) for weight in weights]


def measure(cases: Sequence[Case], *, show: int) -> None:
    right = given = known = places = place_right = wrong_null = 0
    for case in cases:
        event = case.event
        found = locate(case.doc, case.start, case.end, event["type"], case.asker)
        country = found.place.country if found else None
        known += event["country"] is not None
        given += country is not None
        right += country == event["country"] and country is not None
        wrong_null += event["country"] is None and country is not None
        if event["place"]:
            places += 1
            text = letters(found.place.text) if found else ""
            place_right += bool(text) and (
                text in letters(event["place"]) or letters(event["place"]) in text
            )
        if country != event["country"] and event["country"] and show > 0:
            show -= 1
            wanted = f"{event['type']} | {event['place']} {event['country']}"
            print(wanted, "|", found and found.place.text, country, "|", event["quote"][:160])
    print(f"{len(cases)} events, {known} with a country: right {right / known:.3f}")
    print(f"precision of countries given {right / given:.3f}; {wrong_null} given for none in gold")
    print(f"place {place_right / places:.3f}")


def store(name: str, weights: dict[str, float]) -> None:
    every = {**load_weights(), name: weights}
    WEIGHTS_FILE.write_text(json.dumps(every, indent=1, sort_keys=True) + "\n")
    load_weights.cache_clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--heads", type=Path, help="folder of heads out of fold")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    register()
    if options.heads:
        cases = list(mentioned(options.shared, options.heads, hidden=options.held_out))
        learned = cases
    else:
        cases = list(quoted(options.shared, hidden=options.held_out))
        learned = [*cases, *(case.middle for case in cases)]
    if options.fit and not options.held_out:
        store("heads" if options.heads else "rules", fit(learned))
    if not options.heads:
        print("by the quotation's middle word alone:")
        measure([case.middle for case in cases], show=0)
    print("by what the reader found:" if options.heads else "by the quotation:")
    measure(cases, show=0 if options.held_out else options.show)


if __name__ == "__main__":
    main()
