"""Finds names of the gazetteer among tokens: longest match, left to right, linear time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wirewatch.extraction.lexicons.phrases import letters
from wirewatch.extraction.places.gazetteer import COUNTRY, Gazetteer
from wirewatch.extraction.places.words import section

LONGEST = 7
"""Tokens in a name, hyphens included ("Port-au-Prince" is five)."""
SMALL_WORDS = section("small words of names")
_WORDS = section("words")
NO_START = section("no name begins with")
REGION_KINDS = section("region kinds")
_ELISION = frozenset({"'", "’"})
HYPHENS = frozenset("-–'’")
_BETWEEN = frozenset({".", "\n"})
"""What may stand inside a name: a line's end too, where lines are wrapped."""
SHOUT_SHARE = 0.6
"""From this share of upper-case words on, a text is upper case and capitals say nothing."""


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a text as the matcher needs them."""

    texts: Sequence[str]
    keys: Sequence[str]
    capital: Sequence[bool]
    shouting: bool
    """The text is all upper case."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name and the gazetteer rows that bear it, the greatest place first."""

    start: int
    end: int
    rows: tuple[int, ...]


def read_words(texts: Sequence[str]) -> Words:
    """Fold the tokens once for all who look names up."""
    capital = [_capital(text) for text in texts]
    words = [text for text in texts if len(text) > 2 and text.isalpha()]
    loud = sum(text.isupper() for text in words)
    return Words(texts, [letters(text) for text in texts], capital, loud > SHOUT_SHARE * len(words))


def _capital(text: str) -> bool:
    """Whether a name may begin here: a capital, after an elision too ("Côte d'Ivoire")."""
    return text[:1].isupper() or (text[:1] in {"d", "l"} and text[1:2] in _ELISION
                                  and text[2:3].isupper())  # fmt: skip


def _reach(words: Words, start: int) -> Iterator[int]:
    """Ends of the candidates that begin at ``start``: capitals, with small words between them."""
    for end in range(start + 1, min(start + LONGEST, len(words.texts)) + 1):
        last = end - 1
        text = words.texts[last]
        if text.isspace() and "\n" not in text:  # "Sri  Lanka"
            continue
        if words.capital[last]:
            yield end
        elif words.keys[last] and words.keys[last] not in SMALL_WORDS and text not in HYPHENS:
            joined = words.texts[last - 1] in HYPHENS  # "Guinea-bissau"
            if last > start and (joined or words.keys[last] in REGION_KINDS):  # "Niger state"
                yield end
            return
        elif not words.keys[last] and text not in HYPHENS and text not in _BETWEEN:
            return


def find_names(words: Words, gazetteer: Gazetteer) -> list[Named]:
    """All names, not overlapping, in order."""
    candidates = list(spots(words))
    found = gazetteer.find(["".join(words.keys[start:end]) for start, end in candidates])
    best: dict[int, Named] = {}
    for (start, end), rows in zip(candidates, found, strict=True):
        if (
            rows
            and not _is_word(words, start, end)
            and _longer(words, best.get(start), end, gazetteer)
        ):
            best[start] = Named(start, end, tuple(rows))  # ends come in rising order
    named: list[Named] = []
    reached = 0
    for start, each in best.items():
        if start >= reached:
            named.append(each)
            reached = each.end
    return named


def _longer(words: Words, shorter: Named | None, end: int, gazetteer: Gazetteer) -> bool:
    """Whether the name that ends here replaces the one found so far.

    "Niger state" is no part of Niger, but "North West province" is whichever North West is meant.
    """
    if shorter is None or words.capital[end - 1] or words.keys[end - 1] not in REGION_KINDS:
        return True
    return gazetteer.entry(shorter.rows[0]).kind == COUNTRY


def spots(words: Words) -> Iterator[tuple[int, int]]:
    """Tokens of everything that may be a name: what begins with a capital, up to seven tokens."""
    for start, key in enumerate(words.keys):
        if words.capital[start] and key and key not in NO_START:
            for end in _reach(words, start):
                yield start, end


def _is_word(words: Words, start: int, end: int) -> bool:
    """Whether it is "Us" at the start of a sentence, or "CAR" in an upper-case text."""
    if end - start > 1 or words.keys[start] not in _WORDS:
        return False
    return not words.texts[start].isupper() or (words.shouting and "." not in words.texts[start])
