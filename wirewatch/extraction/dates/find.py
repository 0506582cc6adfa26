"""Finds the date expressions of a text given as tokens: pure, no spaCy, linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wirewatch.extraction.dates import grammar
from wirewatch.extraction.dates.days import Context, Resolved
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
_YEAR_LEADS = frozenset("isfvhKzTLC/&")


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a text, the token each is of, and their letters as one string."""

    words: list[Word]
    tokens: list[int]
    letters: str


def _read(texts: Sequence[str]) -> _Text:
    words: list[Word] = []
    tokens: list[int] = []
    for index, token in enumerate(texts):
        pieces = classify(token)
        words.extend(pieces)
        tokens.extend([index] * len(pieces))
    return _Text(words, tokens, "".join([word.kind for word in words]))


def _lies_ahead(text: _Text, start: int) -> bool:
    """Whether the clause before ``start`` speaks of the future; the nearest word decides."""
    for index in range(start - 1, max(start - LOOK_BACK, 0) - 1, -1):
        kind = text.letters[index]
        if kind == ".":
            return False
        if kind == "F" or (kind == "i" and _is_to(text.words, index)):
            return True
        if kind == "p" and (index == 0 or text.letters[index - 1] != "b"):
            return False
    return False


def _is_to(words: list[Word], index: int) -> bool:
    """Whether it is the "to" of "is to", "are to": the future of news language."""
    return index > 0 and words[index].text == "to" and words[index - 1].text in {"is", "are"}


def _is_year(text: _Text, match: re.Match[str]) -> bool:
    """A bare number between 1900 and 2100 is a year unless it counts something."""
    end = match.end()
    following = text.words[end].text if end < len(text.words) else ""
    before = text.letters[match.start() - 1] if match.start() else "."
    round_number = text.words[end - 1].value % 50 == 0
    if following in _PEOPLE and (round_number or match.end() - match.start() == 1):
        return False
    if round_number and following.endswith("s") and following.isalpha() and len(following) > 3:
        return False
    return match.end() - match.start() > 1 or before in _YEAR_LEADS or not round_number


def _is_expression(text: _Text, match: re.Match[str], name: str) -> bool:
    if name == "year":
        return _is_year(text, match)
    if name == "day" and match.end() < len(text.words) and text.letters[match.end() - 1] == "d":
        following = text.words[match.end()].text  # "in March 12 people …"
        return following not in _PEOPLE
    return True


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
        followed = text.letters[match.end() : match.end() + 1] == "/"
        if followed and name in {"whole", "ymd", "day"} and found is not None and found.absolute:
            return found.end
    return None


def find(texts: Sequence[str], published: date | None) -> tuple[list[Found], date | None]:
    """All expressions in order, and the day that they were resolved against, if known."""
    text = _read(texts)
    today = published or _dateline(text)
    latest: date | None = None
    found: list[Found] = []
    for name, match in _expressions(text):
        context = Context(today, _lies_ahead(text, match.start()), latest)
        days = resolve(name, text.words[match.start() : match.end()], context)
        if days is None:
            continue
        if today and days.start and days.start == days.end:
            latest = days.start
        first, last = text.tokens[match.start()], text.tokens[match.end() - 1]
        found.append(Found(first, last + 1, days))
    return found, today
