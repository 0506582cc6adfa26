"""A person from the determiner on: "a soldier", "his two-year-old son", "another"."""

from __future__ import annotations

from wirewatch.extraction.claims.aged import ends_age
from wirewatch.extraction.claims.implicit.implied import Implied
from wirewatch.extraction.claims.persons import is_name, one_person
from wirewatch.extraction.claims.phrases import CLOSED, PRONOUN
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Text

ONE = frozenset(("a", "an", "another"))
MORE = frozenset(("additional", "further", "these", "those", "both", "all", "some"))
"""Determiners of several: "the wounding of additional American and Iraqi soldiers"."""
_LONGEST = 9


def with_determiner(text: Text, start: int, end: int, reading: Reading) -> Implied | None:
    """Who is named from the determiner at ``start`` on, before ``end``; None: no person is.

    As in "a soldier", "the deputy mayor of the town", "his two-year-old son", "another".
    """
    if text.low[start] == "another" and _alone(text, start, end):
        return Implied(start, start + 1, False, reading)
    if start - 1 in text.mention_at:  # "one additional soldier"
        return None
    for k in range(start + 1, min(end, start + _LONGEST)):
        if text.low[k] in CLOSED or text.low[k] in (",", "("):
            break
        if _ends_noun(text, k, end) and _names_one(text, k):
            return Implied(start, k + 1, text.low[start] in MORE, reading)
    return None


def _alone(text: Text, start: int, end: int) -> bool:
    """Whether "another" has no noun: "another was hurt"; not "another of the cars"."""
    after = text.at(start + 1)
    alone = end <= start + 1 or after in CLOSED - PRONOUN or not after[:1].isalnum()
    return alone and after != "of"


def _ends_noun(text: Text, k: int, end: int) -> bool:
    """Whether the noun ends with ``k``; a name may follow: "the |mayor| Orlo Venn"."""
    following = text.at(k + 1)
    closed = following in CLOSED or not following[:1].isalnum()
    return k + 1 >= end or closed or is_name(text, k + 1)


def _names_one(text: Text, k: int) -> bool:
    of_body = text.low[k] == "head" and text.at(k + 1) == "of"
    return one_person(text.low[k]) or of_body or ends_age(text, k)
