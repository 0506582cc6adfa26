"""Noun phrases and what lies between two of them, by closed word classes alone."""

from __future__ import annotations

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.text import Text
from wirewatch.extraction.numbers.words import section

PEOPLE, THINGS = section("people"), section("things")
BE, AUX, BELIEVE = words("be"), words("aux"), words("believe")
RELATIVE, PREPOSITION = words("relative"), words("preposition")
DETERMINER, PRONOUN, VERBS = words("determiner"), words("pronoun"), words("verbs")
CLOSED = AUX | RELATIVE | PREPOSITION | words("conjunction") | PRONOUN - {"his", "her", "its"}
_INSIDE = frozenset(("'s", "’s", "'", "’", "-", '"', "“", "”", "``", "''", "."))
_LONGEST = 10
_LONGEST_ASIDE = 16


def noun_phrase_end(text: Text, i: int) -> int:
    """Where the noun phrase ends whose number ends at ``i``; an "of …" belongs to it.

    Ends before punctuation, verbs, words of harm and other figures; an aside inside it does not
    end it ("two foreign (one Dutch, one Greek) nurses").
    """
    j, aside = i, 0
    while j - i - aside < _LONGEST and j < len(text.low) and text.same(i - 1, j):
        after = _over_aside(text, j) if text.low[j] == "(" else None
        if after is not None:
            j, aside = after, aside + after - j
        elif _goes_on(text, i, j):
            j += 1
        else:
            break
    return j


def _over_aside(text: Text, start: int) -> int | None:
    """Behind the bracket that opens at ``start`` where the noun for the people comes only then."""
    for j in range(start + 1, min(start + _LONGEST_ASIDE, len(text.low))):
        if not text.same(start, j):
            return None
        if text.low[j] == ")":
            return j + 1 if text.same(start, j + 1) and _names_people(text, j + 1) else None
    return None


def _names_people(text: Text, i: int) -> bool:
    """Whether a word for people stands at ``i`` or behind one adjective."""
    for word in (text.at(i), text.at(i + 1)):
        if word in PEOPLE or word + "s" in PEOPLE:
            return i not in text.anchor_at
        if not word.isalpha() or word in CLOSED or word in VERBS:
            return False
    return False


def _goes_on(text: Text, i: int, j: int) -> bool:
    word = text.low[j]
    anchor = text.anchor_at.get(j)
    if anchor is not None and anchor.start == j:
        plain_noun = anchor.sense("noun") and not anchor.sense("participle", "state", "happens")
        if not plain_noun:
            return False
    if j in text.mention_at and text.mentions[text.mention_at[j]].end != i:
        return (
            text.low[j - 1] in ("of", "the", "his", "her", "their", "its") and "of" in text.low[i:j]
        )
    if word == "of" or text.text[j] == "US":
        return True
    if word in ("the", "a", "an", "them", "those", "these", "his", "her", "its", "their", "us"):
        return text.low[j - 1] == "of" or (j - i >= 1 and text.low[j - 1] == "and")
    if word in CLOSED or word in VERBS or word == "still":
        return False
    if word == ".":
        return len(text.low[j - 1]) == 1
    return word[0].isalnum() or word in _INSIDE


def perfect(text: Text, i: int) -> bool:
    """Whether "have" alone governs the participle at ``i``: an active perfect ("have held")."""
    j = i - 1
    while j >= 0 and i - j < 4 and (is_adverb(text.low[j]) or text.low[j] in ("also", "already")):
        j -= 1
    return j >= 0 and text.low[j] in ("have", "has", "had", "'ve", "having")


def is_adverb(word: str) -> bool:
    """Whether a word looks like an adverb of manner or time that may stand before a participle."""
    return word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS


_NO_ADVERBS = frozenset(("family", "assembly", "italy", "elderly", "friendly", "anomaly", "bully"))
_PERSON = (
    "ers", "ors", "ists", "ians", "ants", "ees", "men", "women", "ents", "ards", "ans", "is",
    "eers", "ites", "ese", "ics", "ries", "mates", "folk",
)  # fmt: skip
_SAID_OF_PEOPLE = frozenset(
    (
        "suspected",
        "alleged",
        "accused",
        "unarmed",
        "armed",
        "masked",
        "wanted",
        "elderly",
        "innocent",
    )
)
_PERSON_SINGULAR = ("man", "woman", "ist", "er", "or", "ian")


def is_person(text: Text, i: int) -> bool:
    """Whether the word at ``i`` may name people: by the list, or by how such words end."""
    word = text.low[i]
    if word in PEOPLE or word + "s" in PEOPLE or word in _SAID_OF_PEOPLE:
        return True
    if word in THINGS or len(word) < 5:
        return False
    name = text.text[i][:1].isupper() and not text.text[i].isupper() and word.endswith("s")
    return word.endswith(_PERSON) or name


def people_in(text: Text, start: int, end: int) -> bool:
    """Whether a word for people stands in the phrase."""
    return any(is_person(text, i) for i in range(start, min(end, len(text.low))))


def object_follows(text: Text, i: int) -> bool:
    """Whether an object begins at ``i``: a verb before it is active then, not a passive."""
    word = text.at(i)
    if i >= len(text.low) or not text.same(i - 1, i):
        return False
    if i in text.mention_at:
        counted = text.mentions[text.mention_at[i]]
        if anchor_after(text, counted.end):
            return False
        return counted.figure.not_people in (None, "count of things")
    if word in ("himself", "themselves", "herself", "him", "them"):
        return True
    if word in words("weekday") or word in CLOSED:
        return False
    if word in DETERMINER:
        return _person_object(text, i + 1)
    return word in PEOPLE


def anchor_after(text: Text, i: int) -> bool:
    """Whether a participle or state stands at ``i`` or behind a word for people there."""
    j = i + 1 if text.at(i) in PEOPLE and i not in text.anchor_at else i
    anchor = text.anchor_at.get(j)
    return anchor is not None and anchor.sense("participle", "state") is not None


def _person_object(text: Text, i: int) -> bool:
    """Whether a person is named within a few words of ``i``, before the phrase ends."""
    for j in range(i, min(i + 5, len(text.low))):
        word = text.low[j]
        if word in ("day", "time", "hands", "hand") or word in CLOSED or not word[0].isalnum():
            return False
        if is_person(text, j) or word.endswith(_PERSON_SINGULAR):
            return True
    return False


def passive(text: Text, i: int) -> bool:
    """Whether a form of "be" governs the participle at ``i`` ("were also killed")."""
    j = i - 1
    while j >= 0 and i - j < 5 and (is_adverb(text.low[j]) or text.low[j] in BELIEVE):
        if text.low[j] in BE:
            return True
        j -= 1
    return j >= 0 and text.low[j] in BE
