"""Reading a number that may span several words: "one and a half million", "2.5 m", "10 000"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from wirewatch.extraction.numbers.lexemes import Lexeme
from wirewatch.extraction.numbers.words import section

_PEOPLE = section("people")
DASHES = frozenset("-‐‑‒–—―")
_LONGEST = 14
"""Tokens looked at for one number; "nine hundred and ninety-nine thousand …" stays below."""


class Words(NamedTuple):
    """A text as the number reader sees it: lower-case words, lexemes, is there a space after."""

    low: Sequence[str]
    lex: Sequence[Lexeme | None]
    spaced: Sequence[bool]
    text: Sequence[str]

    def at(self, i: int) -> str:
        """The word at ``i``; "" outside the text."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def lexeme(self, i: int) -> Lexeme | None:
        """The lexeme at ``i``; None outside the text."""
        return self.lex[i] if 0 <= i < len(self.lex) else None


class Numeral(NamedTuple):
    """Tokens ``start`` to ``end`` say ``value``."""

    start: int
    end: int
    value: float
    scale: float = 1
    """The last multiplier: what "two" stands for in "two to three million" beside this one."""
    digits: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is a whole number, as counts of people are."""
        return self.value == int(self.value)


def read_numeral(words: Words, i: int) -> Numeral | None:
    """The longest number that begins at token ``i``, or None; looks at few words."""
    return _half_of_unit(words, i) or _scores(words, i) or _article(words, i) or _plain(words, i)


def _scores(words: Words, i: int) -> Numeral | None:
    """Twenties: "a score of men", "two score fighters", not what "the two score" on a pitch."""
    count = 1.0 if words.at(i) == "a" else None
    lex = words.lexeme(i)
    if lex is not None and lex.kind == "unit" and 1 < lex.value < 10:
        count = lex.value
    if count is None or words.at(i + 1) != "score":
        return None
    of = words.at(i + 2) == "of" and words.lexeme(i + 3) is None
    if of or words.at(i + 2) in _PEOPLE or (words.at(i + 2), words.at(i + 3)) == ("or", "more"):
        return Numeral(i, i + 2, count * 20, 20)
    return None


def _half_of_unit(words: Words, i: int) -> Numeral | None:
    """A part of a unit: "half a dozen", "a half-million", "a quarter of a million"."""
    start = i
    if words.at(i) == "a" and _is(words, i + 1, "part"):
        i += 1
    part = words.lexeme(i)
    if part is None or part.kind != "part":
        return None
    j = i + 1
    while words.at(j) in ("a", "of", "-", "an") and j - i < 4:
        j += 1
    big = words.lexeme(j)
    if big is None or big.kind not in ("mult", "dozen", "hundred") or words.at(j) in ("m", "score"):
        return None
    return Numeral(start, j + 1, part.value * big.value, big.value)


def _article(words: Words, i: int) -> Numeral | None:
    """An article for one: "a dozen", "a hundred and fifty", "a million and a half"."""
    if words.at(i) not in ("a", "an"):
        return None
    big = words.lexeme(i + 1)
    if (
        big is None
        or big.kind not in ("mult", "dozen", "hundred")
        or words.at(i + 1) in _ABBREVIATED
    ):
        return None
    return _Reader(words, i, seed=1.0).read(i + 1)


_AND_A_HALF = frozenset(tuple(f"and {d} a {d} half".split()) for d in DASHES)
"""As in "three-and-a-half million"."""
_BOUNDING = frozenset(
    ("some", "about", "around", "nearly", "almost", "approximately", "over", "than", "least",
     "estimated", "roughly")
)  # fmt: skip
_DOTTED = re.compile(r"\d{1,3}\.\d{3}")
_COUNTED = _PEOPLE | section("harm")
_UNITS = section("distance") | section("time") | section("money") | section("percent")
_ABBREVIATED = frozenset(("k", "m", "mn", "mln", "bn", "score"))


def _plain(words: Words, i: int) -> Numeral | None:
    lex = words.lexeme(i)
    if lex is None or lex.kind not in ("digits", "unit", "ten"):
        return None
    return _Reader(words, i).read(i)


def _is_dotted(words: Words, i: int) -> bool:
    """Thousands parted as other languages part them: "15.000 people"; not "15.000 km"."""
    if _DOTTED.fullmatch(words.at(i)) is None:
        return False
    following = words.at(i + 1)
    described = following.isalpha() and following not in _UNITS and words.lexeme(i + 1) is None
    return following in _COUNTED or (described and words.at(i + 2) in _COUNTED)


def _is(words: Words, i: int, kind: str) -> bool:
    lex = words.lexeme(i)
    return lex is not None and lex.kind == kind


class _Reader:
    """Adds and multiplies word after word as long as they make one number."""

    def __init__(self, words: Words, start: int, seed: float | None = None) -> None:
        self.words = words
        self.start = start
        self.total = 0.0
        self.current = seed
        self.scale = 1.0
        self.last = "seed" if seed is not None else ""
        self.digits = False

    def read(self, i: int) -> Numeral | None:
        end = i
        while end < len(self.words.low) and end - self.start < _LONGEST:
            after = self._step(end)
            if after is None:
                break
            end = after
        if end == i:
            return None
        value = self.total + (self.current or 0)
        return Numeral(self.start, end, value, self.scale, self.digits)

    def _step(self, i: int) -> int | None:
        """The token after the next part of the number, or None when the number ends before it."""
        lex = self.words.lex[i]
        if lex is not None:
            return i + 1 if self._take(i, lex) else None
        word = self.words.low[i]
        if word in DASHES:
            return self._after_dash(i)
        if word == "and":
            return self._after_and(i)
        if word == "," and self.last == "digits":
            return i + 2 if self._group_after_comma(i + 1) else None
        return None

    def _take(self, i: int, lex: Lexeme) -> bool:
        word, kind = self.words.low[i], lex.kind
        if kind == "digits":
            return self._take_digits(i, lex)
        if kind in ("unit", "ten"):
            return self._take_small(lex)
        if kind == "hundred" or (kind == "dozen" and word != "score"):
            return self._scale_current(lex.value)
        if kind == "mult":
            return self._take_mult(i, lex)
        return False

    def _take_digits(self, i: int, lex: Lexeme) -> bool:
        if self.last == "":
            value = lex.value * 1_000 if _is_dotted(self.words, i) else lex.value
            self.current, self.last, self.digits = value, "digits", True
            self.scale = 1.0 if not lex.scaled else 1_000.0
            return True
        if self.last == "digits" and self._thin_group(i):
            assert self.current is not None
            self.current = self.current * 1_000 + lex.value
            return True
        if self.last == "mult" and self._smaller_unit(i):
            self.current, self.last = lex.value, "digits"
            return True
        return False

    def _thin_group(self, i: int) -> bool:
        """The rest of "10 000", and of "some 2 500 people": three digits after a short number.

        What may be a number by itself belongs to it only where words bound the whole and people
        follow: not "on June 2 500 people fled".
        """
        text = self.words.low
        if text[i] == "000":
            return len(text[i - 1]) <= 3 and "," not in text[i - 1]
        group = text[i].isdecimal() and len(text[i]) == 3 and text[i - 1].isdecimal()
        counted = self.words.at(i + 1) in _PEOPLE and self.words.at(self.start - 1) in _BOUNDING
        return group and len(text[i - 1]) <= 3 and counted

    def _group_after_comma(self, i: int) -> bool:
        """The rest of "100, 000": what begins with a zero is no number by itself."""
        group, short = self.words.at(i), self.words.at(i - 2)
        if len(group) != 3 or group[0] != "0" or not (group + short).isdecimal() or len(short) > 3:
            return False
        assert self.current is not None
        self.current = self.current * 1_000 + int(group)
        return True

    def _smaller_unit(self, i: int) -> bool:
        """The rest of "1 crore 20 lakh", "3 lakh 50 thousand"."""
        following = self.words.lexeme(i + 1)
        smaller = (
            following is not None and following.kind == "mult" and following.value < self.scale
        )
        return smaller and self.scale >= 100_000 and self.words.at(i + 1) not in _ABBREVIATED

    def _take_small(self, lex: Lexeme) -> bool:
        if self.last == "":
            self.current = lex.value
        elif self._adds(lex):
            self.current = (self.current or 0) + lex.value
        else:
            return False
        self.last = lex.kind if not (lex.kind == "ten" and lex.value % 10) else "unit"
        return True

    def _adds(self, lex: Lexeme) -> bool:
        """Whether a small number goes on with this one: "twenty one", "a hundred fifty"."""
        if self.last == "ten":
            return lex.kind == "unit" and 0 < lex.value < 10
        return self.last in ("hundred", "mult") and not self.digits and self.scale not in (12, 20)

    def _scale_current(self, by: float) -> bool:
        if not self.current or self.last in ("hundred", "mult"):
            return False
        self.current *= by
        self.scale = by
        self.last = "hundred"
        return True

    def _take_mult(self, i: int, lex: Lexeme) -> bool:
        glued = i > self.start and not self.words.spaced[i - 1]
        word = self.words.low[i]
        apart = word in ("k", "m") and not glued  # "12 m" is more often metres
        if not self.current or apart or (word in _ABBREVIATED and not self.digits):
            return False
        if self.total and lex.value >= self.scale:
            return False
        self.total += self.current * lex.value
        self.current = None
        self.scale = lex.value
        self.last = "mult"
        return True

    def _after_dash(self, i: int) -> int | None:
        """The dash of "twenty-one" or "150-thousand" holds two parts of one number together."""
        if tuple(self.words.low[i + 1 : i + 6]) in _AND_A_HALF:
            return self._and_a_half(i + 6)
        if self.words.at(i + 1) == "and" and self.words.at(i + 2) in DASHES:
            return self._after_and(i + 2)  # "two-hundred-and-fifty"
        following = self.words.lexeme(i + 1)
        if following is None or self.words.spaced[i]:
            return None
        joins = (
            (self.last == "ten" and following.kind == "unit" and following.value < 10)
            or following.kind in ("mult", "hundred", "dozen")
        )  # fmt: skip
        return i + 1 if joins and self.words.at(i + 1) not in _ABBREVIATED else None

    def _after_and(self, i: int) -> int | None:
        if self.words.at(i + 1) == "a" and self.words.at(i + 2) == "half":
            return self._and_a_half(i + 3)
        following = self.words.lexeme(i + 1)
        joins = (
            self.last in ("hundred", "mult")
            and not self.digits
            and following is not None
            and following.kind in ("unit", "ten")
            and self.scale not in (12, 20)
        )
        return i + 1 if joins else None

    def _and_a_half(self, end: int) -> int | None:
        if self.last == "mult":
            self.total += self.scale / 2
            return end
        if self.current is None or self.last not in ("unit", "digits", "ten"):
            return None
        self.current += 0.5
        return end
