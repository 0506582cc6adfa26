"""Finds the date expressions of a text given as tokens: pure, no spaCy, linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wirewatch.extraction.dates import grammar
from wirewatch.extraction.dates.days import Context, Resolved
from wirewatch.extraction.dates.names import is_name
from wirewatch.extraction.dates.resolve import resolve
from wirewatch.extraction.dates.words import Word, classify, words_of

LOOK_BACK = 14
"""How many words before an expression may say that it lies ahead ("will …", "scheduled …")."""
DATELINE_WORDS = 14
"""A full date among so many first words, before a bracket or dash, stands for a publication date
that is not known ("LIMA, 9 JAN 90 (…) --")."""

_PEOPLE = frozenset(
    words_of(
        "people persons men women children soldiers troops police officers civilians homes houses "
        "families refugees miles kilometers kilometres meters metres dollars euros pounds"
    )
)
"""What a bare number before it counts: no year."""
_PUT_OFF = frozenset(
    words_of(
        "adjourned postponed deferred delayed extended prolonged remanded rescheduled moved "
        "pushed put"
    )
)
"""What is done "until Friday" or "to January 14" lies ahead, though the verb tells."""
_OWN = frozenset(words_of("his her their my our your"))
_PART = frozenset(words_of("early mid middle late"))
_LEADING_ON = frozenset(
    words_of(
        "proposed offered agreed announced decided invited promised pledged suggested demanded "
        "planned vowed convened confirmed"
    )
)
"""Past verbs whose object may lie ahead: "proposed talks in Geneva on 20 December"."""
_OPENING, _WILL = frozenset(words_of("on in by from")), frozenset(words_of("will 'll ’ll shall"))
_NEXT = frozenset(words_of("next coming upcoming"))
_UP_TO = frozenset(words_of("to till until"))
_SAYING = frozenset(
    words_of(
        "said told announced agreed confirmed pledged promised declared added reported decided"
    )
)
_SAYING_BACK = 10
_FULL = frozenset({"whole", "ymd", "dmy", "day"})
_YEAR_LEADS = frozenset("isfvhKzTLC/&")


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a text, the token each is of, and their letters as one string."""

    words: list[Word]
    tokens: list[int]
    letters: str
    texts: Sequence[str]


def _read(texts: Sequence[str]) -> _Text:
    words: list[Word] = []
    tokens: list[int] = []
    for index, token in enumerate(texts):
        if token.isspace() and token.count("\n") < 2:  # a wrapped line, or two blanks
            continue
        pieces = classify(token)
        words.extend(pieces)
        tokens.extend([index] * len(pieces))
    return _Text(words, tokens, "".join([word.kind for word in words]), texts)


def _lies_ahead(text: _Text, start: int) -> bool | None:
    """Whether the clause before ``start`` speaks of the future; the nearest word decides.

    None: no word says.
    """
    if text.words[start].text in _UP_TO and _is_put_off(text, start):
        return True
    if start and text.words[start - 1].text in _NEXT:
        return True
    for index in range(start - 1, max(start - LOOK_BACK, 0) - 1, -1):
        kind = text.letters[index]
        if kind == ".":
            return None
        if kind == "F" or (kind == "i" and _is_to(text.words, index)):
            return True
        if text.words[index].text == "would" and _is_reported(text.words, index):
            return True
        if kind == "p" and (index == 0 or text.letters[index - 1] != "b"):
            beside = index == start - 1
            return None if not beside and text.words[index].text in _LEADING_ON else False
    return None


def _is_put_off(text: _Text, start: int) -> bool:
    return any(word.text in _PUT_OFF for word in text.words[max(start - 5, 0) : start])


def _is_told(text: _Text, end: int) -> bool:
    """Whether a past verb follows in the clause: "On 31 December gunmen killed"."""
    for index in range(end, min(end + LOOK_BACK, len(text.letters))):
        kind = text.letters[index]
        if kind in ".F":
            return False
        if kind == "p" and text.letters[index - 1] != "b":
            return True
    return False


def _is_foretold(text: _Text, start: int, end: int) -> bool:
    """Whether it opens a clause of what will be: "On 20 March the troops will leave"."""
    opens = start == 0 or text.letters[start - 1] in ".c/" or text.words[start - 1].text.isspace()
    if not opens or text.words[start].text not in _OPENING:
        return False
    for index in range(end, min(end + LOOK_BACK, len(text.letters))):
        if text.letters[index] in ".p":
            return False
        if text.words[index].text in _WILL:
            return True
    return False


def _is_to(words: list[Word], index: int) -> bool:
    """Whether it is the "to" of "is to", "are to": the future of news language."""
    return index > 0 and words[index].text == "to" and words[index - 1].text in {"is", "are"}


def _is_reported(words: list[Word], index: int) -> bool:
    """Whether "would" is the future of what somebody said: "said it would reopen on Friday"."""
    before = words[max(index - _SAYING_BACK, 0) : index]
    after = words[index + 1].text if index + 1 < len(words) else ""
    return after != "have" and any(word.text in _SAYING for word in before)


def _is_year(text: _Text, match: re.Match[str]) -> bool:
    """A bare number between 1900 and 2100 is a year unless it counts something."""
    end = match.end()
    following = text.words[end].text if end < len(text.words) else ""
    before = text.letters[match.start() - 1] if match.start() else "."
    if "at" in {text.words[i].text for i in (match.start() - 1, match.start()) if i >= 0}:
        return False  # "at 2000 local time", "at 2000 feet"
    round_number = text.words[end - 1].value % 50 == 0
    if following in _PEOPLE and (round_number or match.end() - match.start() == 1):
        return False
    if round_number and following.endswith("s") and following.isalpha() and len(following) > 3:
        return False
    return match.end() - match.start() > 1 or before in _YEAR_LEADS or not round_number


def _with_neighbours(text: _Text, match: re.Match[str]) -> tuple[str, str, str]:
    """The words before and after, as written, and the one that is first in the expression."""
    first, last = text.tokens[match.start()], text.tokens[match.end() - 1]
    before = text.texts[first - 1] if first else ""
    return before, text.texts[first], text.texts[last + 1] if last + 1 < len(text.texts) else ""


def _is_expression(text: _Text, match: re.Match[str], name: str) -> bool:
    if is_name(name, *_with_neighbours(text, match)):
        return False
    if name == "year":
        return _is_year(text, match)
    if name == "decade":
        return not _is_age(text, match)
    if name == "day" and match.end() < len(text.words) and text.letters[match.end() - 1] == "d":
        following = text.words[match.end()].text  # "in March 12 people …"
        return following not in _PEOPLE
    return True


def _is_age(text: _Text, match: re.Match[str]) -> bool:
    """A decade of somebody's life: "two men in their late 20s", not "their 1990s hits"."""
    if text.words[match.end() - 1].text[:4].isdigit():
        return False
    index = match.start() - 1
    while index >= 0 and (text.words[index].text in _PART or text.letters[index] == "-"):
        index -= 1
    return index >= 0 and text.words[index].text in _OWN


def _is_halved(text: _Text, match: re.Match[str], name: str) -> bool:
    """Whether "half" stands before: "half a century ago"."""
    return name == "ago" and match.start() > 0 and text.words[match.start() - 1].text == "half"


def _is_counted(text: _Text, match: re.Match[str]) -> bool:
    """Whether the first number counts something else: "killed 20 two days ago"."""
    first, second = (
        text.words[match.start() : match.start() + 2] if len(match[0]) > 2 else (None, None)
    )
    return bool(
        first and second and first.text.isdigit() and second.kind == "n" and first.kind in "dn"
    )


@dataclass(frozen=True, slots=True)
class Found:
    """One expression: its tokens (``end`` excluded) and its days."""

    start: int
    end: int
    days: Resolved


def _expressions(text: _Text) -> Iterator[tuple[str, re.Match[str]]]:
    for match in grammar.EXPRESSION.finditer(text.letters):
        name = grammar.name_of(match)
        if _is_expression(text, match, name):
            yield name, match


def _dateline(text: _Text) -> date | None:
    """The full date of a dateline."""
    for name, match in _expressions(text):
        if match.start() > DATELINE_WORDS:
            return None
        found = resolve(name, text.words[match.start() : match.end()], Context(None, future=False))
        following = text.letters[match.end() : match.end() + 1]
        led = text.letters[match.start()] in "isfv"  # "on 26 December 2004 – the day of the wave"
        followed = following == "/" or (following == "-" and not led)
        if followed and name in _FULL and found and found.absolute and found.start == found.end:
            return found.end
    return None


def find(texts: Sequence[str], published: date | None) -> tuple[list[Found], date | None]:
    """All expressions in order, and the day that they were resolved against, if known."""
    text = _read(texts)
    today = published or _dateline(text)
    latest: date | None = None
    found: list[Found] = []
    for name, match in _expressions(text):
        begin = match.start() - _is_halved(text, match, name) + _is_counted(text, match)
        ahead = _lies_ahead(text, begin)
        ahead = True if ahead is None and _is_foretold(text, begin, match.end()) else ahead
        told = ahead is False or (ahead is None and _is_told(text, match.end()))
        context = Context(today, bool(ahead), told, latest)
        days = resolve(name, text.words[begin : match.end()], context)
        if days is None:
            continue
        if today and days.start and days.start == days.end:
            latest = days.start
        first, last = text.tokens[begin], text.tokens[match.end() - 1]
        found.append(Found(first, last + 1, days))
    return found, today
