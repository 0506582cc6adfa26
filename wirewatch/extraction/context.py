"""The view of a Doc that the word rules read: lower-case tokens, sentences, title, lead.

Computed once a Doc and kept in ``doc.user_data``; it needs no component, so that the rules work
on a bare tokenizer's Doc too.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from wirewatch.extraction.learned.sentences import split
from wirewatch.extraction.words import words as tokens_of

_KEY = "wirewatch.context"
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'"})
_MAX_SENTENCE = 120
"""Tokens: a sentence longer than this is cut, so that no window grows with the text."""
UPPER_SHARE = 0.7
"""Share of upper-case letters from which a text counts as an upper-case wire."""


def wordset(text: str) -> frozenset[str]:
    """The words of ``text`` as a set."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules ask of a Doc; token indices throughout."""

    words: tuple[str, ...]
    """Lower-case tokens with straight apostrophes."""
    sentence: tuple[int, ...]
    """Sentence number of each token."""
    bounds: tuple[tuple[int, int], ...]
    """First and past-the-last token of each sentence."""
    title_end: int
    """First token of the body; 0 without a title."""
    upper: bool
    """An upper-case wire: case says nothing."""

    def span(self, token: int) -> tuple[int, int]:
        """The sentence of ``token``."""
        return self.bounds[self.sentence[token]]

    def body_sentence(self, token: int) -> int:
        """Number of the token's sentence, counted from the body's first; -1 in the title."""
        if token < self.title_end:
            return -1
        return self.sentence[token] - (self.sentence[self.title_end] if self.title_end else 0)


def context(doc: Doc) -> Context:
    """The Doc's context, computed on first use."""
    found = doc.user_data.get(_KEY)
    if found is None:
        found = doc.user_data[_KEY] = _build(doc)
    result: Context = found
    return result


def _build(doc: Doc) -> Context:
    words = tuple(word.translate(_APOSTROPHES) for word in tokens_of(doc).lower)
    bounds = tuple(_bounds(doc))
    sentence = tuple(i for i, (start, end) in enumerate(bounds) for _ in range(start, end))
    letters = [c for c in tokens_of(doc).whole[:4000] if c.isalpha()]
    upper = sum(c.isupper() for c in letters) > UPPER_SHARE * max(1, len(letters))
    title_end = doc._.title_end if doc.has_extension("title_end") else None
    return Context(words, sentence, bounds, min(title_end or 0, max(0, len(doc) - 1)), upper)


def _bounds(doc: Doc) -> list[tuple[int, int]]:
    """Sentences as the Doc has them, else by rules; long ones cut."""
    if doc.has_annotation("SENT_START"):
        pairs = [(sentence.start, sentence.end) for sentence in doc.sents]
    else:
        pairs = split(doc).pairs()
    return [
        (at, min(at + _MAX_SENTENCE, end))
        for start, end in pairs
        for at in range(start, end, _MAX_SENTENCE)
    ]
