"""Finds names of the actor lexicon and words for kinds of people: longest match, linear time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from spacy.tokens import Doc

from wirewatch.extraction.actors.lexicon import Known, Lexicon
from wirewatch.extraction.places.names import Words, read_words, spots
from wirewatch.extraction.words import words as words_of

_SHORT = 4
"""Names of so few letters are abbreviations: they must be written in capitals."""
_WORDS = frozenset({"who", "is", "care", "us", "pla", "au"})
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "X", ""})


@dataclass(frozen=True, slots=True)
class Match:
    """A name with what is known of it, or a kind of people with its role."""

    start: int
    end: int
    role: str | None
    known: Known | None = None


def find_matches(doc: Doc, today: datetime | None, lexicon: Lexicon) -> list[Match]:
    """All matches in order; a name wins over words for people that it holds."""
    words = read_words(words_of(doc).texts)
    named = list(_names(words, today, lexicon))
    taken = {index for match in named for index in range(match.start, match.end)}
    kinds = [match for match in _kinds(doc, words, lexicon) if match.start not in taken]
    return sorted([*named, *kinds], key=lambda match: match.start)


def _names(words: Words, today: datetime | None, lexicon: Lexicon) -> Iterator[Match]:
    candidates = [spot for spot in spots(words) if words.keys[spot[0]] != "the"]
    rows = lexicon.find(["".join(words.keys[start:end]) for start, end in candidates])
    best: dict[int, tuple[int, list[int]]] = {}
    for (start, end), found in zip(candidates, rows, strict=True):
        if found and not _is_word(words, start, end):
            best[start] = end, found
    reached = 0
    for start, (end, found) in best.items():
        if start >= reached:
            reached = end
            known = lexicon.known(found, today.date() if today else None)
            yield Match(start, end, known.role, known)


def _is_word(words: Words, start: int, end: int) -> bool:
    """Whether an abbreviation's letters lack its capitals ("Who"), or capitals say nothing."""
    text = words.texts[start]
    if end - start > 1 or len(words.keys[start]) > _SHORT:
        return False
    return not text.isupper() or (words.shouting and words.keys[start] in _WORDS)


def _kinds(doc: Doc, words: Words, lexicon: Lexicon) -> Iterator[Match]:
    lower = [text.lower() for text in words.texts]
    tagged = doc.has_annotation("POS")
    index = 0
    while index < len(lower):
        match = _kind_at(lower, index, lexicon)
        if match is None or (tagged and _is_verb(doc, match)):
            index += 1
        else:
            yield match
            index = match.end


def _is_verb(doc: Doc, match: Match) -> bool:
    """Whether the tagger takes it for one; no report's sentence opens with a verb."""
    opens = doc[match.start].is_sent_start or doc[max(0, match.start - 1)].is_space
    return doc[match.end - 1].pos_ not in _NOUNS and not opens


def _kind_at(lower: Sequence[str], start: int, lexicon: Lexicon) -> Match | None:
    for length in range(lexicon.longest.get(lower[start], 0), 0, -1):
        role = lexicon.agents.get(tuple(lower[start : start + length]))
        if role is not None and start + length <= len(lower):
            return Match(start, start + length, None if role == "-" else role)
    return None
