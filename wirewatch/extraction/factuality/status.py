"""Happened, ongoing, announced, proposed or denied: by the mood of the words around."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.factuality.cues import Cues, cues, nearest
from wirewatch.extraction.referee.mention import Mention
from wirewatch.model import Status

_REACH = {"negation": 5, "demand": 8, "threat": 6, "modal": 7, "will": 9, "ongoing": 5}
_CLAUSE_ENDS = frozenset({",", ";", ":", "but", "after", "that", "—", "–", "when", "while", "and"})
_CONTINUE = wordset("continue keep remain")
_REFUSED = wordset("refused refuses refuse refusing declined declines unwilling")
_LIST = 40
_WISH = wordset("seek seeks sought seeking demand demands demanded demanding want wants wanted")
_OTHER_CLAUSE = wordset("after said says before when ; told since during while but because")
_DECIDED = wordset("decided ordered agreed vowed pledged promised")
_FIGHT = wordset("insurgency fighting struggle struggling war campaign waging wage fought efforts")
"""What is fought for is an aim: "an insurgency to drive out international forces"."""


def status(doc: Doc, mention: Mention) -> Status:
    """The status that the words before the mention give it; "happened" where none speaks."""
    seen = context(doc)
    first, _ = seen.span(mention.token)
    found = cues(doc)
    start = _clause(seen.words, first, mention.token)
    if exact := certain(doc, mention):
        return exact
    if _before(found, "negation", mention, start):
        return "denied"
    if _before(found, "will", mention, start):
        return "announced"
    if any(_before(found, group, mention, start) for group in ("demand", "threat", "modal")):
        return "proposed"
    return "ongoing" if _goes_on(seen.words, found, mention, start) else "happened"


def certain(doc: Doc, mention: Mention) -> Status | None:
    """Where the words leave no choice: questions, aims, "will continue", "refused to", orders.

    This wins over the referee; None: the words do not settle it.
    """
    seen = context(doc)
    first, last = seen.span(mention.token)
    before = seen.words[max(first, mention.token - 5) : mention.token]
    if seen.words[last - 1] == "?" or "?" in seen.words[mention.token : last]:
        return "proposed"
    if "will" in before and _CONTINUE.intersection(before):
        return "ongoing"
    if _wished(seen.words, first, mention.token):
        return "proposed"
    if before[-1:] != ("to",) and before[-2:-1] != ("to",):
        return None
    if _REFUSED.intersection(before):
        return "denied"
    if _DECIDED.intersection(before):
        return "announced"
    return "proposed" if _FIGHT.intersection(seen.words[first : mention.token]) else None


def _wished(words: tuple[str, ...], first: int, token: int) -> bool:
    """The object of a wish, however long the list: "seeks A, B and the removal of C"."""
    if not {"the", "a", "an", "immediate", "full", "complete"}.intersection(
        words[token - 1 : token]
    ):
        return False
    for i in range(token - 1, max(first, token - _LIST) - 1, -1):
        if words[i] in _WISH:
            return True
        if words[i] in _OTHER_CLAUSE:
            return False
    return False


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


def _goes_on(words: tuple[str, ...], found: Cues, mention: Mention, start: int) -> bool:
    if _before(found, "ongoing", mention, start):
        return True
    before = words[max(start, mention.token - 2) : mention.token]
    progressive = {"is", "are", "been", "'re", "'s"}.intersection(before)
    return bool(progressive) and words[mention.token].endswith("ing")
