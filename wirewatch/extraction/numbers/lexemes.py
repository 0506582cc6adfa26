"""From a word to what it means as part of a number."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["digits", "unit", "ten", "hundred", "dozen", "mult", "plural", "part", "ordinal"]

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_MULTS = {
    "thousand": 1_000, "k": 1_000, "million": 1_000_000, "mn": 1_000_000, "mln": 1_000_000,
    "m": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000, "trillion": 10**12,
    "lakh": 100_000, "lakhs": 100_000, "crore": 10_000_000, "crores": 10_000_000,
}  # fmt: skip
_PLURALS = {
    "tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000,
    "millions": 2_000_000, "billions": 2 * 10**9,
}  # fmt: skip
_PARTS = {
    "half": Fraction(1, 2), "halves": Fraction(1, 2), "quarter": Fraction(1, 4),
    "quarters": Fraction(1, 4), "fourths": Fraction(1, 4), "sevenths": Fraction(1, 7),
    "ninths": Fraction(1, 9), "thirds": Fraction(1, 3), "fifths": Fraction(1, 5),
    "tenths": Fraction(1, 10), "sixths": Fraction(1, 6), "eighths": Fraction(1, 8),
    "½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3), "⅕": Fraction(1, 5), "⅛": Fraction(1, 8),
}  # fmt: skip
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_ORDINAL_TENS = [
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
    "sixtieth",
    "seventieth",
    "eightieth",
    "ninetieth",
]

_DIGITS = re.compile(
    r"(?P<whole>\d{1,3}(?:[,'’]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:\.\d{3}){2,}|\d{1,15})"
    r"(?P<part>\.\d{1,9}|(?<=\b\d),\d{1,2}|(?<=\b\d\d),\d{1,2})?"
    r"(?:-?(?P<mult>k|m|mn|mln|bn|thousand|million|billion|lakh|crore))?\+?",
)
_ORDINAL = re.compile(r"(\d{1,6}|\d{1,3}(?:,\d{3})+)(?:st|nd|rd|th|d)")
_SEPARATORS = str.maketrans("", "", ",'’")
MAX_LENGTH = 40
"""Longer words are no numbers (and Python refuses to convert very long digit strings)."""


class Lexeme(NamedTuple):
    """A word of a number: its class, its value, and whether the value came with a unit glued on."""

    kind: Kind
    value: float
    scaled: bool = False
    """The word carries its own multiplier ("12k", "150-thousand")."""
    decimal: bool = False


def _table() -> dict[str, Lexeme]:
    words: dict[str, Lexeme] = {word: Lexeme("unit", n) for n, word in enumerate(_UNITS)}
    words |= {word: Lexeme("ten", 20 + 10 * n) for n, word in enumerate(_TENS)}
    words |= {word: Lexeme("mult", n) for word, n in _MULTS.items()}
    words |= {word: Lexeme("plural", n) for word, n in _PLURALS.items()}
    words |= {word: Lexeme("part", float(n)) for word, n in _PARTS.items()}
    words |= {word: Lexeme("ordinal", n + 1) for n, word in enumerate(_ORDINALS)}
    words |= {word: Lexeme("ordinal", 20 + 10 * n) for n, word in enumerate(_ORDINAL_TENS)}
    words |= {"hundred": Lexeme("hundred", 100), "hundredth": Lexeme("ordinal", 100)}
    words |= {"dozen": Lexeme("dozen", 12), "score": Lexeme("dozen", 20)}
    words |= {"twoscore": Lexeme("ten", 40), "threescore": Lexeme("ten", 60)}
    words |= {"fourscore": Lexeme("ten", 80)}
    return words


_WORDS = _table()


@lru_cache(maxsize=8192)
def lexeme(word: str) -> Lexeme | None:
    """What a lower-case word means in a number; None when it is no part of one."""
    found = _WORDS.get(word)
    if found is not None or not word or len(word) > MAX_LENGTH:
        return found
    if word[0].isdecimal():
        return _digits(word) or _written_ordinal(word)
    return _hyphenated(word) if "-" in word else None


def _digits(word: str) -> Lexeme | None:
    match = _DIGITS.fullmatch(word)
    if match is None:
        return _slashed(word)
    whole = match["whole"].translate(_SEPARATORS)
    if whole.count(".") > 1:
        whole = whole.replace(".", "")
    part = (match["part"] or "").replace(",", ".")  # "4,5 million", as other languages write it
    value = float(Fraction(whole + part) * _MULTS.get(match["mult"], 1))
    scaled = match["mult"] is not None
    return Lexeme("digits", value, scaled, decimal=value != int(value))


def _slashed(word: str) -> Lexeme | None:
    """A proper fraction with a small denominator: "1/3", "3/4"."""
    top, slash, bottom = word.partition("/")
    if slash and top.isdecimal() and bottom.isdecimal() and len(word) <= 4:
        over, under = int(top), int(bottom)
        return Lexeme("part", over / under) if 0 < over < under <= 10 else None
    return None


def _written_ordinal(word: str) -> Lexeme | None:
    match = _ORDINAL.fullmatch(word)
    return Lexeme("ordinal", int(match[1].replace(",", ""))) if match else None


def _hyphenated(word: str) -> Lexeme | None:
    """One word for "twenty-one", "two-thirds", "fifty-thousand": some tokenizers leave it so."""
    first, _, second = word.partition("-")
    a, b = _WORDS.get(first), _WORDS.get(second)
    if a is None or b is None or a.kind not in ("unit", "ten"):
        return None
    below_ten = 0 < b.value < 10
    if a.kind == "ten" and b.kind in ("unit", "ordinal") and below_ten and second != "third":
        return Lexeme("ten" if b.kind == "unit" else "ordinal", a.value + b.value)
    if second == "third":
        return Lexeme("part", a.value / 3) if a.value < 3 else Lexeme("ordinal", a.value + 3)
    if b.kind == "part":
        return Lexeme("part", a.value * b.value)
    scales = b.kind in ("mult", "hundred", "dozen")
    return Lexeme("digits", a.value * b.value, scaled=True) if scales else None
