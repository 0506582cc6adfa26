"""Words of harm alone ("killed", "struck") tell no attack where a mishap is told."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from wirewatch.extraction.annotations import Trigger
from wirewatch.extraction.context import Context, context, wordset
from wirewatch.extraction.triggers.match import Candidate
from wirewatch.model import EventType

_HARM = wordset(
    "killed killing kills kill dead deaths death died dying wounded injured hurt struck hit "
    "destroyed"
)
_MISHAPS: frozenset[EventType] = frozenset({"accident", "disaster"})
_HARMFUL = _MISHAPS | {"outbreak"}
Judged = Sequence[tuple[Candidate, float]]


def without_mere_harm(doc: Doc, kept: Judged) -> list[tuple[Candidate, float]]:
    """Without the words of harm in sentences that tell a mishap more surely, and no attack."""
    seen = context(doc)
    return [
        (c, p) for c, p in kept if not (_is_mere_harm(seen, c) and _by_mishap(seen, c, p, kept))
    ]


def _by_mishap(seen: Context, one: Candidate, chance: float, kept: Judged) -> bool:
    number = seen.sentence[one.start]
    here = [(c, p) for c, p in kept if seen.sentence[c.start] == number]
    if any(c.type == "attack" and not _is_mere_harm(seen, c) for c, _ in here):
        return False
    return any(c.type in _MISHAPS and p > chance for c, p in here)


def of_mishap(doc: Doc, candidate: Candidate, told: Sequence[Trigger]) -> bool:
    """Whether a mere word of harm stands in a sentence that tells a mishap and no attack."""
    seen = context(doc)
    number = seen.sentence[candidate.start]
    types = {t.type for t in told if seen.sentence[t.token] == number}
    mishap = "attack" not in types and not types.isdisjoint(_MISHAPS)
    return mishap and _is_mere_harm(seen, candidate)


def may_be_attack(doc: Doc, candidate: Candidate, kept: Judged) -> bool:
    """Whether a count may need the doubtful attack: not where the article tells mishaps only."""
    if candidate.type != "attack" or not _is_mere_harm(context(doc), candidate):
        return True
    types = {c.type for c, _ in kept}
    return "attack" in types or types.isdisjoint(_HARMFUL)


def _is_mere_harm(seen: Context, candidate: Candidate) -> bool:
    return candidate.type == "attack" and seen.words[candidate.start] in _HARM
