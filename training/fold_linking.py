"""How well linking does on incidents that its fit has not seen.

    python -m training.fold_linking ../shared/data

Data: the read half of eval/shooting_reports.jsonl. Words and weights are fitted without a fifth of
its incidents; the whole half is linked, and that fifth is scored; the mean over the fifths of two
divisions is printed for each threshold.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random

from msgspec.structs import replace

from training.fit_linking import by_reader, fitted, plain_words, read_half, simply
from wirewatch.evaluation.linking import bcubed_of, linked

FOLDS = 5
DIVISIONS = 2
THRESHOLDS = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55]


def divided(incidents: Sequence[str], seed: int) -> dict[str, int]:
    """Incident → its fold."""
    mixed = sorted(set(incidents))
    Random(seed).shuffle(mixed)
    return {incident: number % FOLDS for number, incident in enumerate(mixed)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    reports = read_half(data)
    plain, voa = plain_words(data), data / "gold/voa_articles.jsonl"
    incident = {report.doc: report.incident for report in reports}
    simple, read = simply(reports), by_reader(reports)
    totals = {threshold: [0.0, 0.0] for threshold in THRESHOLDS}
    for division in range(DIVISIONS):
        fold_of = divided(list(incident.values()), division)
        for fold in range(FOLDS):
            seen = [report for report in reports if fold_of[report.incident] != fold]
            docs = {report.doc for report in seen}
            views = [[e for e in view if e.article.id in docs] for view in (simple, read)]
            weights = fitted(seen, views, voa, plain)
            for threshold, total in totals.items():
                found = linked(read, replace(weights, threshold=threshold))
                score = bcubed_of(incident, found, incident.keys() - docs)
                total[0] += score.precision * score.reports
                total[1] += score.recall * score.reports
    for threshold, total in totals.items():
        precision, recall = (value / DIVISIONS / len(reports) for value in total)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{threshold} P {precision:.3f} R {recall:.3f} F {f1:.3f}")


if __name__ == "__main__":
    main()
