"""Readings by where people stay: "with host families", "still in nine evacuation centres"."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.behind import skip_helpers
from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import AUX, PREPOSITION, RELATIVE, VERBS, is_adverb
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text

_STAY, _LODGED = words("stay"), words("lodged")
_SHELTERS, _BUILDINGS, _GROUNDS = words("shelters"), words("refuge-buildings"), words("grounds")
_OF_REFUGE, _NO_REFUGE = words("of-refuge"), words("no-refuge")
_HOSTS = frozenset(("families", "family", "communities", "households"))
_AT_HOME_THERE = words("fighters") | words("at-home-in-camps")
_IN = frozenset(("in", "at", "inside", "into"))
_STILL = frozenset(("remain", "remained", "still"))
_STOPS = VERBS | AUX | RELATIVE | PREPOSITION
_CROWD = 1_000
_REACH = 6
"""Words from the preposition to the shelter: "in some 60 crowded makeshift camps"."""


def sheltered(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """As in "900 people are housed in schools"; not where soldiers, campers and pupils stay.

    Without a verb only great numbers say it: "500,000 people in 300 relief camps".
    """
    if not _AT_HOME_THERE.isdisjoint(text.low[mention.end : end + 1]):
        return
    j, helped = _verb(text, mention.end, end)
    k = _after_verb(text, j)
    stays = k > j or helped or text.at(j - 1) in _STILL or text.at(k) == "into"
    last = _shelter(text, k, lodged=text.at(j) in _LODGED, visit=k == j)
    if last is None or not text.same(mention.head, last):
        return
    if stays or _crowded(text, mention, k, last):
        strength = 0.85 if stays else 0.6
        yield Reading("displaced", "sheltered", strength, Anchor(j, last + 1, ()))


def _crowded(text: Text, mention: Mention, start: int, last: int) -> bool:
    """Whether many are counted in several shelters, which nothing else is likely to be said of."""
    several = any(i in text.mention_at for i in range(start, last))
    refuge = text.low[last] in _SHELTERS or not _OF_REFUGE.isdisjoint(text.low[start:last])
    return several and refuge and (mention.figure.low or 0) >= _CROWD


def _verb(text: Text, start: int, end: int) -> tuple[int, bool]:
    """Where the verb of staying may stand, and whether "be" leads to it; also "to stay"."""
    for i in range(start, end):
        if text.low[i] in _STAY | _LODGED:
            return i, False
    j, helped = skip_helpers(text, end)
    return j + (text.at(j) == "to"), helped


def _after_verb(text: Text, j: int) -> int:
    """Past the verb of staying, "spent the night" too; ``j`` itself where none stands."""
    if text.at(j) == "spent" and text.at(j + 2) in ("night", "nights"):
        return j + 3
    if text.at(j) not in _STAY | _LODGED:
        return j
    k = j + 1
    while is_adverb(text.at(k)) or text.at(k) in ("up", "out"):
        k += 1
    return k


def _shelter(text: Text, k: int, *, lodged: bool, visit: bool) -> int | None:
    """Where the shelter stands that the preposition at ``k`` leads to.

    Only those "lodged" in a school have fled to it; who is "in a tent" or "at the shelter" may be
    on a ``visit``.
    """
    if text.at(k) == "with":
        host = next((i for i in (k + 1, k + 2) if text.at(i) == "host"), None)
        return host + 1 if host is not None and text.at(host + 1) in _HOSTS else None
    if text.at(k) not in _IN:
        return None
    refuge = False
    for i in range(k + 1, k + 1 + _REACH):
        word = text.at(i)
        if word in _STOPS or word in _NO_REFUGE:
            return None
        if word in _SHELTERS or (word in _GROUNDS and (refuge or word == "camps")):
            return i if refuge or word.endswith("s") or not visit else None
        if lodged and word in _BUILDINGS:
            return i
        refuge = refuge or word in _OF_REFUGE
        if not word.isalnum() and word != "-" and i not in text.mention_at:
            return None
    return None


_LODGE = words("lodge")
_SUBJECT = 6
"""Words from the camp to the verb that says whom it takes in."""


def hosted(text: Text, mention: Mention) -> Iterator[Reading]:
    """As in "the camp, which houses 5,000 people", "schools are sheltering 300 families"."""
    verb = mention.start - 1
    if text.at(verb) not in _LODGE or not text.same(verb, mention.head):
        return
    if not _AT_HOME_THERE.isdisjoint(text.low[mention.end : mention.end + 3]):
        return
    for i in range(verb - 1, max(-1, verb - 1 - _SUBJECT), -1):
        if not text.same(i, verb) or text.low[i] in PREPOSITION or text.low[i] in _NO_REFUGE:
            return
        shelters = text.low[verb].startswith("shelter") and text.low[i] in _BUILDINGS
        if shelters or text.low[i] in _SHELTERS | _GROUNDS:
            if text.at(i - 1) not in _NO_REFUGE:
                yield Reading("displaced", "hosted", 0.7, Anchor(verb, verb + 1, ()))
            return
