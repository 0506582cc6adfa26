"""Happened, ongoing, announced, proposed or denied: by the mood of the words around."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.context import context
from wirewatch.extraction.factuality.cues import Cues, cues, nearest
from wirewatch.extraction.referee.features import Mention
from wirewatch.model import Status

_REACH = {"negation": 5, "demand": 8, "threat": 6, "modal": 7, "will": 9, "ongoing": 5}
_CLAUSE_ENDS = frozenset({",", ";", ":", "but", "after", "that", "—", "–", "when", "while", "and"})
_VERBAL = ("ed", "en")


def status(doc: Doc, mention: Mention) -> Status:
    """The status that the words before the mention give it; "happened" where none speaks."""
    seen = context(doc)
    first, last = seen.span(mention.token)
    found = cues(doc)
    start = _clause(seen.words, first, mention.token)
    if "?" in seen.words[mention.token : last]:
        return "proposed"
    if _before(found, "negation", mention, start):
        return "denied"
    if _before(found, "will", mention, start):
        return "announced"
    if any(_before(found, group, mention, start) for group in ("demand", "threat", "modal")):
        return "proposed"
    if _aim(seen.words, mention, start):
        return "proposed"
    return "ongoing" if _goes_on(seen.words, found, mention, start) else "happened"


def _clause(words: tuple[str, ...], first: int, token: int) -> int:
    """First token of the clause: after the last divider, which itself is looked at."""
    for i in range(token - 1, first - 1, -1):
        if words[i] in _CLAUSE_ENDS and token - i > 2:
            return i
    return first


def _before(found: Cues, group: str, mention: Mention, start: int) -> bool:
    low = max(start, mention.token - _REACH[group])
    at = nearest(found.get(group, ()), mention.token, low, mention.token)
    return at is not None


def _aim(words: tuple[str, ...], mention: Mention, start: int) -> bool:
    """An infinitive of purpose: "to drive out international forces"."""
    before = words[max(start, mention.token - 2) : mention.token]
    return "to" in before and not words[mention.token].endswith(_VERBAL)


def _goes_on(words: tuple[str, ...], found: Cues, mention: Mention, start: int) -> bool:
    if _before(found, "ongoing", mention, start):
        return True
    before = words[max(start, mention.token - 2) : mention.token]
    progressive = {"is", "are", "been", "'re", "'s"}.intersection(before)
    return bool(progressive) and words[mention.token].endswith("ing")
