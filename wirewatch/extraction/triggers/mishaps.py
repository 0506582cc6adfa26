"""Whose gun went off by mishap: the other shots that the article tells of are the same mishap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.triggers.lexicon import classes
from wirewatch.extraction.triggers.match import LEARNED, Candidate

_SHOTS = wordset("shot shots shoot shoots shooting shootings gunshot fired fires fire went")
_OTHER = wordset("another separate separately elsewhere unrelated previous similar")
_LEAD = 10
"""Sentences, the title's too: an aside on some mishap comes later."""
_MOST = 2
"""Hardly more people are hurt by one gun that goes off by mishap."""
Judged = Sequence[tuple[Candidate, float]]


def without_malice(doc: Doc, chosen: Judged) -> Judged:
    """The triggers, with shots as a mishap where the article tells of one and of no malice."""
    mishaps = [c for c, _ in chosen if _is_mishap(doc, c)]
    if not mishaps or _has_malice(doc):
        return chosen
    return [(replace(c, type="accident") if _same(doc, c) else c, p) for c, p in chosen]


def _is_mishap(doc: Doc, candidate: Candidate) -> bool:
    """Beyond doubt, of a gun, near the beginning, and not of long ago."""
    seen = context(doc)
    sentence = seen.sentence[candidate.start]
    if not (candidate.sure and candidate.type == "accident") or sentence >= _LEAD:
        return False
    first, last = seen.span(candidate.start)
    old = any(first <= d.start < last and d.recent is False for d in doc._.dates)
    return not old and not classes()["gunplay"].isdisjoint(seen.words[first:last])


def _has_malice(doc: Doc) -> bool:
    many = any((c.figure.value or c.figure.low or 0) > _MOST for c in doc._.counted)
    return many or not classes()["malice"].isdisjoint(context(doc).words)


def _same(doc: Doc, candidate: Candidate) -> bool:
    """Whether an attack is told only in words of shots, and of no others than those."""
    seen = context(doc)
    first, last = seen.span(candidate.start)
    said = seen.words[candidate.start : candidate.end]
    shots = candidate.phrase == LEARNED or not _SHOTS.isdisjoint(said)
    return candidate.type == "attack" and shots and _OTHER.isdisjoint(seen.words[first:last])
