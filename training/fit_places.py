"""Fit the weights of extraction/places/locate.py, and measure place and country of events.

    python -m training.fit_places ../shared/data [--fit] [--held-out]

Events are those of data/gold outside the held-out third; with ``--held-out`` only the figures of
that third are printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import spacy
from spacy.tokens import Doc

from wirewatch.extraction.annotations import register
from wirewatch.extraction.lexicons.phrases import letters
from wirewatch.extraction.places.evidence import evidence
from wirewatch.extraction.places.find import find_places
from wirewatch.extraction.places.locate import WEIGHTS_FILE, family, load_weights, locate, weighed

RIDGE = 0.001
OWN_RIDGE = 0.01
"""For what a family of types weighs otherwise than all do: few events speak for each."""
MIXED_WEIGHT = 3.0
"""The mixed articles are few and the most like what the reader will meet."""
STEPS = 300
LEAST = 8
"""How often a feature must occur to get a weight."""
SETS = (("articles", "labels"), ("voa_articles", "voa_labels"))

Case = tuple[Doc, dict[str, Any], int, int]
Array = npt.NDArray[Any]


def held_out(doc: str) -> bool:
    return int(hashlib.sha256(doc.encode()).hexdigest(), 16) % 3 == 0


def events(shared: Path, nlp: Any, *, hidden: bool) -> Iterator[Case]:
    """Every labelled event with the tokens of its quotation."""
    for articles, labels in SETS:
        texts = {}
        for line in (
            (shared / "gold" / f"{articles}.jsonl").read_text(encoding="utf-8").splitlines()
        ):
            article = json.loads(line)
            texts[article["id"]] = article
        for line in (shared / "gold" / f"{labels}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if held_out(record["doc"]) == hidden and record["events"]:
                article = texts[record["doc"]]
                title = f"{article['title']}\n\n" if article.get("title") else ""
                doc = nlp(title + article["text"])
                doc._.title_end = len(nlp.make_doc(title)) if title else None
                doc._.places = find_places(doc)
                doc._.article_id = record["doc"]
                yield from spans(doc, record["events"])


def spans(doc: Doc, labelled: list[dict[str, Any]]) -> Iterator[Case]:
    for event in labelled:
        begin = doc.text.find(event["quote"])
        span = doc.char_span(begin, begin + len(event["quote"]), alignment_mode="expand")
        if begin >= 0 and span is not None:
            yield doc, event, span.start, span.end


def middle(case: Case) -> Case:
    doc, event, start, end = case
    return doc, event, (start + end) // 2, (start + end) // 2 + 1


def crossed(row: dict[str, float], own: str) -> dict[str, float]:
    return {**row, **{f"{own}|{name}": value for name, value in row.items()}}


def fit(cases: list[Case]) -> dict[str, float]:
    """Softmax over the places of an article and "none": those of the right country should win."""
    middles = list(map(middle, cases))
    found = [
        ([crossed(row, own) for row in (*rows, {"none": 1.0})], event, doc, places)
        for doc, event, start, end in [*cases, *middles]  # a reader may know the verb alone
        for own in [family(event["type"])]
        for places in [weighed(doc, start, event["type"])]
        for rows in [evidence(doc, start, end, places)]
    ]
    counts = Counter(name for rows, *_ in found for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    column = {name: index for index, name in enumerate(names)}
    data = []
    for rows, event, doc, places in found:
        country = event["country"]
        right = np.array([mention.place.country == country for mention in places], bool)
        if right.any() or country is None:
            table = np.zeros((len(rows), len(names)))
            for index, row in enumerate(rows):
                for name in row.keys() & column.keys():
                    table[index, column[name]] = row[name]
            weight = 1.0 if doc._.article_id.startswith("voa-") else MIXED_WEIGHT
            data.append((table, np.append(right, not right.any()), weight))
    ridge = np.array([OWN_RIDGE if "|" in name else RIDGE for name in names])
    return dict(zip(names, descend(data, ridge), strict=True))


def descend(data: list[tuple[Array, Array, float]], ridge: Array) -> list[float]:
    """Adam on the log-likelihood of the right country, with a ridge."""
    weights = first = second = np.zeros(len(ridge))
    whole = sum(weight for _, _, weight in data)
    for step in range(1, STEPS + 1):
        gradient = -ridge * weights
        for table, right, weight in data:
            scores = table @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            target = right * chance
            gradient += (target / target.sum() - chance) @ table * (weight / whole)
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        weights = weights + 0.05 * (first / (1 - 0.9**step)) / (
            np.sqrt(second / (1 - 0.99**step)) + 1e-8
        )
    return [round(float(weight), 2) for weight in weights]


def measure(cases: list[Case], *, show: int) -> None:
    right = given = known = places = place_right = wrong_null = 0
    for doc, event, start, end in cases:
        found = locate(doc, start, end, event["type"])
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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", type=Path)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()
    register()
    Doc.set_extension("article_id", default="")
    nlp = spacy.blank("en")
    cases = list(events(arguments.shared, nlp, hidden=arguments.held_out))
    if arguments.fit and not arguments.held_out:
        load_weights.cache_clear()
        WEIGHTS_FILE.write_text(json.dumps(fit(cases), indent=1, sort_keys=True) + "\n")
    middles = list(map(middle, cases))
    print("by the quotation's middle word alone:")
    measure(middles, show=0)
    print("by the quotation:")
    measure(cases, show=0 if arguments.held_out else arguments.show)


if __name__ == "__main__":
    main()
