"""Labelled figures of real articles that the number finder sees: recall before anything else."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from wirewatch.extraction.numbers import find_figures
from wirewatch.extraction.tokenizer import adapt

GOLD = Path(__file__).parents[2].parent / "shared" / "data" / "gold"
pytestmark = pytest.mark.corpora


def held_out(doc: str) -> bool:
    return int(hashlib.sha256(doc.encode()).hexdigest(), 16) % 3 == 0


def labelled(prefix: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Text and explicit claims (other than none at all) of every article that is not held out."""
    articles = (GOLD / f"{prefix}articles.jsonl").read_text(encoding="utf8").splitlines()
    texts = {d["id"]: f"{d['title']}\n\n{d['text']}" for d in map(json.loads, articles)}
    for line in (GOLD / f"{prefix}labels.jsonl").read_text(encoding="utf8").splitlines():
        labels = json.loads(line)
        if not held_out(labels["doc"]):
            claims = [c for e in labels["events"] for c in e.get("claims", ())]
            counts = [c for c in claims if c.get("explicit", True) and c.get("value") != 0]
            yield texts[labels["doc"]], counts


def number(claim: dict[str, Any]) -> object:
    if claim.get("value") is not None:
        return claim["value"]
    return (claim["low"], claim["high"]) if claim["modifier"] == "range" else "vague"


def found_numbers(nlp: Language, text: str) -> set[object]:
    figures = [f for f in find_figures(nlp.make_doc(text)) if f.not_people is None]
    return {
        f.value if f.value is not None else (f.low, f.high) if f.modifier == "range" else "vague"
        for f in figures
    }


@pytest.mark.parametrize("prefix", ["", "voa_"])
def test_finds_nearly_every_labelled_figure(prefix: str) -> None:
    nlp = adapt(spacy.blank("en"))
    total, missed = 0, []
    for text, claims in labelled(prefix):
        found = found_numbers(nlp, text)
        total += len(claims)
        missed += [claim["quote"] for claim in claims if number(claim) not in found]
    assert total > 100
    assert len(missed) <= 0.01 * total + 1, missed
