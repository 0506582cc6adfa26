"""Our scorer gives the figures of the reference scorer, on real labels and noisy predictions."""

import copy
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from wirewatch.evaluation.labels import Labelled, load_labels
from wirewatch.evaluation.score import score

SHARED = Path(__file__).parents[3] / "shared"
# The reference scorer leaves files to the garbage collector.
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def noisy(document: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """Drop, change and invent as a middling reader does."""
    result = copy.deepcopy(document)
    result["events"] = [event for event in result["events"] if dice.random() > 0.15]
    for event in result["events"]:
        for field, values in (
            ("when", ["current", "background"]),
            ("status", ["happened", "announced", "denied"]),
            ("country", ["AF", None]),
            ("type", ["attack", "talks"]),
        ):
            if dice.random() < 0.1:
                event[field] = dice.choice(values)
        event["claims"] = [claim for claim in event["claims"] if dice.random() > 0.15]
        for claim in event["claims"]:
            if dice.random() < 0.2:
                claim.update(dice.choice(CHANGES))
    return result


CHANGES: list[dict[str, Any]] = [
    {"kind": "injured"},
    {"value": 12},
    {"value": 0},
    {"value": None, "modifier": "vague", "vague": "Dozens of"},
    {"value": None, "modifier": "vague", "vague": None, "low": 3},
    {"value": None, "modifier": "range", "low": 3, "high": 7},
    {"value": None, "modifier": "at_least", "low": 30, "high": None},
    {"value": None, "modifier": "at_most", "low": None, "high": 30},
    {"status": "hypothetical"},
    {"explicit": False},
]


@pytest.mark.parametrize("labels", ["labels.jsonl", "voa_labels.jsonl"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_agree(reference: ModuleType, tmp_path: Path, labels: str, seed: int) -> None:
    gold_file = SHARED / "data" / "gold" / labels
    gold = reference.load(gold_file)
    dice = random.Random(seed)
    kept = [noisy(document, dice) for document in gold.values() if dice.random() > 0.05]
    predicted_file = tmp_path / "predicted.jsonl"
    predicted_file.write_text("".join(json.dumps(document) + "\n" for document in kept), "utf-8")
    ours = score(load_labels(gold_file), load_labels(predicted_file))
    theirs = reference.score(gold, reference.load(predicted_file))
    figures = msgspec.to_builtins(ours)
    del figures["country_accuracy"]  # is not in the reference
    assert figures == theirs
    assert 0 < ours.claims.f1 < 1


def test_labels_scored_on_themselves_are_right(reference: ModuleType) -> None:
    gold: dict[str, Labelled] = load_labels(SHARED / "data" / "gold" / "labels.jsonl")
    perfect = score(gold, gold)
    assert perfect.claims.f1 == 1
    assert perfect.background_false_alarms.fired == 0
