"""Figures of those who did it, before the verb: "four men, who posed as guards, abducted her"."""

from __future__ import annotations

from wirewatch.extraction.captors import CAPTORS
from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.listed import has_fate
from wirewatch.extraction.claims.phrases import (
    AUX,
    CLOSED,
    PEOPLE,
    RELATIVE,
    VERBS,
    is_adverb,
    noun_phrase_end,
    object_follows,
    people_in,
)
from wirewatch.extraction.claims.text import Mention, Text

_TITLES = words("titles")
_WEEKDAYS = words("weekday")
_INSIDE = 15
_NO_NAME = frozenset(
    ("alive", "dead", "here", "there", "overnight", "separately", "instead", "earlier", "later")
)


def did_it(text: Text, mention: Mention, end: int) -> bool:
    """Whether the words say that the people did the harm; ``end`` is their noun phrase's."""
    if any(text.at(end + i) in AUX or text.at(end + i) in VERBS for i in range(2)):
        return False
    return _acts(text, mention, end)


def _acts(text: Text, mention: Mention, end: int) -> bool:
    """As in "four gunmen, who posed as guards, abducted Ana Lee"; not "four men killed in May"."""
    j = _over_clause(text, end)
    anchor = text.anchor_at.get(j)
    if anchor is None or not text.same(mention.head, j) or text.at(j - 1) in AUX:
        return False
    if anchor.sense("participle") is None or not text.at(j).endswith(("ed", "shot", "took")):
        return False
    of_arms = any(text.low[k] in CAPTORS for k in range(mention.end, end))
    if j == end and not of_arms and not _of_others(text, anchor.end):
        return False
    return object_follows(text, anchor.end) or _name_follows(text, anchor.end)


def _of_others(text: Text, i: int) -> bool:
    """Whether other people are counted at ``i``, with no word of what else became of them."""
    index = text.mention_at.get(i)
    if index is None or has_fate(text, index):
        return False
    other = text.mentions[index]
    counted = other.figure.not_people is None and text.at(other.end) != "of"
    return counted and people_in(text, other.end, noun_phrase_end(text, other.end))


def _over_clause(text: Text, end: int) -> int:
    """Past a clause in commas: "…, who posed as guards, |abducted|"."""
    if text.at(end) != "," or text.at(end + 1) not in RELATIVE:
        return end
    closing = (k for k in range(end + 2, end + _INSIDE) if text.at(k) == ",")
    return next(closing, end - 1) + 1


def _name_follows(text: Text, i: int) -> bool:
    """Whether a name or title stands behind the verb; in upper case any word may be a name."""
    if not text.same(i - 1, i):
        return False
    word = text.at(i)
    if word in _TITLES or i in text.persons:
        return True
    plain = word.isalpha() and word not in CLOSED | VERBS | PEOPLE | _NO_NAME | _WEEKDAYS
    upper = text.text[i][:1].isupper()
    return plain and upper and not is_adverb(word) and not word.endswith("ing")
