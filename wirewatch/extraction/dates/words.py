"""Each word of a date expression as one letter, so that a grammar can be a regular expression.

W weekday     w its plural   M month   m a month that is also another word (May, March)
d 1 to 31 in digits            n another number or number word
        q a, few, several             O ordinal
Y 1900-2100   E decade       I whole date in digits                  2 last two digits of a year
U unit        P part of day  R weekend S season   H feast            G eve   J new
L last, past  X next         T this    K early, late, mid            D later
A ago         k back      B earlier      y yesterday  Q today  t tomorrow  g tonight  o overnight
i preposition s since        f for     v over      e every   h the   & and   z 's
a anniversary r recent       l old     V long      F will, scheduled p past verb  b be
c comma       - hyphen       . sentence end        / bracket or dash              x other
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


def words_of(words: str) -> list[str]:
    """The words of a list written as one string, which reads better than forty quoted ones."""
    return words.split()


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season, northern half of the world."""
UNITS = {"minute": 0, "hour": 0, "day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91,
         "year": 365, "decade": 3652, "century": 36525}  # fmt: skip
"""Days in each unit; 0 when shorter than a day."""

_NUMBERS = words_of(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
         "ninety": 90}  # fmt: skip
_DECADES = {"sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}
_VAGUE = {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 3, "some": 3, "many": 5, "dozen": 12}
_ORDINALS = words_of(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
_FUNCTION = {
    "i": "on in at by during until till from of into around about to between through "
         "throughout before after within",
    "s": "since", "f": "for", "v": "over", "e": "every each", "h": "the", "&": "and", "z": "'s ’s",
    "a": "anniversary", "r": "recent", "l": "old", "V": "long", "b": "be", "c": ",", "-": "- –",
    ".": ". ; ! ?", "/": "( ) -- --- — [ ]", "R": "weekend weekends", "G": "eve", "J": "new",
    "H": "christmas boxing", "L": "last past previous", "X": "next coming upcoming",
    "T": "this current", "K": "early late mid beginning end start middle",
    "B": "earlier", "D": "later", "A": "ago", "k": "back",
    "y": "yesterday", "Q": "today", "t": "tomorrow", "g": "tonight", "o": "overnight",
    "P": "morning afternoon evening night noon midday midnight dawn dusk daybreak predawn",
    "F": "will 'll ’ll shall scheduled rescheduled slated due planned plans plan expected set "
         "ahead expires",
    "p": "said told was were had went came took left met held hit struck blew shot broke began "
         "fell rose won lost made found saw gave fled sent spoke",
}  # fmt: skip
_WHOLE = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})(?:[tT][\d:.]+(?:[zZ]|[+-][\d:]+)?)?\Z")
_DIGITS = re.compile(r"(['’]?)(\d{1,4})(st|nd|rd|th|s|['’]s)?\Z")
_SEASON = re.compile(r"((?:19|20)\d\d)/(\d\d(?:\d\d)?)\Z")
"""Two years as one: "2010/11"."""
_NIGHT = re.compile(r"(\d\d)/(\d\d)\Z")
"""Two days as one: "the night of 23/24 December"; any other pair is no date by itself."""
_SPLIT = re.compile(r"([-–])")
_AT_EASE = frozenset(WEEKDAYS) | frozenset(MONTHS) - {"march", "may", "august"} | {"christmas"}
"""What means nothing else, and so is read in texts that write no capitals."""


@dataclass(frozen=True, slots=True)
class Word:
    """One piece of a token: its class, its number if it has one, and its lower-cased text."""

    kind: str
    value: int
    text: str


def _lexicon() -> dict[str, tuple[str, int]]:
    words = {form: (kind, 0) for kind, forms in _FUNCTION.items() for form in forms.split()}
    for number, day in enumerate(WEEKDAYS):
        words |= {day: ("W", number), day + "s": ("w", number)}
    words |= {short: ("W", number) for short, number in _SHORT_DAYS.items()}
    for number, month in enumerate(MONTHS, 1):
        kind = "m" if month in {"may", "march"} else "M"
        words |= {month: (kind, number), month[:3]: ("m" if month == "march" else kind, number)}
    words["sept"] = ("M", 9)
    for unit, days in UNITS.items():
        words |= {unit: ("U", days), unit + "s": ("U", days)}
    words["centuries"] = ("U", UNITS["century"])
    words |= {season: ("S", month) for season, month in SEASONS.items()}
    words |= {word: ("n", number) for number, word in enumerate(_NUMBERS)}
    words |= {word: ("n", number) for word, number in _TENS.items()}
    words |= {word: ("E", number) for word, number in _DECADES.items()}
    words |= {word: ("q", number) for word, number in _VAGUE.items()}
    return words | {word: ("O", number) for number, word in enumerate(_ORDINALS, 1)}


_LEXICON = _lexicon()


def _whole(match: re.Match[str]) -> tuple[str, int]:
    """A date in digits as yyyymmdd; month first, as American wires write, unless impossible."""
    first, _, second, last = match.groups()
    if len(first) == 4:
        year, month, day = int(first), int(second), int(last)
    else:
        year, month, day = int(last), int(first), int(second)
        if month > 12 or match[2] == ".":
            month, day = day, month
    year += (1900 if year >= 50 else 2000) if year < 100 else 0
    fits = 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31
    return ("I", year * 10000 + month * 100 + day) if fits else ("x", 0)


def _number(match: re.Match[str]) -> tuple[str, int]:
    quote, digits, suffix = match.groups()
    value = int(digits)
    if suffix and suffix.endswith("s") and value % 10 == 0 and (value >= 1800 or 20 <= value <= 90):
        return "E", value if value >= 1800 else 1900 + value
    if suffix in {"st", "nd", "rd", "th"}:
        return "O", value
    if quote:
        return "2", value
    if len(digits) == 4:
        return ("Y", value) if 1900 <= value <= 2100 else ("n", value)
    return ("d" if 1 <= value <= 31 else "n"), value


def _classify(piece: str) -> Word:
    text = piece.lower()
    if (digits := _DIGITS.match(text)) is not None:
        return Word(*_number(digits), text)
    kind, value = _LEXICON.get(text) or _LEXICON.get(text.rstrip("."), ("x", 0))
    if kind in "WwMmHJ" and piece.islower() and text not in _AT_EASE:
        return Word("x", 0, text)
    if kind == "x" and text.endswith("ed") and len(text) > 4:
        kind = "p"
    return Word(kind, value, text)


def _pair(token: str) -> re.Match[str] | None:
    """Two years or two days that follow each other, with a stroke between them."""
    night = _NIGHT.match(token)
    if night is not None:
        return night if int(night[2]) == int(night[1]) + 1 else None
    return _SEASON.match(token)


@lru_cache(maxsize=16_384)
def classify(token: str) -> tuple[Word, ...]:
    """The words of one token: most are one; "17-year" and "mid-March" are three."""
    if len(token) > 40:  # no date is that long
        return (Word("x", 0, ""),)
    if token[0].isdigit() and (whole := _WHOLE.match(token)) is not None:
        return (Word(*_whole(whole), token),)
    if (pair := _pair(token)) is not None:
        return _classify(pair[1]), Word("-", 0, "-"), _classify(pair[2])
    if len(token) > 2 and ("-" in token or "–" in token):
        pieces = tuple(_classify(piece) for piece in _SPLIT.split(token) if piece)
        return pieces if any(word.kind not in "x-p" for word in pieces) else (Word("x", 0, ""),)
    return (_classify(token),)
