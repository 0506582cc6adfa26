"""Names that are found by their letters and not meant: "Latin American", "TO GO" (Togo).

Where all is upper case, words that no capital parts from names are the more so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wirewatch.extraction.places.choose import Candidate, by_name
from wirewatch.extraction.places.context import DIRECTIONS, REGION_KINDS
from wirewatch.extraction.places.gazetteer import COUNTRY
from wirewatch.extraction.places.names import HYPHENS, NO_START, SMALL_WORDS, Words
from wirewatch.extraction.places.words import section

_AMERICAN, _CONTINENTS = section("american"), section("continents")
_SHOUTED = section("words of upper-case texts")
_NO_START = section("no upper-case name begins with")
_NO_END = SMALL_WORDS | NO_START | _NO_START
_GENERAL = DIRECTIONS | REGION_KINDS | {"and", "area", "areas"}


def meant(words: Words, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates whose words can be a name here."""
    countries = {each.top.country for each in candidates if each.top.kind == COUNTRY}
    for each in candidates:
        loose = each.top.country not in countries and _general(words, each)
        if words.shouting and (loose or _of_language(words, each)):
            continue
        if not _of_continent(words, each):
            yield each


def _of_continent(words: Words, each: Candidate) -> bool:
    """As in "Central American", "pan-American": not of the United States."""
    before = each.named.start - 1
    if before > 0 and words.texts[before] in HYPHENS:
        before -= 1
    return each.key in _AMERICAN and before >= 0 and words.keys[before] in _CONTINENTS


def _of_language(words: Words, each: Candidate) -> bool:
    """Words that lower case would tell from names: "AMID A", "THE VILLAGE"."""
    keys = words.keys[each.named.start : each.named.end]
    if len(keys) > 1 and (keys[0] in _NO_START or keys[-1] in _NO_END):
        return True
    core = keys[1:] if keys[0] == "the" else keys
    return len(core) == 1 and core[0] in _SHOUTED


def _general(words: Words, each: Candidate) -> bool:
    """As in "NORTHERN REGION": a region of many countries."""
    return _GENERAL.issuperset(words.keys[each.named.start : each.named.end])


def speaking(words: Words, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that may speak for their country: in upper case no by-names."""
    return [each for each in candidates if not (words.shouting and by_name(each.top, each.key))]
