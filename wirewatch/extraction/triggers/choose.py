"""Cheap before dear: which sentences deserve the encoder.

An article is read when the words of one of its sentences make it likely enough that it tells an
event. Then every sentence with a word of the trigger lexicon or a figure that may count people is
encoded unless its other words speak strongly against it, with the one before a toll, which often
holds its date; and always the title and the lead.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from math import inf
from typing import NamedTuple
from zlib import crc32

import numpy as np
from spacy.tokens import Doc

from wirewatch.extraction.claims.lexicon import senses
from wirewatch.extraction.triggers.lexicon import Entry, classes, entries
from wirewatch.extraction.words import words

_MOST = 3_500
"""Tokens encoded at most, about a second's work; a report has under two thousand."""
WEIGHTS = "choice.npz"
"""Fitted by training/fit_choice.py: the weight of each word and pair of words, by its hash."""
LEAST = -1.0
"""Log odds: where no sentence is likelier to tell an event, nothing is encoded."""
FAINT = -4.0
"""Log odds: a sentence less likely is left out even there, whatever single word it holds."""
_ANY = -1e9
_SHORT = 80
"""Tokens: a shorter text, as a feed's summary, is read whenever anything could stand in it."""
_HYPHENS = frozenset({"-", "–"})
_COUNT, _STRONG, _WEAK = "#count", "#strong", "#weak"
BUCKETS = 2**14
"""Entries of the table: words that share one by chance share its weight."""


class Look(NamedTuple):
    """What a sentence shows at a glance: its lower-case words, and signs of an event."""

    said: Sequence[str]
    signs: frozenset[str]
    toll: bool
    """Whether a count stands with a word of harm."""
    sure: bool
    """Whether a phrase stands in it that leaves no doubt of an event."""

    @property
    def hot(self) -> bool:
        """Whether an event or a count could stand in it at all."""
        return bool(self.signs)

    def features(self) -> set[int]:
        """Entries of the table that speak for it: words, pairs of words, signs."""
        shown = ["0" if word[:1].isdigit() else word for word in self.said]
        names = {*shown, *(f"{one} {other}" for one, other in pairwise(shown)), *self.signs}
        return {crc32(name.encode("utf-8", "replace")) % BUCKETS for name in names}


def choose(doc: Doc, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """For each sentence (first, past-the-last token) whether to encode it."""
    looked = list(look(doc, spans))
    chances = [_chance(each) for each in looked]
    least, faint = (_ANY, _ANY) if len(doc) < _SHORT else (LEAST, FAINT)
    if max(chances, default=-inf) < least:
        return [False] * len(spans)
    lead = 1 + sum(start < (doc._.title_end or 0) for start, _ in spans)
    tolls = [each.toll for each in looked[1:]] + [False]
    wanted = [i < lead or chance >= faint or tolls[i] for i, chance in enumerate(chances)]
    sizes = [end - start if yes else 0 for (start, end), yes in zip(spans, wanted, strict=True)]
    spent = accumulate(sizes)
    return [yes and so_far <= _MOST for yes, so_far in zip(wanted, spent, strict=True)]


def _chance(look: Look) -> float:
    """Log odds that the sentence tells something, beyond all doubt where its phrases are."""
    if not look.hot:
        return -inf
    return inf if look.sure else odds(look)


def look(doc: Doc, spans: Sequence[tuple[int, int]]) -> Iterator[Look]:
    """What each sentence shows at a glance; needs figures and tokens only."""
    seen, harm = words(doc), senses()
    counts = sorted(figure.start for figure in doc._.figures if figure.not_people is None)
    for start, end in spans:
        first = bisect_left(counts, start)
        counted = first < len(counts) and counts[first] < end
        said = [seen.lower[i] for i in range(start, end) if not seen.blank[i]]
        toll = counted and any(word in harm for word in said)
        shown = frozenset(_phrases(said))
        signs = frozenset(_WEAK if entry.weak else _STRONG for entry in shown)
        sure = any(entry.sure for entry in shown)
        yield Look(said, signs | ({_COUNT} if counted else set()), toll, sure)


def _phrases(said: Sequence[str]) -> Iterator[Entry]:
    """The lexicon's phrases that stand in the sentence."""
    index = entries()
    joined = [word for word in said if word not in _HYPHENS]
    around = set(said)
    for i, word in enumerate(joined):
        for entry in index.get(word, ()):
            if entry.spelled(joined, i) and _may_count(entry, around):
                yield entry


def _may_count(entry: Entry, said: set[str]) -> bool:
    """A weak word ("keep", "landed") tells nothing without the words that it needs."""
    if not entry.weak and not entry.sure:
        return True
    needed = (classes()[name] for name in entry.needs if name in classes() and name != "parties")
    return not any(map(said.isdisjoint, needed))


def odds(look: Look) -> float:
    """Log odds that the sentence tells an event or a count of people, by its words alone."""
    weights, base = _weights()
    return base + sum(weights[i] for i in look.features())


@cache
def _weights() -> tuple[list[float], float]:
    with (files(__package__) / WEIGHTS).open("rb") as source, np.load(source) as table:
        return table["weights"].astype(float).tolist(), float(table["base"])
