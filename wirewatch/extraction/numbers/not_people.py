"""Why a number does not count people: the reason ``--explain`` shows.

Only sure signs are taken: what is doubtful stays a possible count of people and is decided by what
the sentence says of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from wirewatch.extraction.numbers.ages import age
from wirewatch.extraction.numbers.numeral import DASHES, Words
from wirewatch.extraction.numbers.span import Span, before_row
from wirewatch.extraction.numbers.times import clock, date
from wirewatch.extraction.numbers.words import section

_SIGNS = section("money-signs")
_ONE_PRONOUN_BEFORE = section("before-pronoun-one")
_AFTER_ONE = section("after-pronoun-one")
_STREETS = section("streets")
_MODEL = re.compile(r"[a-z]{1,4}-?\d{1,4}[a-z]?s")
_STREET_NAME = 4
_MOST_POINTS = 30
_ADJECTIVE_SKIP = 3
_PEOPLE, _HARM, _THINGS = section("people"), section("harm"), section("things")
_ANIMALS = section("animals")
_PERCENT, _MONEY, _MONTHS = section("percent"), section("money"), section("months")
_TIME, _DISTANCE = section("time"), section("distance")
_NUMBERED, _YEAR_BEFORE = section("numbered"), section("year-before")
_IN_ANY_CASE, _IN_ROWS = section("numbered-in-any-case"), section("numbered-in-rows")
_HARMED = _PEOPLE | _HARM


def reason(words: Words, span: Span) -> str | None:
    """The name of the first sign that the number counts no people, or None."""
    for name, check in _CHECKS:
        if check(words, span):
            return name
    return None


def _people_next(words: Words, i: int) -> bool:
    """Whether a word for people (or for harm done to them) stands at ``i`` or soon after."""
    for j in range(i, i + _ADJECTIVE_SKIP):
        word = words.at(j)
        if word in _HARMED or word in ("of", "were", "have"):
            return True
        if not word or not word[0].isalpha() or word in _THINGS:
            return False
    return False


def _percent(words: Words, span: Span) -> bool:
    pair = words.at(span.end) + "-" + words.at(span.end + 1)
    return words.at(span.end) in _PERCENT or pair == "per-cent"


def _money(words: Words, span: Span) -> bool:
    before = words.at(span.start - 1)
    if before == ".":
        before = words.at(span.start - 2)  # "Rs. 50,000"
        return before in _SIGNS or words.at(span.end) in _MONEY
    return (
        before in _SIGNS
        or before.endswith("$")
        or words.at(span.end) in _MONEY
        or (words.at(span.end) in ("u.s.", "us") and words.at(span.end + 1).startswith("dollar"))
    )


def _year(words: Words, span: Span) -> bool:
    text = words.at(span.start)
    if span.digits and len(text) == 2 and not span.bounded and words.lexeme(span.start - 2):
        return words.at(span.start - 1) in _MONTHS  # "23 MAR 90"
    if not (span.digits and len(text) == 4 and 1400 <= span.value <= 2100) or span.bounded:
        return False
    before = words.at(span.start - 1).rstrip(".")
    if before in _YEAR_BEFORE or before in _MONTHS:
        return True
    day = words.lexeme(span.start - 1)
    if day is not None or (before == "," and words.lexeme(span.start - 2) is not None):
        return words.at(span.start - 2) in _MONTHS or words.at(span.start - 3) in _MONTHS
    if before in ("the", "of"):
        return words.at(span.end) not in _HARMED
    return not _people_next(words, span.end)


def _time(words: Words, span: Span) -> bool:
    if words.at(span.end) == "of" and words.at(span.end + 2) in ("last", "past", "next", "first"):
        return True
    return _unit_next(words, span, _TIME)


def _distance(words: Words, span: Span) -> bool:
    before = span.start - 1
    if words.at(before) in DASHES:
        before -= 1
    if words.at(before) == "magnitude" and span.value < 10:
        return True
    return _unit_next(words, span, _DISTANCE)


def _rate(words: Words, span: Span) -> bool:
    """Either number of "six per 100,000 people", "four children in every 10,000"."""
    if words.at(span.start - 1) == "per" or _in_every(words, span.start - 2):
        return True
    per = words.at(span.end) == "per" and words.lexeme(span.end + 1) is not None
    return per or any(_in_every(words, i) for i in range(span.end, span.end + _ADJECTIVE_SKIP))


def _in_every(words: Words, i: int) -> bool:
    every = words.at(i) == "in" and words.at(i + 1) == "every"
    return every and words.lexeme(i + 2) is not None


def _vote(words: Words, span: Span) -> bool:
    """Either number of "voted 66 to 33", "230 votes to 110"."""
    before = words.at(span.start - 1)
    if before == "to" and words.at(span.start - 2) == "votes":
        return words.lexeme(span.start - 3) is not None
    first = span.start - 2 if before == "to" else span.start
    tally = words.at(first + 1) == "to" and None not in (
        words.lexeme(first), words.lexeme(first + 2),
    )  # fmt: skip
    return tally and (words.at(first - 1) in _VOTED or words.at(first - 2) in _VOTED)


_VOTED = frozenset(("voted", "vote", "votes"))


def _unit_next(words: Words, span: Span, units: frozenset[str]) -> bool:
    i = span.end
    while words.at(i) in DASHES or words.at(i) in (
        "more",
        "further",
        "additional",
        "long",
        "full",
        "consecutive",
        "straight",
        "or",
        "calendar",
    ):
        i += 1
        if i - span.end > 2:
            return False
    return words.at(i) in units


def _compound(words: Words, span: Span) -> bool:
    """Part of an adjective: "a 10-member team", "six-party talks"."""
    if words.at(span.end) not in DASHES or words.spaced[span.end - 1]:
        return False
    if words.at(span.end + 1) == "strong":
        return False  # "a 200-strong mob" says how many people it was
    glued = span.end < len(words.spaced) and not words.spaced[span.end]
    return glued and words.at(span.end + 1)[:1].isalpha() and words.at(span.end) in "-‐‑"


def _identifier(words: Words, span: Span) -> bool:
    """Part of a name: "Article 5", "Flight 123", "No. 7"."""
    if not span.digits or span.bounded or _people_next(words, span.end):
        return False
    before = words.at(span.start - 1)
    if before == "." and words.at(span.start - 2) in ("no", "nos"):
        return True
    named = before in _NUMBERED and words.text[span.start - 1][:1].isupper()
    if before in _IN_ANY_CASE or words.at(before_row(words, span.start)) in _IN_ROWS:
        return True
    return named or before in ("#", "number", "no.", "№")


def _in_name(words: Words, span: Span) -> bool:
    """The number word behind a hyphen in a name: "Typhoon Nock-Ten", "Pier-Nine"."""
    first = span.start - 2
    if span.digits or span.bounded or first < 0 or words.at(span.start - 1) != "-":
        return False
    glued = not words.spaced[first] and not words.spaced[first + 1]
    name, number = words.text[first], words.text[span.start]
    capital = name[:1].isupper() and number[:1].isupper() and not number.isupper()
    return glued and capital and name.isalpha() and words.lexeme(first) is None


def _address(words: Words, span: Span) -> bool:
    """A house in a street: "at 665 Harbour Drive", "the 4000 block"."""
    if not span.digits or span.bounded:
        return False
    for i in range(span.end, span.end + _STREET_NAME):
        if words.at(i).rstrip(".") in _STREETS:
            return words.text[i][:1].isupper()
        if not words.at(i) or not words.text[i][:1].isupper():
            return False
    return False


def _list_number(words: Words, span: Span) -> bool:
    """The number of a point: "2. The army must leave", "3) …"."""
    if not span.digits or span.bounded or span.value > _MOST_POINTS:
        return False
    starts = words.at(span.start - 1) in ("", ".")
    return starts and words.at(span.end) in (".", ")") and words.at(span.end + 1) != ""


def _score(words: Words, span: Span) -> bool:
    """Joined to a number that is not greater: "won 3-1"."""
    for link, other in ((span.end, span.end + 1), (span.start - 1, span.start - 2)):
        lex = words.lexeme(other)
        if lex is None or lex.kind != "digits" or not span.digits or other < 0:
            continue
        if words.at(link) in DASHES and not words.spaced[min(link, other)]:
            low, high = (span.value, lex.value) if other > link else (lex.value, span.value)
            if low >= high:
                return True
    return False


def _phone(words: Words, span: Span) -> bool:
    text = words.at(span.start)
    return text.isdecimal() and (len(text) >= 9 or (text[:1] == "0" and len(text) > 1))


def _in_families(words: Words, span: Span) -> bool:
    """The people just counted, by their families: "8,960 people (1,790 families)"."""
    counted = words.at(span.start - 1) == "(" and words.at(span.start - 2) in _PEOPLE
    return counted and words.at(span.end) in ("families", "households", "hhs", "family")


def _decimal(_: Words, span: Span) -> bool:
    return span.value != int(span.value)


def _thing(words: Words, span: Span) -> bool:
    if _MODEL.fullmatch(words.at(span.end)):
        return True  # "12 F-16s"
    start = _over_size(words, span.end)
    for i in range(start, start + _ADJECTIVE_SKIP):
        word = words.at(i)
        if word in _HARMED or word + "s" in _PEOPLE:
            return False
        if word in _THINGS | _ANIMALS or (span.value == 1 and word + "s" in _THINGS):
            if words.at(i + 1) in _THINGS and not word.endswith("s"):
                continue  # "car bomb victims"
            return _head_noun(words, i)
        if not word.replace(".", "").isalpha() or word in _STOP:  # "three U.S. missile strikes"
            return False
    return False


def _over_size(words: Words, i: int) -> int:
    """Past the size of the things counted: "three |500lb| bombs", "two |155 mm| shells"."""
    size = words.lexeme(i)
    if size is None or size.kind != "digits":
        return i
    j = i + 2 if words.at(i + 1) in DASHES else i + 1
    return j + 1 if words.at(j) in _DISTANCE else i


_STOP = section("end-of-noun-phrase")


def _head_noun(words: Words, i: int) -> bool:
    """Not "two village elders", "five bank employees": the thing only names the people's kind."""
    following = words.at(i + 1)
    if words.at(i) in _ANIMALS:
        return following not in _PEOPLE  # "200 dolphins died"; not "200 cattle herders died"
    if following in _HARMED or following in DASHES:
        return False
    plural = words.at(i).endswith("s") or words.at(i) in ("aircraft", "cattle", "sheep", "fish")
    if words.at(i - 1) in ("one", "1", "a"):
        return not following.isalpha() or following in _STOP
    return plural or not following.endswith(("s", "men", "women"))


def _one_pronoun(words: Words, span: Span) -> bool:
    if words.at(span.start) != "one" or span.end - span.start != 1:
        return False
    if words.at(span.end) in ("by", "after") and words.at(span.end + 1) in ("one", "another"):
        return True
    if words.at(span.end) == "of" and words.at(span.end + 1) in ("the", "its", "his", "their"):
        picked = words.at(span.end + 2)
        if picked.endswith("est") or picked in ("most", "few", "many", "country", "world", "main"):
            return True
    if words.at(span.start - 1) == "that" and _said_of_one(words, span):
        return False
    return words.at(span.start - 1) in _ONE_PRONOUN_BEFORE or words.at(span.end) in _AFTER_ONE


def _said_of_one(words: Words, span: Span) -> bool:
    """As in "said that one soldier died": here "that" opens a clause and picks nobody."""
    person = words.at(span.end)
    return words.at(span.start - 2).isalpha() and (person in _PEOPLE or person + "s" in _PEOPLE)


_CHECKS: tuple[tuple[str, Callable[[Words, Span], bool]], ...] = (
    ("percent", _percent),
    ("money", _money),
    ("age", age),
    ("clock time", clock),
    ("date", date),
    ("year", _year),
    ("time span", _time),
    ("distance or measure", _distance),
    ("rate", _rate),
    ("votes", _vote),
    ("decimal", _decimal),
    ("score or range of years", _score),
    ("part of a compound adjective", _compound),
    ("number in a name", _identifier),
    ("number in a name", _in_name),
    ("address", _address),
    ("number of a point", _list_number),
    ("telephone or code", _phone),
    ("pronoun", _one_pronoun),
    ("count of families", _in_families),
    ("count of things", _thing),
)
