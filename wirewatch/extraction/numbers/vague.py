"""Quantity words that name no number: dozens, several hundred, a number of, many."""

from __future__ import annotations

from typing import NamedTuple

from wirewatch.extraction.numbers.numeral import Words
from wirewatch.extraction.numbers.words import section

_FEW = frozenset(("several", "few", "couple", "many"))
_NUMBER_OF = section("number-of")
_SIZES = section("sizes")
_SINGLE = {"several": 3, "many": 3, "numerous": 3, "countless": 3, "some": 2}
_LOWS = {"handful": 3, "number": 2, "numbers": 2, "lot": 3, "lots": 3, "few": 3, "majority": 2,
         "couple": 2, "plenty": 3}  # fmt: skip


class Vague(NamedTuple):
    """Tokens ``start`` to ``end``; ``low`` is the least number an alert may take them for."""

    start: int
    end: int
    head: int
    word: str
    low: int


def read_vague(words: Words, i: int) -> Vague | None:
    """The vague quantity that begins at token ``i``, or None."""
    return _plural(words, i) or _several(words, i) or _number_of(words, i) or _single(words, i)


def _plural(words: Words, i: int) -> Vague | None:
    """Plurals: "dozens", "tens of thousands", "many hundreds"."""
    start = i
    if words.at(i) in ("many", "several", "some"):
        i += 1
    lex = words.lexeme(i)
    if words.at(i) in ("lakhs", "crores") and words.at(i + 1) == "of" and lex is not None:
        return Vague(start, i + 1, i, words.at(i), 2 * int(lex.value))
    if lex is None or lex.kind != "plural":
        return None
    end, low = i + 1, int(lex.value)
    following = words.lexeme(end + 1)
    if words.at(end) == "of" and following is not None and following.kind == "plural":
        low = low * int(following.value) // 2
        end += 2
    elif (words.at(end), words.at(end + 1)) in _doubled(words.at(i)):
        end += 2
    elif words.at(i) == "tens" and words.at(end) != "of":
        return None
    return Vague(start, end, end - 1, " ".join(words.low[i:end]), low)


def _doubled(word: str) -> tuple[tuple[str, str], ...]:
    """As in "dozens upon dozens", "hundreds and hundreds"."""
    return tuple((link, word) for link in ("upon", "and", "on"))


def _several(words: Words, i: int) -> Vague | None:
    """Some of a unit: "several hundred", "a few dozen", "a couple of thousand", "several dozen"."""
    start = i
    if words.at(i) == "a":
        i += 1
    if words.at(i) not in _FEW:
        return None
    j = i + 1
    if words.at(i) == "couple" and words.at(j) == "of":
        j += 1
    lex = words.lexeme(j)
    if lex is None or lex.kind not in ("mult", "hundred", "dozen") or words.at(j) in ("m", "k"):
        return None
    end, low = j + 1, int((2 if words.at(i) == "couple" else 3) * lex.value)
    following = words.lexeme(end)
    if following is not None and following.kind == "mult":
        low, end = low * int(following.value), end + 1
    return Vague(start, end, end - 1, " ".join(words.low[i:end]), low)


def _number_of(words: Words, i: int) -> Vague | None:
    """A noun of amount: "a number of", "large numbers of", "a handful of", "a few"."""
    start, j = i, i
    if words.at(j) in ("a", "an", "the"):
        j += 1
    if words.at(start) == "a" and words.at(j) == "few":
        return Vague(start, j + 1, j, "a few", 3)
    while words.at(j) in _SIZES and j - start < 4:
        j += 1
    noun = words.at(j)
    plural = noun in ("numbers", "lots")
    if not (plural or (noun in _NUMBER_OF and j > start)) or words.at(j + 1) != "of":
        return None
    if words.at(start) == "the" and noun != "majority":
        return None
    if words.lexeme(j + 2) is not None or noun not in _LOWS:
        return None
    return Vague(start, j + 2, j, " ".join(words.low[start : j + 2]), _LOWS[noun])


def _single(words: Words, i: int) -> Vague | None:
    word = words.at(i)
    low = _SINGLE.get(word)
    if low is None or words.lexeme(i + 1) is not None or words.at(i - 1) in ("how", "too"):
        return None
    if words.at(i - 1) == "as" and (word == "many" or words.at(i + 1) in ("as", "in")):
        return None  # "as many of them as possible", "twice as many people"
    return Vague(i, i + 1, i, word, low)
