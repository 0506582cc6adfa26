"""Whether a number is somebody's age."""

from __future__ import annotations

from wirewatch.extraction.numbers.numeral import DASHES, Words
from wirewatch.extraction.numbers.span import Span, before_row
from wirewatch.extraction.numbers.words import section

_AGE_WORDS = frozenset(("aged", "age", "ages", "aging", "ageing"))
_PERSON = frozenset(("he", "she", "who"))
_PEOPLE, _ONE_PERSON = section("people"), section("one-of-age")
_WITHIN = frozenset(("from", "of", "for", "to", "in", "on", "by", "with", "at", "each", "per"))
"""Before a family of whom something else is told than that all of them were harmed."""


def age(words: Words, span: Span) -> bool:
    """Whether the number says how old somebody is."""
    if not 0 < span.value < 125:
        return False
    return any(check(words, span) for check in _AGES)


def _age_of_pronoun(words: Words, span: Span) -> bool:
    """Said of one person: "He was 34 when he died", ", now 34,"."""
    before, following = words.at(span.start - 1), words.at(span.end)
    if before in ("was", "is", "turned") and words.at(span.start - 2) in _PERSON:
        return following in ("when", ".", ",", "and", "at")
    return before == "now" and words.at(span.start - 2) == "," and following == ","


def _age_after_of(words: Words, span: Span) -> bool:
    """Somebody's age or children: "a boy of 12", "a mum-of-two", "from a family of five"."""
    leading = [words.at(span.start - k) for k in range(1, 6)]
    said = [word for word in leading if word not in DASHES]
    if said[:1] != ["of"]:
        return False
    of_family = said[1:2] == ["family"] and not _WITHIN.isdisjoint(said[2:4])
    return of_family or not _ONE_PERSON.isdisjoint(said[1:2])


def _ages_of_several(words: Words, span: Span) -> bool:
    """Either number of "two men of 61 and 70"."""
    for first in (span.start, span.start - 2):
        pair = words.lexeme(first), words.lexeme(first + 2)
        joined = words.at(first - 1) == "of" and words.at(first + 1) == "and"
        if joined and words.at(first - 2) in _PEOPLE and None not in pair:
            return all(one is not None and one.kind == "digits" for one in pair)
    return False


def _age_and_older(words: Words, span: Span) -> bool:
    """As in "18 and over"; not "60 and over 100 others"."""
    older = words.at(span.end) in ("and", "or") and words.at(span.end + 1) in _AND_OLDER
    return older and words.lexeme(span.end + 2) is None


def _age_in_years(words: Words, span: Span) -> bool:
    """As in "60 years old", "a 60-year-old man"."""
    nearest = tuple(words.low[span.end : span.end + 4])
    units = ("year", "years", "-", "month", "months", "days", "day")
    return "old" in nearest and nearest[0] in units


def _age_after_aged(words: Words, span: Span) -> bool:
    """As in "aged 7", "aged 9, 11 and 13", "aged between 7 and 9"."""
    before = words.at(span.start - 1)
    if before in _AGE_WORDS or words.at(before_row(words, span.start)) in _AGE_WORDS:
        return True
    hedged = before in ("of", "about", "between", "under", "over", "just", "only")
    return hedged and words.at(span.start - 2) in _AGE_WORDS


def _ages_of_two(words: Words, span: Span) -> bool:
    """Between commas after the people: "the girls, 12 and 14, were taken"."""
    for first in (span.start, span.start - 2):
        pair = words.lexeme(first), words.lexeme(first + 2)
        if words.at(first - 1) != "," or words.at(first + 1) != "and" or None in pair:
            continue
        plain = all(one is not None and one.kind == "digits" for one in pair)
        if plain and words.at(first + 3) == "," and words.at(first - 2) in _PEOPLE:
            return True
    return False


def _age_in_commas(words: Words, span: Span) -> bool:
    """Between commas or brackets after a capitalised name: "Jane Doe, 34, was killed"."""
    opening, closing = words.at(span.start - 1), words.at(span.end)
    if not span.digits or span.bounded or opening not in (",", "(") or span.value > 110:
        return False
    name = words.text[span.start - 2] if span.start >= 2 else ""
    if name.lower() in _ONE_PERSON and closing in (",", "."):
        return span.value >= 4
    if opening == "(":
        return closing == ")" and name[:1].isupper() and span.value >= 10
    return closing in (",", ".", ";", "and") and name[:1].isupper() and span.value >= 4


_AND_OLDER = frozenset(("over", "older", "above", "under", "younger"))
_AGES = (
    _age_of_pronoun,
    _age_after_of,
    _ages_of_several,
    _age_and_older,
    _age_in_years,
    _age_after_aged,
    _ages_of_two,
    _age_in_commas,
)
