"""Noun phrases and what lies between two of them, by closed word classes alone."""

from __future__ import annotations

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.text import Text
from wirewatch.extraction.numbers.words import section

PEOPLE = section("people")
BE, AUX, BELIEVE = words("be"), words("aux"), words("believe")
RELATIVE, PREPOSITION = words("relative"), words("preposition")
DETERMINER, PRONOUN, VERBS = words("determiner"), words("pronoun"), words("verbs")
CLOSED = AUX | RELATIVE | PREPOSITION | words("conjunction") | PRONOUN - {"his", "her", "its"}
_INSIDE = frozenset(("'s", "’s", "'", "’", "-", '"', "“", "”", "``", "''", "."))
_LONGEST = 10


def noun_phrase_end(text: Text, i: int) -> int:
    """Where the noun phrase ends whose number ends at ``i``; an "of …" belongs to it.

    Ends before punctuation, verbs, words of harm and other figures.
    """
    j = i
    while j - i < _LONGEST and j < len(text.low) and text.same(i - 1, j):
        if not _goes_on(text, i, j):
            break
        j += 1
    return j


def _goes_on(text: Text, i: int, j: int) -> bool:
    word = text.low[j]
    if j in text.anchor_at and text.anchor_at[j].sense("participle", "happens", "state", "active"):
        return False
    if j in text.mention_at and text.mentions[text.mention_at[j]].end != i:
        return text.low[j - 1] in ("of", "the", "his", "her", "their", "its") and "of" in text.low[i:j]
    if word == "of":
        return True
    if word in ("the", "a", "an", "them", "those", "these", "his", "her", "its", "their", "us"):
        return text.low[j - 1] == "of" or (j - i >= 1 and text.low[j - 1] == "and")
    if word in CLOSED or word in VERBS:
        return False
    if word == ".":
        return len(text.low[j - 1]) == 1
    return word[0].isalnum() or word in _INSIDE


def is_adverb(word: str) -> bool:
    """Whether a word looks like an adverb of manner or time that may stand before a participle."""
    return word.endswith("ly") and len(word) > 4


def people_in(text: Text, start: int, end: int) -> bool:
    """Whether a word for people stands in the phrase."""
    return any(text.low[i] in PEOPLE for i in range(start, min(end, len(text.low))))


def object_follows(text: Text, i: int) -> bool:
    """Whether an object begins at ``i``: a verb before it is active then, not a passive."""
    word = text.at(i)
    if i >= len(text.low) or not text.same(i - 1, i):
        return False
    if i in text.mention_at:
        return text.mentions[text.mention_at[i]].figure.not_people is None
    if word in ("himself", "themselves", "herself", "him", "them"):
        return True
    if word in words("weekday") or word in CLOSED:
        return False
    if word in DETERMINER:
        return people_in(text, i + 1, i + 5) and not set(text.low[i + 1 : i + 3]) & {"day", "time"}
    return word in PEOPLE


def passive(text: Text, i: int) -> bool:
    """Whether a form of "be" governs the participle at ``i`` ("were also killed")."""
    j = i - 1
    while j >= 0 and i - j < 5 and (is_adverb(text.low[j]) or text.low[j] in BELIEVE):
        if text.low[j] in BE:
            return True
        j -= 1
    return j >= 0 and text.low[j] in BE
