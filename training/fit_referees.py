"""Fit the referees (trigger, when, status, claim) and the words' odds on the development articles.

    python -m training.fit_referees --out DIR [--folds 5] [--heads DIR] [--suffix rules|heads]

It also writes DIR/fold0 … so that ``score_dev.py --weights DIR`` judges each article with weights
that never saw it. With heads there is a referee of the whole article, too: it learns from what the
folds' weights make of the articles that they never saw. Held-out articles are never read.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import spacy
import yaml
from sklearn.ensemble import HistGradientBoostingClassifier
from spacy.language import Language
from spacy.tokens import Doc

from training.fit_linear import fit_linear
from training.out_of_fold import add, read_by_all
from training.own_articles import PREFIX
from training.referee_rows import Labelled, labelled, own, prepared
from training.score_dev import OWN, PARTS, SETS, article, fold_of, gold
from wirewatch.extraction import load
from wirewatch.extraction.context import context
from wirewatch.extraction.factuality.component import counted_chances
from wirewatch.extraction.referee.article import article_rows, judged
from wirewatch.extraction.referee.features import claim_row, trigger_row
from wirewatch.extraction.referee.files import use
from wirewatch.extraction.referee.labels import STATUSES
from wirewatch.extraction.referee.mention import of_candidate
from wirewatch.extraction.referee.weights import STRONG, WEAK
from wirewatch.extraction.tokenizer import adapt
from wirewatch.extraction.triggers.match import Candidate
from wirewatch.model import Article

SENTENCES = Path(__file__).with_name("mentions.yaml")
WEIGHTS = {"mixed": 3.0, "voa": 1.0, OWN: 0.5}
"""Of the articles of a set: the mixed ones are few and the most like what the reader will meet."""
SHORT = 0.5
"""Weight of a sentence alone beside an article."""
PRIOR_COUNT = 4.0
"""Mentions that the default odds of a phrase are worth."""
Row = tuple[list[float], int, float]


def fit(
    rows: list[Row], classes: int, *, trees: int, leaves: int, linear: bool
) -> dict[str, np.ndarray]:
    x = np.asarray([r for r, _, _ in rows])
    x[:, np.isnan(x).all(axis=0)] = 0  # a column that says nothing cannot be binned
    y = np.asarray([k for _, k, _ in rows])
    w = np.asarray([v for _, _, v in rows])
    model = HistGradientBoostingClassifier(
        max_iter=trees, learning_rate=0.06, max_leaf_nodes=leaves, min_samples_leaf=12,
        l2_regularization=3.0, max_features=0.3, early_stopping=False, random_state=0,
    )  # fmt: skip
    model.fit(x, y, sample_weight=w)
    return {**arrays(model, classes), **(fit_linear(x, y, w) if linear else {})}


def arrays(model: Any, classes: int) -> dict[str, np.ndarray]:
    """The trees as flat arrays (see referee/trees.py); classes never seen get a low base."""
    parts: dict[str, list[Any]] = defaultdict(list)
    size = 0
    known = [int(k) for k in model.classes_]
    for stage in model._predictors:
        for k, tree in enumerate(stage):
            nodes = tree.nodes
            leaf = nodes["is_leaf"].astype(bool)
            parts["feature"].append(np.where(leaf, -1, nodes["feature_idx"]))
            parts["threshold"].append(np.where(leaf, 0.0, nodes["num_threshold"]))
            parts["left"].append(nodes["left"])
            parts["right"].append(nodes["right"])
            parts["missing_left"].append(nodes["missing_go_to_left"].astype(bool))
            parts["value"].append(np.where(leaf, nodes["value"], 0.0))
            parts["roots"].append([size])
            parts["classes"].append([0 if classes == 1 else known[k]])
            size += len(nodes)
    base = np.full(classes, -20.0)
    baseline = np.ravel(model._baseline_prediction)
    base[[0] if classes == 1 else known] = baseline
    kinds = {
        "feature": np.int16, "threshold": np.float64, "left": np.int16, "right": np.int16,
        "missing_left": np.bool_, "value": np.float64, "roots": np.int32, "classes": np.int16,
    }  # fmt: skip
    return {**{k: np.concatenate(parts[k]).astype(t) for k, t in kinds.items()}, "base": base}


def counts(docs: Iterable[Labelled]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for one in docs:
        for candidate, (valid, weight) in zip(one.candidates, one.valid, strict=True):
            row = found[f"{candidate.type}/{candidate.phrase}"]
            row[valid] += weight
            row[2] = WEAK if candidate.weak else STRONG
    return found


def odds(no: float, yes: float, default: float) -> float:
    share = 1 / (1 + np.exp(-default))
    p = (yes + PRIOR_COUNT * share) / (yes + no + PRIOR_COUNT)
    return float(np.log(p / (1 - p)))


def prior_of(found: dict[str, list[float]], one: Labelled) -> Callable[[Candidate], float]:
    """Odds without the article's own mentions, so that rows do not know their labels."""
    own = counts([one])

    def prior(candidate: Candidate) -> float:
        key = f"{candidate.type}/{candidate.phrase}"
        no, yes, default = found.get(key, [0.0, 0.0, WEAK if candidate.weak else STRONG])
        mine = own.get(key, [0.0, 0.0, 0.0])
        inside = no + yes >= mine[0] + mine[1]
        return odds(no - mine[0] * inside, yes - mine[1] * inside, default)

    return prior


def rows_of(docs: list[Labelled], found: dict[str, list[float]]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for one in docs:
        prior = prior_of(found, one)
        others = tuple((c, prior(c)) for c in one.candidates)
        for i, (c, odds_) in enumerate(others):
            row = trigger_row(one.doc, of_candidate(c), others, odds_, c.weak)
            valid, weight = one.valid[i]
            rows["trigger"].append((row, valid, weight * one.weight))
            for task, label in (("when", one.when[i]), ("status", one.status[i])):
                if label is not None:
                    rows[task].append((row, label[0], label[1] * one.weight))
        for counted, label in zip(one.doc._.counted, one.claims, strict=True):
            if label is not None:
                row = claim_row(one.doc, counted, others)
                rows["claim"].append((row, label[0], label[1] * one.weight))
    return rows


SHAPES = {
    "trigger": (1, 120, 10),
    "when": (1, 100, 8),
    "claim": (1, 100, 8),
    "status": (len(STATUSES), 50, 6),
    "article": (1, 80, 8),
}
LINEAR = frozenset({"claim", "when"})
"""Tasks whose trees have a linear model beside them, where there are heads."""
_CACHED = ("wirewatch.candidates", "wirewatch.rows")
"""``doc.user_data`` of what the weights in use made of a Doc."""


def write(docs: list[Labelled], folder: Path, suffix: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    found = counts(docs)
    table = {key: round(odds(*row), 3) for key, row in sorted(found.items())}
    (folder / "priors.json").write_text(json.dumps(table, indent=0) + "\n")
    for task, rows in rows_of(docs, found).items():
        write_task(task, rows, folder, suffix)


def write_task(task: str, rows: list[Row], folder: Path, suffix: str) -> None:
    classes, trees, leaves = SHAPES[task]
    linear = suffix == "heads" and task in LINEAR
    data = fit(rows, classes, trees=trees, leaves=leaves, linear=linear)
    np.savez_compressed(folder / f"{task}_{suffix}.npz", **data)
    print(folder.name, task, len(rows), "rows")


def article_rows_of(one: Labelled) -> list[Row]:
    """What the weights in use, which must not have seen the article, make of all its mentions."""
    for key in _CACHED:
        one.doc.user_data.pop(key, None)
    rows = article_rows(one.doc, judged(one.doc), counted_chances(one.doc))
    return [(row, int(one.told[t]), one.weight) for t, row in rows.items() if t in one.told]


def write_article(docs: list[tuple[int, Labelled]], out: Path, folds: int, suffix: str) -> None:
    """``docs`` with the fold whose weights never saw each."""
    rows: dict[int, list[Row]] = {}
    for fold in range(folds):
        use(out / f"fold{fold}")
        rows[fold] = [row for own, one in docs if own == fold for row in article_rows_of(one)]
    use(None)
    for fold in range(folds):
        rest = [row for other in rows if other != fold for row in rows[other]]
        write_task("article", rest, out / f"fold{fold}", suffix)
    write_task("article", [row for own in rows.values() for row in own], out, suffix)


def may_learn(article: Article) -> bool:
    """Wikinews, Voice of America, our own: the other mixed articles have no licence for it."""
    return article.id.startswith(("wn-", "voa-", PREFIX))


def opening(article: Article, doc: Doc) -> Article | None:
    """The article's first sentence alone: the reader also meets headlines and snippets."""
    start, end = context(doc).bounds[0]
    text = doc[start:end].text.strip()
    if len(text) < 40 or end == len(doc):
        return None
    return msgspec.structs.replace(article, title="", text=text)


def reader(model: Path | None, *, heads: bool) -> Language:
    """The reading pipeline; without heads on bare tokens, where the rules read alone."""
    return load(model) if heads else load(base=adapt(spacy.blank("en")))


def collect(heads: Path | None, model: Path | None) -> list[tuple[str, Labelled]]:
    nlp = add(reader(model, heads=heads is not None), heads)
    docs = []
    for name in (*SETS, OWN):
        articles, labels = gold(name, PARTS["dev"])
        for each in read_by_all(heads, list(filter(may_learn, articles))):
            doc = prepared(each, nlp)
            events, weight = labels[each.id]["events"], WEIGHTS[name]
            docs.append((each.id, labelled(each, doc, events, weight)))
            if (short := opening(each, doc)) is not None:
                part = labelled(short, prepared(short, nlp), events, weight * SHORT)
                docs.append((each.id, part))
    return [*docs, *sentences(reader(model, heads=heads is not None))]


def sentences(nlp: Language) -> list[tuple[str, Labelled]]:
    """Our own sentences, each an article; the shipped heads have not learned from them."""
    rows = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    found = []
    for i, row in enumerate(rows):
        sentence = article({"id": f"own-{i}", "text": row["say"], "published": "2018-12-26"})
        tells, past = row.get("tells", []), row.get("past", [])
        found.append((sentence.id, own(prepared(sentence, nlp), tells, past, SHORT)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--heads", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--suffix", choices=["rules", "heads"], default="rules")
    options = parser.parse_args()
    docs = collect(options.heads, options.model)
    write([one for _, one in docs], options.out, options.suffix)
    for fold in range(options.folds):
        rest = [one for doc, one in docs if fold_of(doc, options.folds) != fold]
        write(rest, options.out / f"fold{fold}", options.suffix)
    if options.suffix == "heads":
        placed = [(fold_of(doc, options.folds), one) for doc, one in docs]
        write_article(placed, options.out, options.folds, options.suffix)


if __name__ == "__main__":
    main()
