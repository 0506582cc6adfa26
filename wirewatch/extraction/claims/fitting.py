"""What the counted noun and its surroundings make of a reading."""

from __future__ import annotations

from wirewatch.extraction.captors import caught_up
from wirewatch.extraction.claims.captors import by_captors, escorted
from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import (
    is_person,
    people_in,
)
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.returned import brought_back
from wirewatch.extraction.claims.text import Mention, Text
from wirewatch.extraction.claims.unmoved import unmoved

_FIGHTERS = words("fighters")
_BODIES = frozenset(("body", "bodies", "corpse", "corpses", "remains", "dead"))


_NEEDS_PEOPLE = frozenset(("arrested", "abducted", "displaced", "missing", "troops"))


def fitting(text: Text, mention: Mention, end: int, reading: Reading) -> Reading | None:
    """The reading as the counted noun allows it: only troops withdraw, fighters do not flee."""
    stop = max(end, mention.end)
    unit = reading.pattern == "group-of" and text.at(mention.start - 2) in _FIGHTERS
    fighters = unit or any(w in _FIGHTERS for w in text.low[mention.end : stop + 1])
    kind = reading.kind
    if _cattle(text, mention) or _other_matter(text, mention, stop, reading):
        return None
    if kind == "troops" and (
        not fighters or text.at(_place(reading) - 1) == "continued" or _stationed(text, reading)
    ):
        return None
    if kind == "displaced" and _antecedent_fights(text, mention):
        return reading._replace(kind="troops")
    if _not_a_person(text, mention, stop, reading):
        return None
    if kind == "displaced" and fighters and _moves(text, reading):
        return reading._replace(kind="troops")
    if kind == "arrested" and by_captors(text, mention, stop, reading):
        return reading._replace(kind="abducted", strength=reading.strength - 0.1)
    if kind in _NEEDS_PEOPLE and reading.pattern in ("object", "listed-object"):
        bare = stop == mention.end
        if not (
            bare or people_in(text, mention.end, stop + 1) or _plural_name(text, mention.end, stop)
        ):
            return reading._replace(strength=reading.strength - 0.4)
    return reading


def _other_matter(text: Text, mention: Mention, stop: int, reading: Reading) -> bool:
    """Prison terms, people caught in a storm, wanted men, people found safe, armies in tents."""
    if reading.kind == "arrested":
        bodies = not _BODIES.isdisjoint(text.low[mention.end : stop + 1])  # "picked up 31 bodies"
        return bodies or _sentenced(text, reading) or _swept_up(text, reading)
    if reading.kind == "missing":
        return _sought(text, mention, stop, reading) or brought_back(text, reading)
    if reading.kind == "displaced":
        return unmoved(text, mention, stop, reading)
    return reading.kind == "abducted" and escorted(text, reading)


_NAMES_PEOPLE = frozenset(
    ("counted-noun", "toll", "number-of", "noun-is", "noun-of", "ordinal", "freed", "among",
     "fatally", "labelled")
)  # fmt: skip


def _place(reading: Reading) -> int:
    return reading.anchor.start if reading.anchor is not None else -1


def _sentenced(text: Text, reading: Reading) -> bool:
    """Prison as a sentence is no arrest."""
    if reading.anchor is None or text.at(reading.anchor.end - 1) not in _PRISON:
        return False
    place = reading.anchor.start
    near = range(max(0, place - 25), min(len(text.low), place + 10))
    return any(text.low[k] in _SENTENCE and text.same(k, place) for k in near)


def _swept_up(text: Text, reading: Reading) -> bool:
    anchor = reading.anchor
    return (
        anchor is not None and text.at(anchor.start) == "caught" and caught_up(text.low, anchor.end)
    )


_PRISON = frozenset(("prison", "jail", "jailed", "imprisoned", "bars"))


_SENTENCE = frozenset(
    ("sentenced", "sentence", "sentences", "convicted", "years", "life", "term", "terms", "months")
)


_SOUGHT = words("sought")


def _sought(text: Text, mention: Mention, stop: int, reading: Reading) -> bool:
    """Searched for are also those who did it: "searching for three gunmen"."""
    anchor = reading.anchor
    if anchor is None or not text.at(anchor.start).startswith(("search", "look")):
        return False
    return any(text.low[i] in _SOUGHT for i in range(mention.end, min(stop, len(text.low))))


def _stationed(text: Text, reading: Reading) -> bool:
    """As in "troops deployed in …", "are deployed": where they stand, not that they move."""
    anchor = reading.anchor
    if anchor is None or not text.at(anchor.start).endswith("deployed"):
        return False
    if "subject" not in reading.pattern and "relative" not in reading.pattern:
        return False
    helper = text.at(anchor.start - 1)
    return helper in ("are", "is", "currently", "already") or (
        helper not in ("be", "being", "been", "were", "was")
        and text.at(anchor.end) in ("in", "across")
    )


def _cattle(text: Text, mention: Mention) -> bool:
    """Beasts are counted by the head: "12,000 head of cattle"."""
    return text.at(mention.end) == "head" and text.at(mention.end + 1) == "of"


def _antecedent_fights(text: Text, mention: Mention) -> bool:
    """As in "militants, many of whom fled": the people are named before the figure."""
    if text.at(mention.end) != "of" or text.at(mention.end + 1) not in ("whom", "them"):
        return False
    return any(w in _FIGHTERS for w in text.low[max(0, mention.start - 4) : mention.start])


def _not_a_person(text: Text, mention: Mention, stop: int, reading: Reading) -> bool:
    """The counted noun is no word for people where the verb takes things as well."""
    anchor = reading.anchor
    if anchor is None or reading.pattern in _NAMES_PEOPLE:
        return False
    word = text.at(anchor.start)
    if word.startswith(("kill", "wound", "injur", "arrest", "die", "dead", "kidnap", "abduct")):
        return False
    nouns = [i for i in range(mention.end, min(stop, len(text.low))) if _is_noun(text.low[i])]
    return bool(nouns) and not any(
        is_person(text, i) or text.low[i] in ("more", "them", "whom", "whole") for i in nouns
    )


def _moves(text: Text, reading: Reading) -> bool:
    """Fighters who flee, are bused or driven out give up a place."""
    return reading.anchor is not None and text.at(reading.anchor.start).startswith(_GIVES_UP)


_GIVES_UP = ("fle", "bus", "driv", "drov")


def _is_noun(word: str) -> bool:
    return word.isalpha() and word not in ("of", "the", "those", "these")


def _plural_name(text: Text, start: int, end: int) -> bool:
    return any(
        text.low[i].endswith("s") and text.low[i].isalpha()
        for i in range(start, min(end, len(text.low)))
    )
