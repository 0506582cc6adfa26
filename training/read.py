"""Teaches the reading heads: out of fold for the referee, then on everything for the package."""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from training import files, own_articles, reading, ship, templates
from training.chunks import CONTEXT, Chunk, batches, collate
from training.losses import reading_losses
from training.net import READING, VECTORS, Reader
from training.reading import KINDS, Samples, Text
from training.start import vocabulary
from training.train import BFLOAT16, Material, fit, save, seed, tree_step
from wirewatch.extraction.learned.pieces import WordPieces

CHUNK = 320
READING_PIECES = 660
ROUNDS, FINAL_ROUNDS = 10, 8
"""Of half of the articles, and of all. Two, as it was once, left the claims of unseen articles six
points lower."""
OWN_TEXTS = 250
"""Filled sentences of our own with each round."""
RATE = 1.2
"""Of the first training's learning rates."""
TREES_A_ROUND = 0.25
"""Share of the treebank batches that goes with each round of articles in the final training."""

FROZEN = 2
"""Lower layers that stay as the trees left them: a step costs a fifth less."""


def half(document: str) -> int:
    """Which of the two halves of the articles to learn from a document is in."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) // 3 % 2


def step(net: Reader, group: list[Chunk]) -> dict[str, torch.Tensor]:
    """The losses of a batch of articles or of trees."""
    if "text" not in group[0].extra:
        return tree_step(net, group)
    batch = collate(group)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BFLOAT16):
        h = net.words(batch["ids"], batch["features"], batch["mask"], batch["first"])
    return reading_losses(net, group, net.drop(h.float()))


def article_batches(samples: Samples, rng: random.Random) -> list[list[Chunk]]:
    found = samples.epoch(rng, CHUNK, CONTEXT)
    for text in templates.texts(reading.language(), samples.swaps, rng, OWN_TEXTS):
        found += samples.chunks(text, CHUNK, CONTEXT, rng)
    return batches(found, READING_PIECES, rng)


def learn(
    net: Reader, samples: Samples, rounds: int, log: Path, number: int,
    material: Material | None = None,
) -> Reader:  # fmt: skip
    """Train through some rounds of articles, with trees between them if there is material."""
    rng = random.Random(number)
    seed(number)
    freeze(net)

    def one() -> list[list[Chunk]]:
        found = article_batches(samples, rng)
        if material is not None:
            trees = material.epoch(rng)
            found += trees[: int(len(trees) * TREES_A_ROUND)]
            rng.shuffle(found)
        return found

    first = one()

    def every() -> Iterator[list[list[Chunk]]]:
        yield first
        for _ in range(rounds - 1):
            yield one()

    return fit(net, every(), int(len(first) * rounds), step, log, RATE)


def freeze(net: Reader) -> None:
    """Leave the embeddings and the lower layers as they are."""
    encoder = net.encoder
    lower = (encoder.pieces, encoder.positions, encoder.features, encoder.norm)
    for part in (*lower, *encoder.layers[:FROZEN]):
        part.requires_grad_(False)


@torch.no_grad()
def predict(net: Reader, text: Text, samples: Samples) -> dict[str, np.ndarray]:
    """Log probabilities for every token of an article, NaN for white space; as at run time."""
    net.eval()
    width = {**READING, **VECTORS}
    rows = {k: np.full((len(text.doc), n), np.nan, np.float32) for k, n in width.items()}
    for chunk in samples.chunks(text, CHUNK, CONTEXT):
        batch = collate([chunk])
        h = net.words(batch["ids"], batch["features"], batch["mask"], batch["first"])
        out = net.read_words(h)
        for name, row in rows.items():
            values = out[name][0] if name in VECTORS else torch.log_softmax(out[name][0], -1)
            row[chunk.extra["tokens"]] = values.numpy()
    return rows


def scores(texts: Sequence[Text], predicted: Sequence[dict[str, np.ndarray]]) -> dict:
    """Kind F1 over number mentions, news or history over true ones, types over articles."""
    tally = {k: [0, 0, 0] for k in (*KINDS[1:], "types")}
    when = [0, 0]
    for text, rows in zip(texts, predicted, strict=True):
        for f in text.figures:
            if f.weight in {0.0, 0.3}:
                continue
            guess = int(rows["kind"][f.token].argmax())
            if guess and guess == f.kind:
                tally[KINDS[guess]][0] += 1
            elif guess:
                tally[KINDS[guess]][1] += 1
            if f.kind and guess != f.kind:
                tally[KINDS[f.kind]][2] += 1
            if f.kind and f.when >= 0:
                when[0] += int(rows["figure_when"][f.token].argmax() == f.when)
                when[1] += 1
        best = np.nanmax(np.exp(rows["trigger"]), axis=0)
        guessed = {i for i in range(1, len(best)) if best[i] > 0.5}
        tally["types"][0] += len(guessed & text.types)
        tally["types"][1] += len(guessed - text.types)
        tally["types"][2] += len(text.types - guessed)
    every = np.array([tally[k] for k in KINDS[1:]]).sum(0)
    found = {k: _f1(*v) for k, v in tally.items()}
    return {
        "claims": _f1(*map(int, every)),
        **found,
        "when": round(100 * when[0] / max(1, when[1]), 1),
    }


def _f1(tp: int, fp: int, fn: int) -> float:
    return round(200 * tp / max(1, 2 * tp + fp + fn), 1)


def out_of_fold(args: argparse.Namespace, texts: list[Text]) -> None:
    """Each half read by a network that learned from the other half."""
    args.out.mkdir(parents=True, exist_ok=True)
    report: list[tuple[Text, dict]] = []
    for part in args.parts:
        net, saved = ship.load(args.start)
        learned = [t for t in texts if half(t.id) != part]
        unseen = [t for t in texts if half(t.id) == part]
        samples = Samples(learned, args.pieces, args.data)
        net = learn(net, samples, ROUNDS, args.log, 10 + part)
        save(net, args.out / f"half{part}.pt", saved["labels"], saved["morphs"])
        for text in unseen:
            rows = predict(net, text, samples)
            report.append((text, rows))
            spans = np.array([(t.idx, t.idx + len(t)) for t in text.doc], np.int64)
            np.savez_compressed(args.out / f"{text.id}.npz", offsets=spans, **rows)
    for name, group in (
        ("all", report),
        ("wn", [x for x in report if x[0].id.startswith("wn")]),
        ("voa", [x for x in report if x[0].id.startswith("voa")]),
        ("own", [x for x in report if x[0].id.startswith(own_articles.PREFIX)]),
    ):
        line = f"out of fold {name} {scores([t for t, _ in group], [r for _, r in group])}"
        with args.log.open("a") as out:
            out.write(line + "\n")


def final(args: argparse.Namespace, texts: list[Text]) -> None:
    """All articles and the trees together, since reading alone unlearns trees."""
    material = Material(args.data)
    net, saved = ship.load(args.start)
    samples = Samples(texts, args.pieces, args.data)
    net = learn(net, samples, FINAL_ROUNDS, args.log, 20, material)
    save(net, args.out, saved["labels"], saved["morphs"])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("folds", "final"))
    parser.add_argument("--data", type=Path, default=files.DATA)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--parts", type=int, nargs="*", default=(0, 1))
    args = parser.parse_args()
    torch.set_num_threads(2)
    nlp = reading.language()
    pairs = [*reading.articles(args.data), *own_articles.articles()]
    texts = [reading.label(article, gold, nlp) for article, gold in pairs]
    args.pieces = WordPieces(vocabulary()[0])
    (out_of_fold if args.what == "folds" else final)(args, texts)


if __name__ == "__main__":
    main()
