"""Teaches the reading heads: out of fold for the referee, then on everything for the package."""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
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
ROUNDS, FINAL_ROUNDS = 8, 7
"""Of half of the articles, and of all. Two, as it was once, left the claims of unseen articles six
points lower."""
OWN_TEXTS = 250
"""Filled sentences of our own with each round."""
RATE = 1.2
"""Of the first training's learning rates."""
TREES_A_ROUND = 0.25
"""Share of the treebank batches that goes with each round of articles in the final training."""

FROZEN = 2
"""Lower layers that stay as the trees left them: a step costs a sixth less."""


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


@dataclass(frozen=True, slots=True)
class Task:
    """One network to teach, in a process and on a core of its own.

    ``part`` is the half that it leaves out and predicts; None learns from all, and from the trees.
    """

    part: int | None
    data: Path
    start: Path
    out: Path

    @property
    def name(self) -> str:
        return "whole" if self.part is None else f"half{self.part}"


def labelled(data: Path) -> list[Text]:
    """Every article that may be learned from, with what it teaches."""
    nlp = reading.language()
    pairs = [*reading.articles(data), *own_articles.articles()]
    return [reading.label(article, gold, nlp) for article, gold in pairs]


def teach(task: Task) -> None:
    """Writes the network, and what it makes of the articles that it has not learned from.

    Sums over one thread come in one order: the same files give the same weights.
    """
    torch.set_num_threads(1)
    texts = labelled(task.data)
    samples = Samples(
        [t for t in texts if half(t.id) != task.part], WordPieces(vocabulary()[0]), task.data
    )
    net, saved = ship.load(task.start)
    log = task.out / f"{task.name}.txt"
    if task.part is None:
        net = learn(net, samples, FINAL_ROUNDS, log, 20, Material(task.data))
    else:
        net = learn(net, samples, ROUNDS, log, 10 + task.part)
    save(net, task.out / f"{task.name}.pt", saved["labels"], saved["morphs"])
    for text in texts:
        if half(text.id) == task.part:
            spans = np.array([(t.idx, t.idx + len(t)) for t in text.doc], np.int64)
            rows = predict(net, text, samples)
            np.savez_compressed(heads_of(task.out, text.id), offsets=spans, **rows)


def heads_of(out: Path, article: str) -> Path:
    """Where the heads of an article are kept, from the network that had not learned from it."""
    return out / "oof" / f"{article}.npz"


def report(data: Path, out: Path) -> list[str]:
    """Lines of how well unseen articles were read, for the log and the card."""
    read = [(text, dict(np.load(heads_of(out, text.id)))) for text in labelled(data)]
    found = []
    for name, prefix in (("all", ""), ("wn", "wn"), ("voa", "voa"), ("own", own_articles.PREFIX)):
        group = [x for x in read if x[0].id.startswith(prefix)]
        found.append(f"out of fold {name} {scores([t for t, _ in group], [r for _, r in group])}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=files.DATA)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--log", type=Path, required=True)
    args = parser.parse_args()
    (args.out / "oof").mkdir(parents=True, exist_ok=True)
    # The longest first: then two cores are done at about the same time.
    tasks = [Task(part, args.data, args.start, args.out) for part in (None, 0, 1)]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(teach, tasks))
    with args.log.open("a") as out:
        out.writelines(f"{line}\n" for line in report(args.data, args.out))


if __name__ == "__main__":
    main()
