"""Who stands before the verb, from the last word back: "|the mayor| of the town was killed".

A phrase may lead on to the one before it, which is read in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.aged import before_age, ends_age, is_age
from wirewatch.extraction.claims.implicit.determined import MORE, with_determiner
from wirewatch.extraction.claims.implicit.headline import opens
from wirewatch.extraction.claims.implicit.implied import Implied, harm_at
from wirewatch.extraction.claims.implicit.nobody import natural, of_a_thing
from wirewatch.extraction.claims.persons import bare_plural, name_start, named, one_person
from wirewatch.extraction.claims.phrases import AUX, DETERMINER, PREPOSITION, VERBS
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Text

_BEGINS = (DETERMINER | {"whose"}) - {"other", "its", "their", "these", "those", "no"}
_CLAUSES = frozenset(
    ("before", "after", "when", "while", "because", "until", "although", "though", "since", "if")
)
"""A clause of its own begins: "he rang |minutes before| Mr Banda was killed"."""
_ENDS = VERBS | AUX | _CLAUSES | {",", ";", ":", "."}
_BELONGS = frozenset(("of", "for", "from", "with", "at", "in", "by"))
"""As in "a driver |for| an agency", "the director |of| a school"."""
_EMPLOYED = frozenset(
    ("working", "employed", "hired", "contracted", "volunteering", "serving", "travelling",
     "traveling", "living", "based", "accused", "suspected", "linked")
)  # fmt: skip
_LONGEST = 14
_SHORT = 8
"""Words of the phrase that says where somebody belongs."""
_SURE = 0.7


def phrase_ending(text: Text, end: int, reading: Reading) -> Iterator[Implied]:
    """Who is named by the noun phrase whose last word is ``end``; also the partner before "and"."""
    if end < 0 or not text.same(end, harm_at(reading)):
        return
    if text.low[end] in ("he", "she"):
        if not natural(text, reading):
            yield Implied(end, end + 1, False, reading)
        return
    for j in range(end, max(-1, end - _LONGEST), -1):
        if not text.same(j, end):
            break
        if _counted(text, j):
            yield from _before_and(text, j, reading)
            return
        if text.low[j] in _BEGINS:
            yield from _person_from(text, j, end, reading)
            return
        if text.low[j] in _EMPLOYED and text.at(j + 1) in PREPOSITION:
            yield from phrase_ending(text, j - 1, reading)
            return
        if text.low[j] in _ENDS:
            break
    yield from _undetermined(text, end, reading)


def _counted(text: Text, j: int) -> bool:
    """Whether the phrase has a number of its own: it counts its people elsewhere."""
    number = j in text.mention_at and not is_age(text, j)
    return number or (text.low[j] in MORE and j - 1 in text.mention_at)


def _before_and(text: Text, i: int, reading: Reading) -> Iterator[Implied]:
    """The partner of what begins at ``i``: "|the mayor| and nine others", "and her |two| sons"."""
    if text.at(i - 1) in DETERMINER:
        i -= 1
    if text.at(i - 1) == "and" and text.same(i - 1, harm_at(reading)):
        yield from phrase_ending(text, before_age(text, i - 2), reading)


def _person_from(text: Text, start: int, end: int, reading: Reading) -> Iterator[Implied]:
    """Who is named from a determiner on, or, where that says whose they are, before it."""
    found = with_determiner(text, start, end + 1, reading)
    if found is None:
        if end - start < _SHORT and text.at(start - 1) in _BELONGS:
            yield from phrase_ending(text, start - 2, reading)
    elif of_a_thing(text, start):
        yield from phrase_ending(text, start - 2, reading)
    else:
        yield found
        yield from _before_and(text, start, reading)


def _undetermined(text: Text, end: int, reading: Reading) -> Iterator[Implied]:
    """A name, a bare plural, or a headline's bare noun that ends at ``end``."""
    if named(text, end) and not natural(text, reading):
        yield Implied(name_start(text, end), end + 1, False, reading)
    elif bare_plural(text, end) and reading.strength > _SURE:
        yield Implied(end, end + 1, True, reading)
    elif _bare_one(text, end):
        yield Implied(end, end + 1, False, reading)


def _bare_one(text: Text, i: int) -> bool:
    """As in the headlines "Man killed in blast", "Boy, 7, dies", "16-year-old dies"."""
    one = ends_age(text, i) or (one_person(text.low[i]) and i not in text.anchor_at)
    return one and opens(text, i) and text.at(i - 1) not in ("of", "no", "by")
