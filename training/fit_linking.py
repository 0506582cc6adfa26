"""Fits how likely two events are of one incident: writes wirewatch/incidents/weights.json.

    python -m training.fit_linking ../shared/data [--reader]

Data: eval/shooting_reports.jsonl, that half of its incidents which is not kept unread; the table of
common words counts articles of gold/voa_articles.jsonl too. A word is in the table only when three
incidents or ten articles have it, so that it names nobody. The fit is a logistic regression with
the sign of each weight given and a pull towards PRIOR, which decides where the data are silent:
all these reports are of one country.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from training.simple_events import read as read_simply
from wirewatch import extraction
from wirewatch.evaluation.linking import GroupedReport, bcubed, linked, load, main_event, unread
from wirewatch.fingerprint import terms
from wirewatch.incidents.index import Index
from wirewatch.incidents.node import Node, node, words
from wirewatch.incidents.score import Scorer, Weights
from wirewatch.model import Event

OUT = Path(__file__).parents[1] / "wirewatch/incidents/weights.json"
PRIOR = {
    "bias": -4.0, "type_differs": -1.0, "same_article": 2.5, "date_same": 2.0, "date_next": 0.5,
    "date_overlaps": 0.7, "date_apart": -6.0, "news_apart": -8.0, "date_unknown": 0.0,
    "published_apart": -1.5, "place_same": 2.0, "place_near": 1.0, "place_wide": 0.0,
    "place_within": 0.5, "place_outside": -3.0, "place_named": 1.0, "place_namesake": 0.5,
    "place_told": -1.5, "place_differs": -1.5, "place_apart": -4.0, "country_differs": -4.0,
    "figures_agree": 0.8, "figures_differ": -1.0, "actors_share": 0.7, "actors_differ": -0.8,
    "targets_share": 0.7, "targets_differ": -1.0, "copied": 4.0, "terms": 5.0, "terms_mass": 2.0,
    "title": 3.0, "words_apart": -12.0,
}  # fmt: skip
PULL = 0.05
"""How strongly a weight is held at its prior, a pair's loss being about 1."""
SILENT = {
    "news_apart",
    "type_differs",
    "same_article",
    "place_near",
    "place_apart",
    "country_differs",
    "copied",
    "date_unknown",
    "place_wide",
}
"""Not fitted: these reports hardly show them, or show one publisher's boilerplate."""
FIRM = {
    "date_apart": -6.0, "date_next": -1.0, "place_told": -1.0, "place_differs": -0.8,
    "words_apart": -12.0,
}  # fmt: skip
"""At most these: in reports of trials the first date is often not the shooting's, which would teach
that two attacks in one city in one week are the same."""
STEEP = 3
"""Power of the share that a word's inverse document frequency has in a rare word's: a dozen words
such as "hospital" and "county" must not weigh like two surnames."""
THRESHOLD = 0.4
"""Among those that do best on incidents left out of the fit (training/fold_linking.py)."""
LEAST_NAMED = 3
"""Times that a name stands in the treebank to be one that tells of nobody, and reports that write a
word small for it to be no name."""


def plain_words(data: Path) -> frozenset[str]:
    """The treebank's words and their stems; of its names those that tell of nobody ("Michael").

    The grouped reports name private people and small places: these do not enter the table.
    """
    rows = (data / "train/ud_english_ewt/en_ewt-ud-train.conllu").read_text().splitlines()
    parts = [row.split("\t") for row in rows if row[:1].isdigit()]
    names = Counter(part[1].lower() for part in parts if part[3] == "PROPN")
    plain = {part[1].lower() for part in parts if part[3] != "PROPN"}
    plain |= {name for name, count in names.items() if count >= LEAST_NAMED}
    return frozenset(plain) | words(" ".join(plain))


def written_small(reports: Sequence[GroupedReport]) -> frozenset[str]:
    """Words that several reports write small, and their stems: no names."""
    seen: Counter[str] = Counter()
    for report in reports:
        seen.update(set(re.findall(r"\b[a-z]+\b", report.text)))
    plain = {word for word, count in seen.items() if count >= LEAST_NAMED}
    return frozenset(plain) | words(" ".join(plain))


def _plain(word: str, plain: frozenset[str]) -> bool:
    return word in plain or word.isdigit() or word.startswith("aged ")


def common_words(
    reports: Sequence[GroupedReport], voa: Path, plain: frozenset[str]
) -> tuple[float, dict[str, float]]:
    """How much a rare word tells, and each common one (of its inverse document frequency)."""
    plain |= written_small(reports)
    seen: Counter[str] = Counter()
    incidents: dict[str, set[str]] = {}
    for report in reports:
        for word in {*terms(report.title, report.text), *words(report.title)}:
            seen[word] += 1
            incidents.setdefault(word, set()).add(report.incident)
    lines = [json.loads(line) for line in voa.open()]
    articles = [one for one in lines if not held_out(one["id"])]
    others: Counter[str] = Counter()
    for one in articles:
        first = one["text"].split(".")[0]
        others.update({*terms("", one["text"]), *words(first)})
    seen.update(others)
    total = len(reports) + len(articles)
    rare = round(math.log(total / 1.5), 2)
    table = {
        word: round(rare * (math.log(total / count) / rare) ** STEEP, 2)
        for word, count in sorted(seen.items())
        if (len(incidents.get(word, ())) >= 3 and _plain(word, plain)) or others[word] >= 10
    }
    return rare, table


def held_out(doc: str) -> bool:
    """Whether an article of data/gold is kept for scoring."""
    return int(hashlib.sha256(doc.encode()).hexdigest(), 16) % 3 == 0


def pairs(
    nodes: Sequence[Node], incident: dict[str, str], scorer: Scorer
) -> tuple[list[dict[str, float]], list[bool]]:
    """Features and labels of the pairs that the index would compare."""
    index = Index(scorer.tells)
    rows, labels = [], []
    for mine in nodes:
        index.add(mine)
        for other in index.candidates(mine):
            rows.append(scorer.features(mine, other))
            labels.append(incident[mine.article] == incident[other.article])
    return rows, labels


def fit(rows: list[dict[str, float]], labels: list[bool]) -> dict[str, float]:
    """Weights by feature, bias included, each with the sign of its prior."""
    names = list(PRIOR)
    data = np.array([[1.0 if n == "bias" else row.get(n, 0.0) for n in names] for row in rows])
    target = np.array(labels, dtype=float)
    prior = np.array([PRIOR[name] for name in names])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logits = data @ weights
        chance = 1 / (1 + np.exp(-logits))
        value = np.sum(np.logaddexp(0, logits) - target * logits)
        held = weights - prior
        pull = PULL * 10
        return value + pull * held @ held, data.T @ (chance - target) + 2 * pull * held

    bounds = [bound(name, value) for name, value in zip(names, prior, strict=True)]
    found = minimize(loss, prior, jac=True, bounds=bounds, method="L-BFGS-B")
    return {name: round(float(value), 2) for name, value in zip(names, found.x, strict=True)}


def bound(name: str, prior: float) -> tuple[float | None, float | None]:
    """A weight keeps its prior's sign; one the data do not show keeps its value."""
    if name in SILENT:
        return prior, prior
    if name == "bias":
        return None, None
    if name in FIRM:
        return None, FIRM[name]
    return (0.0, None) if prior > 0 else (None, 0.0)


def weights_of(
    fitted: dict[str, float], threshold: float, rare: float, table: dict[str, float]
) -> Weights:
    return Weights(
        bias=fitted["bias"], weights={k: v for k, v in fitted.items() if k != "bias"},
        threshold=threshold, rare=rare, words=table,
    )  # fmt: skip


def fitted(
    reports: Sequence[GroupedReport],
    views: Sequence[Sequence[Event]],
    voa: Path,
    plain: frozenset[str],
) -> Weights:
    """The model that these reports alone teach; each view holds an event of each report."""
    incident = {report.doc: report.incident for report in reports}
    rare, table = common_words(reports, voa, plain)
    scorer = Scorer(weights_of(PRIOR, THRESHOLD, rare, table))
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    for events in views:
        assert all(event.article.fetched_at for event in events)
        made = [node(e, e.id, e.article.fetched_at) for e in events]  # type: ignore[arg-type]
        more = pairs(made, incident, scorer)
        rows += more[0]
        labels += more[1]
    print(f"{len(rows)} pairs, {sum(labels)} of one incident", file=sys.stderr)
    return weights_of(fit(rows, labels), THRESHOLD, rare, table)


def read_half(data: Path) -> list[GroupedReport]:
    """The reports whose incidents may be looked at, oldest first."""
    every = load(data / "eval/shooting_reports.jsonl")
    kept = [report for report in every if not unread(report.incident)]
    return sorted(kept, key=lambda report: (report.published, report.doc))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--reader", action="store_true", help="fit on the reader's events too")
    given = parser.parse_args()
    reports = read_half(given.data)
    views = [simply(reports)] + ([by_reader(reports)] if given.reader else [])
    found = fitted(reports, views, given.data / "gold/voa_articles.jsonl", plain_words(given.data))
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=0) + b"\n")
    print(json.dumps({"bias": found.bias, **found.weights}, indent=1))
    incident = {report.doc: report.incident for report in reports}
    for events in views:
        score = bcubed(incident, linked(events, found))
        print(f"P {score.precision:.3f} R {score.recall:.3f} F {score.f1:.3f}")


def simply(reports: Sequence[GroupedReport]) -> list[Event]:
    return [main_event(read_simply(report.article), report.article) for report in reports]


def by_reader(reports: Sequence[GroupedReport]) -> list[Event]:
    return [main_event(extraction.read(report.article), report.article) for report in reports]


if __name__ == "__main__":
    main()
