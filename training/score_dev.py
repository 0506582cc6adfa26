"""Run the reader over the development articles and score it with ../shared/tools/score.py.

The third of both gold sets whose hash falls on 0 is held out and never read here. The rest is split
in "look" (errors may be read) and "decide" (only scored), and so are the texts of the corpora that
we labelled ourselves (our_labels.py), of which ``--part counted`` is what nobody reads.
``--set own`` reads all our own articles.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import multiprocessing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from training import our_labels, own_articles
from training.out_of_fold import add, read_by_all
from wirewatch.extraction import load, read
from wirewatch.extraction.referee.files import use
from wirewatch.model import Article, Event

SHARED = Path(__file__).parents[1] / "../shared"
SETS = {"mixed": ("articles", "labels"), "voa": ("voa_articles", "voa_labels")}
OWN = "own"
"""The set of our own articles: all of it is for learning."""
PARTS = {"look": {1}, "decide": {2}, "dev": {1, 2}, "held-out": {0}, "counted": {0, 2}}
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def part_of(doc: str) -> int:
    """0: held out; 1: look; 2: decide."""
    return int(hashlib.sha256(doc.encode()).hexdigest(), 16) % 3


def fold_of(doc: str, folds: int) -> int:
    """Which fold's weights never saw the article."""
    return int(hashlib.sha256(doc.encode()).hexdigest(), 16) // 6 % folds


def lines(name: str) -> list[dict[str, Any]]:
    text = (SHARED / f"data/gold/{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def article(row: dict[str, Any]) -> Article:
    date = row.get("published")
    published = datetime.fromisoformat(date).replace(tzinfo=UTC) if date else None
    return Article(
        id=row["id"], revision=1, feed="gold", publisher="gold", url=row.get("url"),
        title=row.get("title") or "", text=row["text"], fetched_at=published or EPOCH,
        published=published,
    )  # fmt: skip


def gold(name: str, parts: set[int]) -> tuple[list[Article], dict[str, Any]]:
    if name == OWN:
        pairs = list(own_articles.articles())
        return [article(row) for row, _ in pairs], {row["id"]: known for row, known in pairs}
    if name in our_labels.SOURCES:
        pairs = [
            (row, known) for row, known in our_labels.articles(name) if part_of(row["id"]) in parts
        ]
        return [article(row) for row, _ in pairs], {row["id"]: known for row, known in pairs}
    articles, labels = SETS[name]
    rows = {row.get("id") or row["doc"]: row for row in lines(articles)}
    labelled = {row["doc"]: row for row in lines(labels) if part_of(row["doc"]) in parts}
    return [article({**rows[doc], "id": doc}) for doc in sorted(labelled)], labelled


def prediction(found: tuple[Event, ...]) -> list[dict[str, Any]]:
    out = []
    for event in found:
        row = msgspec.to_builtins(event)
        row["country"] = event.country
        out.append(row)
    return out


_STATE: dict[str, Any] = {}


def _start(
    weights: Path | None = None,
    model: Path | None = None,
    heads: Path | None = None,
    every: bool = False,
) -> None:
    _STATE["nlp"] = add(load(model), heads)
    _STATE["weights"] = weights
    if every:
        _STATE["nlp"].get_pipe("wirewatch_encode").choose = None


def _one(one: Article) -> tuple[str, list[dict[str, Any]]]:
    if _STATE["weights"]:
        folds = len(list(_STATE["weights"].glob("fold*")))
        use(_STATE["weights"] / f"fold{fold_of(one.id, folds)}")
    return one.id, prediction(read(one, _STATE["nlp"]))


def predict(
    articles: list[Article],
    processes: int,
    weights: Path | None = None,
    model: Path | None = None,
    heads: Path | None = None,
    every: bool = False,
) -> dict[str, Any]:
    if processes < 2:
        _start(weights, model, heads, every)
        pairs = list(map(_one, articles))
    else:
        context = multiprocessing.get_context("spawn")
        with context.Pool(processes, _start, (weights, model, heads, every)) as pool:
            pairs = pool.map(_one, articles, chunksize=16)
    return {doc: {"doc": doc, "events": events} for doc, events in pairs}


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools/score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def show(name: str, result: dict[str, Any]) -> None:
    print(f"== {name}: {result['documents']} articles")
    for key in ("claims", "claims_current", "type_country_current"):
        print(f"  {key:24}", _prf(result[key]))
    print("  when accuracy            ", result["when_accuracy"])
    print("  background false alarms  ", result["background_false_alarms"])
    for kind, row in result["claims_by_kind"].items():
        print(f"    {kind:22}", _prf(row))
    for key, row in result["alerts"].items():
        print(f"    {key:22}", _prf(row))


def _prf(row: dict[str, Any]) -> str:
    counts = f"tp {row['tp']} fp {row['fp']} fn {row['fn']}"
    return f"P {row['p']:.3f} R {row['r']:.3f} F1 {row['f1']:.3f}   {counts}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=[*SETS, OWN, *our_labels.SOURCES, "both"], default="both")
    parser.add_argument("--part", choices=PARTS, default="dev")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--heads", type=Path, help="folder of out-of-fold heads")
    parser.add_argument("--model", type=Path, help="folder of the encoder")
    parser.add_argument("--weights", type=Path, help="folder of fit_referees.py --folds 5")
    parser.add_argument("--every", action="store_true", help="encode every sentence")
    options = parser.parse_args()
    score = scorer()
    for name in SETS if options.set == "both" else [options.set]:
        articles, labelled = gold(name, PARTS[options.part])
        articles = read_by_all(options.heads, articles)
        labelled = {one.id: labelled[one.id] for one in articles}
        predicted = predict(
            articles,
            options.processes,
            options.weights,
            options.model,
            options.heads,
            options.every,
        )
        if options.predictions:
            path = options.predictions.with_suffix(f".{name}.jsonl")
            path.write_text("".join(json.dumps(p) + "\n" for p in predicted.values()))
        show(f"{name} {options.part}", score.score(labelled, predicted))


if __name__ == "__main__":
    main()
