"""Fit the words by which the reader decides whether an article is worth the encoder.

    .venv-train/bin/python -m training.fit_choice

The teacher is the reader itself with every sentence encoded: a sentence counts as telling when an
event or a claim rests on it, or a label does. Texts, all of an open licence: the labelled articles
that are not held out, and GUM's, which are of all kinds; a third of these is left to bench-read.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from training.score_dev import SHARED, article, gold, part_of
from wirewatch.extraction import load, pipeline
from wirewatch.extraction.learned.sentences import split
from wirewatch.extraction.triggers import choose
from wirewatch.extraction.words import words
from wirewatch.model import Article

OUT = Path(choose.__file__).with_name(choose.WEIGHTS)
FREE = ("wn-", "voa-")
C = 0.1
"""Inverse strength of the penalty; of 0.03, 0.1 and 0.3 the best on folds."""
Span = tuple[int, int]


def texts() -> Iterator[tuple[Article, list[Span]]]:
    """Articles, and the stretches that people's labels quote."""
    for name in ("mixed", "voa"):
        articles, labels = gold(name, {1, 2})
        for one in articles:
            if one.id.startswith(FREE):
                yield one, list(_quoted(one.full_text, labels[one.id]["events"]))
    for path in sorted((SHARED / "data/train/ud_english_gum").glob("*.conllu")):
        if part_of(path.stem) == 0:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        text = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
        yield article({"id": path.stem, "text": " ".join(text)}), []


def _quoted(text: str, events: Sequence[dict[str, Any]]) -> Iterator[Span]:
    for item in (x for event in events for x in (event, *event.get("claims", ()))):
        start = text.find(item.get("quote") or "\0")
        if start >= 0:
            yield start, start + len(item["quote"])


def teach(out: Path) -> None:
    """Write a row a sentence: its features, and whether it tells."""
    nlp = load()
    nlp.get_pipe("wirewatch_encode").choose = None
    with out.open("w", encoding="utf-8") as file:
        for one, quoted in texts():
            text = pipeline.masked(one.full_text[: pipeline.MAX_CHARS])
            if not text.strip():
                continue
            doc = pipeline.prepare(one, text, nlp)
            for _, pipe in nlp.pipeline:
                doc = pipe(doc)
            for event in doc._.events:
                told = (event.evidence, *(claim.evidence for claim in event.claims))
                quoted += [(evidence.start, evidence.end) for evidence in told]
            for row in rows(doc, quoted):
                file.write(json.dumps(row) + "\n")


def rows(doc: Any, quoted: Sequence[Span]) -> Iterator[tuple[list[int], bool]]:
    """Features and truth of each sentence."""
    seen, spans = words(doc), split(doc).pairs()
    for (start, end), look in zip(spans, choose.look(doc, spans), strict=True):
        first, last = seen.at[start], seen.at[end - 1] + len(seen.texts[end - 1])
        yield sorted(look.features()), any(a < last and first < b for a, b in quoted)


def fit(source: Path) -> None:
    """Fit a logistic regression to the rows and write its weights."""
    with source.open(encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    ends = np.cumsum([0, *(len(features) for features, _ in found)])
    columns = np.concatenate([np.array(features, np.int32) for features, _ in found])
    shape = len(found), choose.BUCKETS
    table = csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape)
    truth = np.array([tells for _, tells in found])
    model = LogisticRegression(C=C, max_iter=500, solver="liblinear").fit(table, truth)
    np.savez_compressed(
        OUT, weights=model.coef_[0].astype(np.float16), base=np.float32(model.intercept_[0])
    )
    print(f"{len(found):,} sentences, {truth.mean():.1%} tell; {OUT.stat().st_size:,} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, default=Path("build/training/choice.jsonl"))
    rows = parser.parse_args().rows
    rows.parent.mkdir(parents=True, exist_ok=True)
    teach(rows)
    fit(rows)


if __name__ == "__main__":
    main()
