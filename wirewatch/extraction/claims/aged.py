"""Ages beside the people they belong to: "a 17-year-old boy", "Jane Doe, 34, was killed"."""

from __future__ import annotations

from wirewatch.extraction.claims.text import Text

_UNITS = frozenset(("year", "years", "month", "months", "week", "weeks", "day", "days"))
_CLOSING = frozenset((",", ")"))


def is_age(text: Text, i: int) -> bool:
    """Whether the number at ``i`` says how old somebody is."""
    index = text.mention_at.get(i)
    return index is not None and text.mentions[index].figure.not_people == "age"


def after_age(text: Text, i: int) -> int:
    """Past an age that leads a noun ("17-year-old |boy|"); ``i`` where none does."""
    if not is_age(text, i):
        return i
    j = text.mentions[text.mention_at[i]].end
    while text.at(j) == "-" or text.at(j) in _UNITS:
        j += 1
    return j + 1 if text.at(j) == "old" else i


def before_age(text: Text, i: int) -> int:
    """The word that an age in commas or brackets ending at ``i`` belongs to: "|Doe|, 34,"."""
    if text.at(i) in _CLOSING and is_age(text, i - 1) and text.at(i - 2) in (",", "("):
        return i - 3
    return i


def ends_age(text: Text, i: int) -> bool:
    """Whether ``i`` is the "old" of an age: a "17-year-old" is a person."""
    return text.at(i) == "old" and any(after_age(text, k) == i + 1 for k in range(i - 5, i))
