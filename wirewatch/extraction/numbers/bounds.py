"""Words around a number that bound it: "at least", "up to", "about", "or more"."""

from __future__ import annotations

from typing import NamedTuple

from wirewatch.extraction.numbers.numeral import Words
from wirewatch.model import Modifier

_BEFORE: dict[Modifier, str] = {
    "at_least": (
        "at least;no fewer than;no less than;not fewer than;not less than;more than;upwards of;"
        "upward of;in excess of;well over;over;a minimum of;greater than;just over;exceeded;"
        "exceeding;exceeds;exceed;surpassed;surpassing;surpasses;surpass;topped;topping;tops;>;≥;"
        "well above;at the very least;at a minimum;passed;a good;fully;a little over;"
        "slightly over;slightly more than;just above;at leat;atleast;not lower than;above"
    ),
    "at_most": (
        "up to;as many as;as much as;fewer than;less than;no more than;not more than;at most;"
        "a maximum of;just under;under;maximum of;below;<;≤;only up to;a max of"
    ),
    "approx": (
        "about;around;nearly;almost;some;roughly;approximately;close to;approaching;"
        "an estimated;estimated;circa;~;≈;perhaps;in the region of;in the neighborhood of;"
        "in the order of;near;approx;approx.;c.;practically;estimates of;a rough;"
        "probably;possibly;reportedly about;virtually;somewhere around"
    ),
    "exact": "exactly;precisely;a total of;the total of",
}
_PHRASES: dict[tuple[str, ...], Modifier] = {
    tuple(phrase.split()): modifier
    for modifier, text in _BEFORE.items()
    for phrase in text.split(";")
}
_LONGEST = max(map(len, _PHRASES))
_FILLERS = frozenset(
    ("another", "additional", "further", "a", "an", "the", "these", "those", "its", "their",
     "his", "her", "our", "other", "total", "of", "extra", "as")
)  # fmt: skip
_STRENGTH: dict[Modifier, int] = {"exact": 0, "approx": 1, "at_most": 2, "at_least": 3}


class Bound(NamedTuple):
    """What the words before a number say of it, and where they begin."""

    start: int
    modifier: Modifier


def bound_before(words: Words, start: int) -> Bound:
    """The bound that ends at ``start``, over fillers as in "at least another 12" too.

    Two in a row ("at least an estimated 12"): the stronger one counts.
    """
    first = best = _phrase(words, start) or _over_fillers(words, start)
    if first is None or best is None:
        return Bound(start, "exact")
    second = _phrase(words, first.start)
    if second is not None:
        best = max(first, second, key=lambda bound: _STRENGTH[bound.modifier])
        first = second
    return Bound(first.start, best.modifier)


def _phrase(words: Words, end: int) -> Bound | None:
    for length in range(min(_LONGEST, end), 0, -1):
        modifier = _PHRASES.get(tuple(words.low[end - length : end]))
        if modifier is not None:
            return Bound(end - length, modifier)
    return None


def _over_fillers(words: Words, start: int) -> Bound | None:
    i = start
    while i > 0 and start - i < 3 and words.at(i - 1) in _FILLERS:
        i -= 1
        bound = _phrase(words, i)
        if bound is not None:
            return bound
    return None


class After(NamedTuple):
    """What the words after a number say of it, and where they end."""

    end: int
    modifier: Modifier | None


def bound_after(words: Words, end: int) -> After:
    """The bound behind a number: "12 or more", "12 people or more", "100 +", "12 or so"."""
    if words.at(end) == "+" or words.at(end - 1).endswith("+"):
        return After(end + (words.at(end) == "+"), "at_least")
    for i in (end, end + 1):
        pair = (words.at(i), words.at(i + 1))
        if pair in (("or", "more"), ("and", "counting"), ("at", "least"), ("and", "more")):
            # "12 at least" ends the number only where nothing is counted after it
            if pair == ("at", "least") and words.lexeme(i + 2) is not None:
                continue
            return After(i + 2 if i == end else end, "at_least")
        if pair in (("or", "fewer"), ("or", "less"), ("at", "most")):
            return After(i + 2 if i == end else end, "at_most")
        if pair in (("or", "so"), ("or", "thereabouts")):
            return After(i + 2 if i == end else end, "approx")
    return After(end, None)
