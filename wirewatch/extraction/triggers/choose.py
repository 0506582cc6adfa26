"""Cheap before dear: which sentences deserve the encoder.

Those with a word of the trigger lexicon or a figure that may count people, and their neighbours,
which often hold the date, the place or the doubt; and always the title and the lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from spacy.tokens import Doc

from wirewatch.extraction.triggers.lexicon import Entry, classes, entries

_MOST = 5_000
"""Tokens encoded at most, about a second's work; a report has under two thousand."""
_ALWAYS = 2
"""Sentences from the start that are always read."""


def choose(doc: Doc, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """For each sentence (first, past-the-last token) whether to encode it."""
    hot = [_may_tell(doc, start, end) for start, end in spans]
    if not any(hot):
        return hot
    wanted = [i < _ALWAYS or any(hot[max(0, i - 1) : i + 2]) for i in range(len(spans))]
    sizes = [end - start if yes else 0 for (start, end), yes in zip(spans, wanted, strict=True)]
    spent = accumulate(sizes)
    return [yes and so_far <= _MOST for yes, so_far in zip(wanted, spent, strict=True)]


def _may_tell(doc: Doc, start: int, end: int) -> bool:
    if any(start <= f.start < end and f.not_people is None for f in doc._.figures):
        return True
    words = [token.lower_ for token in doc[start:end] if token.text not in {"-", "–"}]
    index, said = entries(), set(words)
    return any(
        tuple(words[i : i + len(entry.words)]) == entry.words and _may_count(entry, said)
        for i, word in enumerate(words)
        for entry in index.get(word, ())
    )


def _may_count(entry: Entry, said: set[str]) -> bool:
    """A weak word ("keep", "landed") tells nothing without the words that it needs."""
    needed = [classes()[name] for name in entry.needs if name != "parties"]
    return not entry.weak or not any(said.isdisjoint(words) for words in needed)
