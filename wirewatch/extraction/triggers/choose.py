"""Cheap before dear: which sentences deserve the encoder.

Those with a word of the trigger lexicon or a figure that may count people, and their neighbours,
which often hold the date, the place or the doubt; and always the title and the lead.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from wirewatch.extraction.triggers.lexicon import entries

_ALWAYS = 2
"""Sentences from the start that are always read."""


def choose(doc: Doc, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """For each sentence (first, past-the-last token) whether to encode it."""
    hot = [_may_tell(doc, start, end) for start, end in spans]
    if not any(hot):
        return hot
    return [i < _ALWAYS or any(hot[max(0, i - 1) : i + 2]) for i in range(len(spans))]


def _may_tell(doc: Doc, start: int, end: int) -> bool:
    if any(start <= f.start < end and f.not_people is None for f in doc._.figures):
        return True
    words = [token.lower_ for token in doc[start:end] if token.text not in {"-", "–"}]
    index = entries()
    return any(
        tuple(words[i : i + len(entry.words)]) == entry.words
        for i, word in enumerate(words)
        for entry in index.get(word, ())
    )
