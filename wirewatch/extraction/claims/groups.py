"""Figures that share a word of harm: lists, parts of a whole, ellipses."""

from __future__ import annotations

from collections.abc import Sequence

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.patterns import Reading
from wirewatch.extraction.claims.phrases import AUX, PREPOSITION, RELATIVE, VERBS, noun_phrase_end
from wirewatch.extraction.claims.text import Text

_LINK = words("link")
_SUBSET_WORDS = frozenset(("including", "include", "includes", "included", "among", "whom", "comprising"))
_REVISED = frozenset(("up", "down", "raised", "revised", "increased", "upwards", "higher"))
_ENOUGH = 0.55
"""A figure whose own best reading is weaker takes its neighbour's."""


def share(text: Text, best: Sequence[Reading | None]) -> list[Reading | None]:
    """Hand readings on between linked figures, forwards and then backwards."""
    found = list(best)
    for index in range(1, len(found)):
        before = _previous(text, index)
        if before is not None and _weak(found[index]) and (given := found[before]):
            found[index] = _forward(text, before, index, given) or found[index]
    for index in range(len(found) - 2, -1, -1):
        after = index + 1
        given = found[after]
        if _weak(found[index]) and given is not None and text.mentions[index].figure.not_people is None:
            found[index] = _backward(text, index, after, given) or found[index]
    return found


def _weak(reading: Reading | None) -> bool:
    return reading is None or reading.strength < _ENOUGH


def _previous(text: Text, index: int) -> int | None:
    """The nearest figure before it in the sentence that may count people."""
    here = text.mentions[index]
    if here.figure.not_people is not None:
        return None
    for k in range(index - 1, max(-1, index - 5), -1):
        if not text.same(text.mentions[k].head, here.head):
            return None
        if text.mentions[k].figure.not_people is None and text.mentions[k].end <= here.start:
            return k
    return None


def _forward(text: Text, before: int, index: int, given: Reading) -> Reading | None:
    a, b = text.mentions[before], text.mentions[index]
    between = text.low[a.end : b.start]
    following = text.low[b.end : b.end + 3]
    if given.pattern.startswith("toll") and text.at(b.start - 1) == "from":
        return given._replace(pattern="toll", strength=given.strength - 0.05, via=before)
    if text.at(b.start - 1) in ("from", "from:") and text.at(b.start - 2) in _REVISED:
        return given._replace(pattern="revised-from", strength=given.strength * 0.9, via=before)
    if subset_between(text, a.end, b.start) or following[:2] in (["of", "whom"], ["of", "them"]):
        return given._replace(pattern="part", strength=min(given.strength, 0.75), via=before, subset=True)
    if len(between) > 14 or not between:
        return None
    if _listed(text, a.end, b.start) and between[-1] in _LINK:
        return given._replace(pattern="coordinated", strength=given.strength * 0.9, via=before)
    if between[-1] in ("and", ",") and not _verb_between(text, a.end, b.start):
        return given._replace(pattern="elliptic", strength=min(given.strength, 0.5), via=before)
    return None


def subset_between(text: Text, start: int, end: int) -> bool:
    """Whether "including", "among them" leads from one figure to the next."""
    near = text.low[max(start, end - 6) : end]
    return any(word in _SUBSET_WORDS for word in near)


def _listed(text: Text, start: int, end: int) -> bool:
    phrase = noun_phrase_end(text, start)
    rest = [w for w in text.low[phrase:end] if w not in _LINK]
    return phrase < end and not any(_breaks(w) for w in rest) and len(rest) <= 5 and not _anchor_between(
        text, phrase, end
    )


def _breaks(word: str) -> bool:
    return word in VERBS or word in AUX or word in RELATIVE or word in PREPOSITION


def _anchor_between(text: Text, start: int, end: int) -> bool:
    return any(k in text.anchor_at for k in range(start, end))


def _verb_between(text: Text, start: int, end: int) -> bool:
    return any(
        text.low[k] in VERBS or text.low[k] in AUX or text.low[k] in RELATIVE for k in range(start, end)
    )


def _backward(text: Text, index: int, after: int, given: Reading) -> Reading | None:
    """"150 soldiers, 95 civilians and hundreds of rebels killed": the verb comes at the end."""
    if "subject" not in given.pattern and given.pattern not in ("coordinated", "counted-noun"):
        return None
    a, b = text.mentions[index], text.mentions[after]
    if not text.same(a.head, b.head) or a.end > b.start or not _listed(text, a.end, b.start):
        return None
    return given._replace(pattern="coordinated", strength=given.strength * 0.9, via=after)
