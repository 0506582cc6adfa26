"""The component that runs the encoder: tags, parse, sentences, names, and the reading heads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, MORPH, POS, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc
from spacy.vocab import Vocab

from wirewatch.extraction.annotations import register
from wirewatch.extraction.learned import names, plan, sentences
from wirewatch.extraction.learned.noun_chunks import noun_chunks
from wirewatch.extraction.learned.reading import Reading
from wirewatch.extraction.learned.weights import Encoder, load_encoder
from wirewatch.extraction.words import Words
from wirewatch.extraction.words import words as words_of

Span = tuple[int, int]
COLUMNS: list[int | str] = [HEAD, DEP, TAG, POS, MORPH, ENT_IOB, ENT_TYPE]
Choose = Callable[[Doc, Sequence[Span]], Sequence[bool]]
"""Given a Doc and its sentences by rules: which of them deserve the encoder."""


class Encode:
    """Reads a Doc with the encoder, one run at a time, so that no other text plays a part.

    Sets tag_, pos_, morph, dep_, head, sentence starts, ents and ``doc._.heads``. With ``choose``
    only the sentences that it picks are read; the others get sentence boundaries by rules, a flat
    tree without labels, and NaN rows. ``doc._.unread`` tells that it picked none.
    """

    def __init__(self, vocab: Vocab, encoder: Encoder, choose: Choose | None = None) -> None:
        register()
        self.encoder = encoder
        self.choose = choose
        self._codes = _Codes(vocab, encoder)

    def __call__(self, doc: Doc) -> Doc:
        """Read one Doc in place."""
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> tuple[Reading, list[Span]]:
        """What the encoder says of the Doc, and its sentences by rules."""
        split = sentences.split(doc)
        spans = split.pairs()
        chosen = [True] * len(spans) if self.choose is None else self.choose(doc, spans)
        seen = words_of(doc)
        sure = [
            start
            for i, (start, _) in enumerate(spans)
            if split.sure[i] or (i and not chosen[i - 1])
        ]
        found = Reading(seen.texts, [_solid(seen, start) for start in sure])
        picked = [span for span, yes in zip(spans, chosen, strict=True) if yes]
        labels = self.encoder.labels
        for run in plan.runs(doc, picked, self.encoder.pieces, labels.chunk, labels.context):
            if len(run.first):
                out = self.encoder.run(run.ids, run.features, run.first)
                found.add(run, out, self.encoder)
        return found, spans

    def set_annotations(self, doc: Doc, predicted: tuple[Reading, list[Span]]) -> None:
        """Write a reading on the Doc."""
        found, spans = predicted
        doc._.unread = not found.read.any()
        doc._.heads = found.as_heads(self.encoder.widths)
        if len(doc):
            seen = words_of(doc)
            heads = _whole_tree(seen, found, spans)
            doc.from_array(COLUMNS, self._codes.table(seen, found, heads))


def _solid(seen: Words, start: int) -> int:
    """The first token from ``start`` that is not white space."""
    while start < len(seen.texts) - 1 and seen.blank[start]:
        start += 1
    return start


def _whole_tree(seen: Words, found: Reading, spans: Sequence[Span]) -> npt.NDArray[np.intp]:
    """Heads for all tokens: white space hangs on its neighbour, unread sentences on their first."""
    heads = found.heads.copy()
    for start, end in spans:
        anchor = _solid(seen, start)
        unread = np.flatnonzero(~found.read[start:end]) + start
        for i in unread.tolist():
            heads[i] = i - 1 if seen.blank[i] and i > anchor else anchor
    return heads


class _Codes:
    """The encoder's rows as spaCy's hashes."""

    def __init__(self, vocab: Vocab, encoder: Encoder) -> None:
        add = vocab.strings.add
        labels = encoder.labels
        self._tags = np.array([add(t) for t in labels.tags], np.uint64)
        self._pos = np.array([IDS[p] for p in labels.pos], np.uint64)
        relations = ["ROOT" if r == "root" else r for r in labels.relations]
        self._relations = np.array([add(r) for r in relations], np.uint64)
        self._space = np.array([add("dep"), add("_SP"), IDS["SPACE"]], np.uint64)
        self._root = np.uint64(add("ROOT"))
        self._morphs = np.zeros((len(labels.tags), len(labels.pos)), np.uint64)
        for key, value in labels.morphs.items():
            tag, pos = key.rsplit("/", 1)
            row = labels.tags.index(tag), labels.pos.index(pos)
            self._morphs[row] = vocab.morphology.add(value)
        self._add = add

    def table(self, seen: Words, found: Reading, heads: npt.NDArray[np.intp]) -> Any:
        """Values of COLUMNS for Doc.from_array."""
        length = len(seen.texts)
        read = found.read
        table = np.zeros((length, 7), np.uint64)
        table[:, 0] = (heads - np.arange(length)).astype(np.int64).view(np.uint64)
        table[read, 1] = self._relations[found.relations[read]]
        table[heads == np.arange(length), 1] = self._root  # without it spaCy sees no tree
        table[read, 2] = self._tags[found.tags[read]]
        table[read, 3] = self._pos[found.pos[read]]
        table[read, 4] = self._morphs[found.tags[read], found.pos[read]]
        table[read, 5] = 2
        for i, label in enumerate(found.names):
            if label not in {"O", ""}:
                table[i, 5], table[i, 6] = self._name(seen, found.names, i)
        table[np.array(seen.blank) & ~read, 1:4] = self._space
        return table

    def _name(self, seen: Words, labels: Sequence[str], i: int) -> tuple[int, int]:
        label = labels[i]
        last = i
        while last + 1 < len(labels) and labels[last + 1] == f"I-{label[2:]}":
            last += 1
        kind = names.spacy_label(label[2:], seen.texts[last])
        inside = label[0] == "I" and i > 0 and labels[i - 1][2:] == label[2:]  # no line break
        return (1 if inside else 3), self._add(kind)


@lru_cache(maxsize=4)
def _shared(path: Path | None, threads: int) -> Encoder:
    """One copy of the weights a process, however many pipelines are made."""
    return load_encoder(path, threads)


@Language.factory(
    "wirewatch_encode",
    assigns=[
        "token.tag", "token.pos", "token.morph", "token.dep", "token.head",
        "token.is_sent_start", "doc.sents", "doc.ents", "token.ent_iob", "token.ent_type",
        "doc._.heads", "doc._.unread",
    ],
    default_config={"weights": None, "threads": 1},
)  # fmt: skip
def make_encode(nlp: Language, name: str, weights: str | None, threads: int) -> Encode:  # noqa: ARG001 - the factory's signature is spaCy's
    """The component; ``weights`` is a folder, None the one shipped with wirewatch."""
    vocab: Any = nlp.vocab
    vocab.get_noun_chunks = noun_chunks
    return Encode(nlp.vocab, _shared(Path(weights) if weights else None, threads))
