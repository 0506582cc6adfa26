"""Ground taken by force: "rebels captured the town", "the base fell to the army".

No list of phrases can tell it from arrests and from titles won: what is taken and who takes it do.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.triggers.captured import GROUND, is_one_of, taken
from wirewatch.extraction.triggers.lexicon import classes

_TOOK = wordset(
    "captured recaptured retook retaken overran overrun seized liberated captures recaptures "
    "retakes overruns seizes"
)
_TAKE = wordset("capture recapture retake seize liberate overrun")
"""Tells a deed only right behind those who do it ("Rebels capture town"), or after a noun."""
_NOUNS = wordset("capture recapture seizure liberation")
_CONTROL = wordset("took taken takes seized regained gained retook")
_FELL = wordset("fell fallen falls")
_WAGED = wordset("operation operations offensive assault battle campaign push fight")
_ARMIES = wordset("isil isis daesh houthis houthi peshmerga janjaweed")
_NEAR, _FAR = 4, 12


def ground_taken(doc: Doc) -> Iterator[tuple[int, int]]:
    """The tokens that tell that forces took ground: start and end of each."""
    words = context(doc).words
    for i, word in enumerate(words):
        if word in _TOOK | _TAKE | _NOUNS | _CONTROL | _FELL:
            end = _end(doc, i)
            if end is not None and _by_forces(doc, i):
                yield i, end


def _end(doc: Doc, i: int) -> int | None:
    """Where the words end that tell it; None: they tell something else."""
    words = context(doc).words
    word, after, before = words[i], words[i + 1 : i + 3], words[i - 1] if i else ""
    if word in _FELL:
        return i + 2 if after[:1] == ("to",) and _fell(doc, i) else None
    if word in _CONTROL and "control" in after:
        of = i + 1 + after.index("control") + 1
        return of if words[of : of + 1] == ("of",) and _is_ground(doc, of, of) else None
    if word in _CONTROL and after[:1] == ("back",):
        return i + 2 if _is_ground(doc, i, i + 2) else None
    if word in _NOUNS and after[:1] == ("of",) and before != "to":
        return i + 1 if _is_ground(doc, i, i + 1) else None
    if word in _TAKE:
        told = before in _forces() or (before == "to" and words[i - 2] in _WAGED)
        return i + 1 if told and _is_ground(doc, i, i + 1) else None
    return i + 1 if word in _TOOK and _is_ground(doc, i, i + 1) else None


def _fell(doc: Doc, i: int) -> bool:
    words = context(doc).words
    behind = words[i + 2 : i + 2 + _NEAR]
    return not _forces().isdisjoint(behind) and _is_ground(doc, i, i, subject=True)


def _is_ground(doc: Doc, start: int, end: int, *, subject: bool = False) -> bool:
    """Whether what is taken is a town, a base or a place with a name."""
    named = taken(doc, start, len(doc) if subject else end)
    return is_one_of(doc, named, GROUND)


def _by_forces(doc: Doc, i: int) -> bool:
    """Whether forces stand in the sentence, near enough to have done it."""
    words = context(doc).words
    first, last = context(doc).span(i)
    return not _forces().isdisjoint(words[max(first, i - _FAR) : min(last, i + _FAR)])


def _forces() -> frozenset[str]:
    return classes()["forces"] | _ARMIES
