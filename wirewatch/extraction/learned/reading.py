"""Outputs of the runs, gathered into what they say of each token of a Doc."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from wirewatch.extraction.annotations import Heads
from wirewatch.extraction.learned import names, tree
from wirewatch.extraction.learned.plan import Run
from wirewatch.extraction.learned.weights import READING, Encoder

FloatArray = npt.NDArray[np.float32]
REFUSE, FORCE = 0.01, 0.9
"""Below and above these the sentence-start head overrules the rules, paragraphs apart. Rules seldom
part what is one; of the stops in reports the head, taught by treebanks, doubts one in thirty."""


class Reading:
    """What the encoder says of a Doc's tokens, filled run by run."""

    def __init__(self, texts: Sequence[str], sure: Iterable[int]) -> None:
        length = len(texts)
        self._texts = texts
        self.read = np.zeros(length, bool)
        self.heads = np.arange(length)
        self.relations = np.full(length, -1)
        self.tags = np.full(length, -1)
        self.pos = np.full(length, -1)
        self.names = [""] * length
        self.rows: dict[str, FloatArray] = {}
        self._sure = set(sure)

    def add(self, run: Run, out: dict[str, FloatArray], encoder: Encoder) -> None:
        """Take over one run's outputs."""
        tokens = np.array([i for sentence in run.sentences for i in sentence])
        self.read[tokens] = True
        self.tags[tokens] = out["tag"].argmax(1)
        self.pos[tokens] = out["pos"].argmax(1)
        proper_noun = self.pos[tokens] == encoder.labels.pos.index("PROPN")
        labels = names.labels(out["entity"], encoder.labels.entities)
        words = [self._texts[i] for i in tokens.tolist()]
        for i, label in zip(tokens, names.proper(labels, proper_noun, words), strict=True):
            self.names[i] = label
        self._parse(run, tokens, out, encoder)
        for name in READING:
            rows = self.rows.get(name)
            if rows is None:
                width = out[name].shape[1]
                rows = self.rows[name] = np.full((len(self.read), width), np.nan, np.float32)
            rows[tokens] = out[name]

    def _parse(
        self, run: Run, tokens: npt.NDArray[np.intp], out: dict[str, FloatArray], encoder: Encoder
    ) -> None:
        heads = np.arange(len(tokens))
        for start, end in self._sentences(run, out["start"][:, 0]):
            found = tree.decode(out["arcs"][start:end, start:end])
            heads[start:end] = np.array(found) + start
        self.heads[tokens] = tokens[heads]
        self.relations[tokens] = encoder.relations(out["label_dep"], out["label_head"][heads])

    def _sentences(self, run: Run, start: FloatArray) -> list[tuple[int, int]]:
        """Sentences as spans of the run's words: the rules' boundaries, mended by the head."""
        begins = [0]
        at = 0
        for sentence in run.sentences:
            for offset, token in enumerate(sentence):
                ruled = offset == 0 and (token in self._sure or start[at] > REFUSE)
                if at and (ruled or start[at] > FORCE):
                    begins.append(at)
                at += 1
        return list(zip(begins, [*begins[1:], at], strict=True))

    def as_heads(self, width: dict[str, int]) -> Heads:
        """The reading heads' rows; NaN where nothing was read."""
        length = len(self.read)
        rows: dict[str, Any] = {
            name: self.rows.get(name, np.full((length, width[name]), np.nan, np.float32))
            for name in READING
        }
        return Heads(**rows)
