"""Roads that bear the name of a town: "Spain Street", "the 4200 block of South Fairfield"."""

from __future__ import annotations

from wirewatch.extraction.calendar_names import MONTHS, WEEKDAYS
from wirewatch.extraction.places.names import Named, Words
from wirewatch.extraction.places.words import section

ROADS = section("roads")
_PAIRS = section("pairs of roads")
_CORNERS = section("corners")
_DIRECTIONS = section("directions") | frozenset("nsew")
_DAYS = MONTHS | WEEKDAYS
_IN = frozenset({"at", "near", "on", "from", "to", "toward"})
_NEAR = 6


def of_road(words: Words, named: Named) -> bool:
    """Whether a road bears the name."""
    return (
        _called(words, named.end)
        or _block(words, named.start)
        or _corner(words, named.start)
        or _pair(words, named)
    )


def _called(words: Words, end: int) -> bool:
    """As in "Spain Street", "Lima Center Road", not "Lima Dr. Rojas"."""
    for at in range(end, min(end + 2, len(words.texts))):
        if words.keys[at] in ROADS and words.capital[at]:
            after = at + 1
            if after >= len(words.texts) or words.keys[after] in _DAYS:
                return True
            return not words.capital[after]
        if not words.capital[at] or not words.texts[at].isalpha():
            return False
    return False


def _lead(words: Words, start: int) -> int:
    """The word before a name and the direction that is a part of it: "South Fairfield"."""
    at = start - 1
    while at >= 0 and (words.keys[at] in _DIRECTIONS or words.texts[at] == "."):
        at -= 1
    return at


def _block(words: Words, start: int) -> bool:
    """As in "in the 900 block of Lima"."""
    at = _lead(words, start)
    numbered = at > 1 and words.texts[at - 2][:1].isdecimal()
    return numbered and words.keys[at] == "of" and words.keys[at - 1] in {"block", "blocks"}


def _corner(words: Words, start: int) -> bool:
    """As in "at the corner of Lima and Quito"."""
    at = _lead(words, start)
    if at > 0 and words.keys[at] == "and":
        others = range(at - 1, max(0, at - _NEAR), -1)
        at = next((i for i in others if not words.capital[i] and words.keys[i]), 0)
    if at < 1 or words.keys[at] != "of" or words.keys[at - 1] not in _CORNERS:
        return False
    return not _IN.isdisjoint(words.keys[max(0, at - 3) : at - 1])


def _pair(words: Words, named: Named) -> bool:
    """As in "near Lima and Quito avenues", either of them; what is "in" streets is in a town."""
    first = named.start
    while first > 0 and (words.capital[first - 1] or words.keys[first - 1] == "and"):
        first -= 1
    last = named.end
    while last < len(words.texts) and (words.capital[last] or words.keys[last] == "and"):
        last += 1
    if last - first > _NEAR or "and" not in words.keys[first:last]:
        return False
    led = words.keys[first - 1] if first else ""
    return led != "in" and words.keys[min(last, len(words.keys) - 1)] in _PAIRS
