"""What counts nobody beside a word of harm: "a seat was held", "the victim was shot", "he died"."""

from __future__ import annotations

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.implicit.determined import ONE
from wirewatch.extraction.claims.implicit.implied import Implied
from wirewatch.extraction.claims.outcome import violent
from wirewatch.extraction.claims.persons import named, one_person
from wirewatch.extraction.claims.phrases import DETERMINER
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Text

_DOUBTFUL = words("doubtful")
_DYING = frozenset(("died", "dies", "die", "dead", "passed"))
_THEIRS = frozenset(("his", "her", "their", "its"))
_REMAINS = frozenset(("body", "corpse", "one", "head", "killing", "murder", "death"))


def doubtful(text: Text, anchor: Anchor) -> bool:
    """Words that say too little: a seat is held, feelings hurt, people "either dead or missing"."""
    return text.low[anchor.start] in _DOUBTFUL or text.at(anchor.start - 1) == "either"


def natural(text: Text, reading: Reading) -> bool:
    """Whether somebody only "died": of what, no word says."""
    anchor = reading.anchor
    if anchor is None or text.low[anchor.start] not in _DYING:
        return False
    return not violent(text, anchor)


def new(text: Text, found: Implied) -> bool:
    """Whether the person is told of for the first time: "the victim was shot" says nothing new."""
    word = text.low[found.start]
    known = word in DETERMINER - ONE - _THEIRS or word in ("he", "she")
    return not known and text.low[found.end - 1] != "victim"


def of_a_thing(text: Text, i: int) -> bool:
    """Whether the person from ``i`` on only says whose it is: "the car of |a minister| was seized".

    Not so after somebody, or what is left of somebody: "the body of |a minister| was found".
    """
    if text.at(i - 1) not in ("of", "about"):
        return False
    noun = text.at(i - 2)
    person = one_person(noun) or noun in _REMAINS or named(text, i - 2)
    return noun.isalpha() and not person
