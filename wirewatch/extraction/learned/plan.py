"""Which words the encoder sees together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from wirewatch.extraction.learned.pieces import (
    CONTINUATION,
    WordPieces,
    case_of,
    feature,
    space_of,
)
from wirewatch.extraction.words import Words
from wirewatch.extraction.words import words as words_of

Span = tuple[int, int]
MAX_SENTENCE = 120
"""Words of a sentence read at once; what is longer is cut, being a list or a table."""


class Word(NamedTuple):
    """A token as the encoder sees it."""

    token: int
    pieces: list[int]
    feature: int


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the encoder: its input, and the sentences whose words it speaks of, in order."""

    ids: npt.NDArray[np.int64]
    features: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    sentences: list[list[int]]
    """Token indices of each sentence's words."""


def words(doc: Doc, tokens: Sequence[int], pieces: WordPieces) -> list[Word]:
    """The tokens that are not white space, as pieces and features."""
    seen = words_of(doc)
    solid = [i for i in tokens if not seen.blank[i]]
    texts = [seen.texts[i] for i in solid]
    split = pieces.split(texts) if texts else []
    return [
        Word(i, ids, feature(case_of(text), space_of(_before(seen, i))))
        for i, text, ids in zip(solid, texts, split, strict=True)
    ]


def _before(seen: Words, i: int) -> str:
    """The white space before a token; the Doc's start counts as a paragraph's."""
    if i == 0:
        return "\n\n"
    if not seen.blank[i - 1]:
        return seen.after[i - 1]
    return seen.texts[i - 1] + seen.after[i - 1] if i > 1 else "\n\n"


def runs(
    doc: Doc, sentences: Sequence[Span], pieces: WordPieces, chunk: int, context: int
) -> Iterator[Run]:
    """The sentences in runs of at most ``chunk`` pieces, in order.

    Runs after the first begin with the first ``context`` pieces of the Doc, so that what is read
    late in an article is read in the light of its headline.
    """
    lead: list[Word] = []
    held: list[list[Word]] = []
    size = 2
    for sentence in _sentences(doc, sentences, pieces):
        length = sum(len(word.pieces) for word in sentence)
        if held and size + length > chunk:
            yield _run(held, lead, pieces)
            lead = lead or _lead(doc, pieces, context)
            held, size = [], 3 + sum(len(word.pieces) for word in lead)
        held.append(sentence)
        size += length
    if held:
        yield _run(held, lead, pieces)


def _sentences(doc: Doc, spans: Sequence[Span], pieces: WordPieces) -> Iterator[list[Word]]:
    every = words(doc, [i for start, end in spans for i in range(start, end)], pieces)
    at = 0
    for _, end in spans:
        begin = at
        while at < len(every) and every[at].token < end:
            at += 1
        for cut in range(begin, at, MAX_SENTENCE):
            yield every[cut : min(at, cut + MAX_SENTENCE)]


def _lead(doc: Doc, pieces: WordPieces, context: int) -> list[Word]:
    found: list[Word] = []
    size = 0
    for word in words(doc, range(min(len(doc), context)), pieces):
        size += len(word.pieces)
        if size > context:
            break
        found.append(word)
    return found


def _run(sentences: list[list[Word]], lead: list[Word], pieces: WordPieces) -> Run:
    ids, features, first = [pieces.cls], [CONTINUATION], []
    for word in lead:
        _add(word, ids, features)
    if lead:
        ids.append(pieces.sep)
        features.append(CONTINUATION)
    for sentence in sentences:
        for word in sentence:
            first.append(len(ids))
            _add(word, ids, features)
    ids.append(pieces.sep)
    features.append(CONTINUATION)
    return Run(
        np.array(ids, np.int64), np.array(features, np.int64), np.array(first, np.int64),
        [[word.token for word in sentence] for sentence in sentences],
    )  # fmt: skip


def _add(word: Word, ids: list[int], features: list[int]) -> None:
    ids.extend(word.pieces)
    features.append(word.feature)
    features.extend([CONTINUATION] * (len(word.pieces) - 1))
