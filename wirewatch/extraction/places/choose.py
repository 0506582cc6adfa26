"""Which of the namesakes is meant, and whether the name is a place at all."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wirewatch.extraction.lexicons.phrases import letters
from wirewatch.extraction.places.context import (
    DIRECTIONS,
    GIVEN_NAMES,
    ORG_LABELS,
    PERSON_LABELS,
    PLACE_LABELS,
    RATHER_REGIONS,
    REGION_KINDS,
    TREATIES,
    Around,
)  # fmt: skip
from wirewatch.extraction.places.gazetteer import (
    ABBREVIATION,
    CAPITAL,
    CITY,
    COMMON,
    COUNTRY,
    DEMONYM,
    DISTRICT,
    NOWHERE,
    PERSON,
    REGION,
    Entry,
    Gazetteer,
)  # fmt: skip
from wirewatch.extraction.places.names import Named, Words

WELL_KNOWN = 5.0
"""Logarithm of the inhabitants from which a town's name needs no support: 100,000."""
KNOWN = 4.2
"""From 16,000 on, a preposition or a mention of its country is enough; below it takes both."""
LITTLE = 3.8
"""From 6,000 on a preposition is enough where no country is named, for a name of one country."""
BORNE_ONCE = 4.5
"""From 30,000 on, a town whose name no other country has is meant, not a person."""
DOMINANT = 5.5
"""A town of 300,000 that dwarfs its namesakes speaks for its country."""
DWARFED = 0.8
"""Namesakes that have a sixth of the people are not thought of: Gaza in Mozambique."""
_SHORT = 3
"""Letters of a name that is no mere part of another one: "Ga Po" is not Po."""
AT_MOST = 12
"""Namesakes that are looked at: there are 60 Springfields."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The countries that an article speaks of, and how often."""

    countries: Counter[str]
    named: bool
    """Whether one of them is named, or a metropolis in it, and not only its people."""
    owed: Counter[tuple[str, str]]
    """How much of that is owed to the name of which town."""

    def weight(self, country: str, key: str) -> float:
        """What context adds to a size: one mention outweighs a hundred times the people.

        However often a town is named, that does not tell which of its namesakes is meant.
        """
        count = self.countries[country] - self.owed[country, key]
        return 0.0 if count == 0 else min(1.6 + 0.7 * math.log2(count), 4.5)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name with its namesakes decoded."""

    named: Named
    entries: tuple[Entry, ...]
    key: str

    @property
    def top(self) -> Entry:
        """The greatest of the namesakes."""
        return self.entries[0]


def candidate(named: Named, words: Words, gazetteer: Gazetteer) -> Candidate:
    """Decode the greatest namesakes."""
    entries = tuple(gazetteer.entry(row) for row in named.rows[:AT_MOST])
    return Candidate(named, entries, "".join(words.keys[named.start : named.end]))


def is_sure(each: Candidate) -> bool:
    """Whether a name is a place whatever surrounds it: a country, a people, a metropolis."""
    top = each.top
    if each.key in GIVEN_NAMES:
        return False
    unmistakable = not top.flags & (COMMON | PERSON | ABBREVIATION)
    return top.kind == COUNTRY or (top.size >= DOMINANT and unmistakable)


def setting(candidates: Sequence[Candidate], american: int = 0) -> Setting:
    """Count the countries that names speak for, each name by its greatest bearer.

    ``american``: as how many mentions of the United States other words count.
    """
    counts = Counter({"US": american} if american else {})
    owed: Counter[tuple[str, str]] = Counter()
    named = False
    for each in candidates:
        others = [entry for entry in each.entries if entry.country != each.top.country]
        dwarfs = all(entry.size < each.top.size - DWARFED for entry in others)
        if is_sure(each) and each.top.kind != NOWHERE and (each.top.kind == COUNTRY or dwarfs):
            counts[each.top.country] += 1 if each.top.kind == CITY else 2
            owed[each.top.country, each.key] += each.top.kind == CITY
            named = named or not each.top.flags & DEMONYM
    return Setting(counts, named, owed)


def choose(
    each: Candidate, around: Around, where: Setting, hint: Entry | None, kind: str
) -> Entry | None:
    """The place meant, or None.

    ``hint`` is the state or country that follows after a comma ("Paris, Texas") and decides;
    ``kind`` the word after the name ("Kabul province").
    """
    if each.top.kind == NOWHERE or around.inside or _not_a_place(each, around, where):
        return None
    if around.partial and not is_sure(each):
        return None
    if around.prefixed and (each.top.flags & (COMMON | PERSON) or len(each.key) < _SHORT):
        return None
    if kind in TREATIES and each.top.kind != COUNTRY:
        return None
    if each.key in DIRECTIONS and kind not in REGION_KINDS:
        return None
    fitting = [entry for entry in each.entries if hint is None or _lies_in(entry, hint)]
    for entry in sorted(fitting, key=lambda entry: -_score(entry, where, kind, each.key)):
        if hint is not None and entry is not hint and entry.kind != COUNTRY:
            return entry
        if around.shouting and not _loud_enough(entry, each, around, where):
            continue
        if _supported(entry, around, where, each):
            bare = kind not in REGION_KINDS and not around.directed
            return _town(entry, fitting, each.key) if bare else entry
    return None


def _town(entry: Entry, fitting: Sequence[Entry], key: str) -> Entry:
    """The large town after which a region is called: without "region", news means the town."""
    if entry.kind != REGION or key in RATHER_REGIONS:
        return entry
    same = (own for own in fitting if own.kind == CITY and own.country == entry.country)
    return next((own for own in same if own.size >= WELL_KNOWN and letters(own.name) == key), entry)


def _not_a_place(each: Candidate, around: Around, where: Setting) -> bool:
    if around.label in PERSON_LABELS:
        return not (around.placed and _no_surname(each, where))
    if around.label in ORG_LABELS:
        return each.top.kind != COUNTRY and each.top.size < WELL_KNOWN
    if around.person and not around.label:
        return not is_sure(each)
    return False


def _no_surname(each: Candidate, where: Setting) -> bool:
    """Whether a name that an entity calls a person's is known as a place's, and as nothing else."""
    top = each.top
    if top.flags & (COMMON | PERSON | ABBREVIATION | DEMONYM) or each.key in GIVEN_NAMES:
        return False
    known = where.countries[top.country] > 0
    return (
        top.size >= WELL_KNOWN
        or (known and top.size >= KNOWN)
        or (top.size >= BORNE_ONCE and _in_one_country(each))
    )


def _in_one_country(each: Candidate) -> bool:
    return all(entry.country == each.top.country for entry in each.entries)


def _lies_in(entry: Entry, hint: Entry) -> bool:
    if hint.admin and hint.country == "US" and hint.kind == REGION:
        return entry.country == "US" and entry.admin == hint.admin and entry.kind != REGION
    return entry.country == hint.country


def _score(entry: Entry, where: Setting, kind: str, key: str) -> float:
    score = entry.size + where.weight(entry.country, key)
    score += 1.0 if letters(entry.name) == key else 0.0  # Amman was a Philadelphia, too
    score += 1.0 if entry.flags & CAPITAL else 0.0
    score += {COUNTRY: 1.5, CITY: 0.3, DISTRICT: -1.5}.get(entry.kind, 0.0)
    if kind in REGION_KINDS and entry.kind in {REGION, DISTRICT}:
        score += 2.5
    elif entry.kind == REGION:
        score -= 0.3  # its people are not all in its town: Jalal-Abad is no larger than Jalalabad
    return score


def _loud_enough(entry: Entry, each: Candidate, around: Around, where: Setting) -> bool:
    """Whether an upper-case name is a place where nothing names its country.

    A metropolis by its first name is, a capital, and what has no namesake behind "in".
    """
    if entry.kind == COUNTRY or where.countries[entry.country] > 0:
        return True
    large, capital = entry.size >= DOMINANT, bool(entry.flags & CAPITAL)
    if entry.flags & (COMMON | PERSON) or by_name(entry, each.key):
        return large and capital
    return large or capital or (around.cue and len(each.entries) == 1)


def by_name(entry: Entry, key: str) -> bool:
    """Whether a town is called by another name than its first: Kano is "Cano", too."""
    return entry.kind == CITY and letters(entry.name) != key


def _supported(entry: Entry, around: Around, where: Setting, each: Candidate) -> bool:
    """Whether size and context carry the name; words and surnames need more."""
    if entry.flags & ABBREVIATION:  # only after a comma, as a hint
        return False
    known = where.countries[entry.country] > 0
    cue = around.cue or around.label in PLACE_LABELS
    within = known and around.within == entry.country
    if entry.kind == COUNTRY:
        return True
    if entry.flags & (COMMON | PERSON):
        weakly = around.weak_cue and not around.person
        large = entry.size >= WELL_KNOWN and (cue or weakly)
        capital = entry.flags & CAPITAL and (cue or weakly or known or not entry.flags & COMMON)
        return bool(capital) or large or (cue and known and entry.size >= KNOWN)
    if entry.size >= WELL_KNOWN:
        return True
    if entry.size >= KNOWN and entry.kind != DISTRICT:
        return cue or known or around.weak_cue
    little = entry.size >= LITTLE and not where.named and _in_one_country(each)
    if little and cue and not around.person:
        return True
    alone = len(each.entries) == 1
    return known and (cue or within or (around.weak_cue and alone))
