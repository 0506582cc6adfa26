"""The company a mention keeps: the article's other triggers and counts of people."""

from __future__ import annotations

import math
from collections.abc import Sequence

from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted
from wirewatch.extraction.context import context
from wirewatch.extraction.referee.labels import FAR, KINDS, MODIFIERS, NAN, TYPES
from wirewatch.extraction.referee.mention import Mention
from wirewatch.extraction.triggers.match import Candidate

Others = Sequence[tuple[Candidate, float]]
"""The article's candidates with the odds of each."""


def company(doc: Doc, mention: Mention, others: Others) -> list[float]:
    """The article's other triggers: those of the type, and the surest of each type near by."""
    seen = context(doc)
    same = [c for c, _ in others if c.type == mention.type]
    title = any(c.start < seen.title_end for c in same)
    lead = any(0 <= seen.body_sentence(c.start) <= 1 for c in same)
    earlier = sum(c.start < mention.start for c in same)
    row = [float(title), float(lead), float(min(len(same), 15)), float(min(earlier, 15))]
    return [*row, *surest(doc, mention, others)]


def surest(doc: Doc, mention: Mention, others: Others) -> list[float]:
    """Per type the greatest odds of another mention, in the sentence and in the article."""
    number = context(doc).sentence
    here, anywhere = [-9.0] * len(TYPES), [-9.0] * len(TYPES)
    for candidate, odds in others:
        if candidate.start == mention.start and candidate.type == mention.type:
            continue
        k = TYPES.index(candidate.type)
        anywhere[k] = max(anywhere[k], odds)
        if number[candidate.start] == number[mention.token]:
            here[k] = max(here[k], odds)
    return [*here, *anywhere]


def figures(doc: Doc, mention: Mention) -> list[float]:
    """Counts of people near by: distance, kind, how many in the sentence and in the article."""
    number = context(doc).sentence
    here = [c for c in doc._.counted if number[c.figure.start] == number[mention.token]]
    near = min(here, key=lambda c: abs(c.figure.start - mention.token), default=None)
    return [
        float(FAR if near is None else min(FAR, abs(near.figure.start - mention.token))),
        -1.0 if near is None else float(KINDS.index(near.kind)),
        float(len(here)),
        float(min(10, len(doc._.counted))),
    ]


def amount(doc: Doc, counted: Counted) -> list[float]:
    """The figure itself: kind, size, modifier, part, and whether title or lead hold it too."""
    seen = context(doc)
    figure = counted.figure
    key = (counted.kind, figure.value, figure.low)
    twins = [c for c in doc._.counted if (c.kind, c.figure.value, c.figure.low) == key]
    first = min(seen.body_sentence(c.figure.start) for c in (*twins, counted))
    size = figure.value if figure.value is not None else figure.low
    return [
        float(KINDS.index(counted.kind)),
        NAN if size is None else math.log1p(min(abs(size), 10**12)),
        float(MODIFIERS.index(figure.modifier)),
        float(counted.subset),
        float(len(twins)),
        float(min(first, 40)),
        float(figure.explicit),
        float(counted.confidence),
    ]
