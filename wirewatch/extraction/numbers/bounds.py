"""Words around a number that bound it: "at least", "up to", "about", "or more"."""

from __future__ import annotations

from typing import NamedTuple

from wirewatch.extraction.numbers.numeral import DASHES, Words
from wirewatch.model import Modifier

_BEFORE: dict[Modifier, str] = {
    "at_least": (
        "at least;no fewer than;no less than;not fewer than;not less than;more than;upwards of;"
        "upward of;in excess of;well over;over;a minimum of;greater than;just over;exceeded;"
        "exceeding;exceeds;exceed;surpassed;surpassing;surpasses;surpass;topped;topping;tops;>;≥;"
        "well above;at the very least;at a minimum;passed;a good;fully;a little over;"
        "slightly over;slightly more than;as few as;as little as;just above;"
        "at leat;atleast;not lower than;above"
    ),
    "at_most": (
        "up to;as many as;as much as;fewer than;less than;no more than;not more than;at most;"
        "a maximum of;just under;under;maximum of;below;<;≤;only up to;a max of"
    ),
    "approx": (
        "about;around;nearly;almost;some;roughly;approximately;close to;approaching;"
        "an estimated;estimated;circa;~;≈;perhaps;in the region of;in the neighborhood of;"
        "in the order of;near;approx;approx.;c.;practically;estimates of;a rough;"
        "just shy of;shy of;just short of;probably;possibly;"
        "reportedly about;virtually;somewhere around"
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


_BEHIND: dict[Modifier, str] = {
    "at_least": (
        "or more;or even more;or possibly more;or perhaps more;and more;and possibly more;"
        "and perhaps more;and maybe more;and counting;and rising;if not more;at least"
    ),
    "at_most": "or fewer;or less;at most;at the most",
    "approx": "or so;or thereabouts",
}
_AFTER: dict[tuple[str, ...], Modifier] = {
    tuple(phrase.split()): modifier
    for modifier, text in _BEHIND.items()
    for phrase in text.split(";")
}
_SUFFIX: dict[str, Modifier] = {"odd": "approx", "plus": "at_least"}
"""As in "20-odd militants", "300-plus pilgrims", "500 plus people"."""


def bound_after(words: Words, end: int) -> After:
    """The bound behind a number: "12 or more", "12 people or more", "100 +", "12 or so"."""
    if words.at(end) == "+" or words.at(end - 1).endswith("+"):
        return After(end + (words.at(end) == "+"), "at_least")
    suffix = _suffix(words, end)
    if suffix is not None:
        return suffix
    for i in (end, end + 1):
        for length in (2, 3):
            modifier = _AFTER.get(tuple(words.low[i : i + length]))
            # "12 at least" ends the number only where nothing is counted after it
            at_end = words.at(i) != "at" or words.lexeme(i + length) is None
            if modifier is not None and at_end:
                return After(i + length if i == end else end, modifier)
    return After(end, None)


def _suffix(words: Words, end: int) -> After | None:
    i = end + 1 if words.at(end) in DASHES and not words.spaced[end] else end
    modifier = _SUFFIX.get(words.at(i))
    counted = words.at(i + 1).isalpha() and words.lexeme(i + 1) is None
    # "12 plus two children" adds, and so does "12 plus a child"
    if modifier is None or not counted or words.at(i + 1) in ("a", "an", "the", "several", "its"):
        return None
    return After(i + 1, modifier)
