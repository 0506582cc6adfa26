"""All parties that a text names: ``find_actors``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from spacy.tokens import Doc

from wirewatch.extraction.actors.describe import ARTICLES, describe
from wirewatch.extraction.actors.lexicon import Lexicon, load
from wirewatch.extraction.actors.matches import Match, find_matches
from wirewatch.extraction.annotations import ActorMention, PlaceMention
from wirewatch.extraction.places.evidence import preposition

REACH = 3
"""Words that may stand between a people and what they are: "Afghan national security forces"."""
_NO_LINK = frozenset(
    {
        "in",
        "of",
        "the",
        "a",
        "an",
        "and",
        "or",
        "at",
        "from",
        "on",
        "to",
        "by",
        "for",
        "with",
        "that",
    }
    | {
        "which",
        "who",
        "was",
        "were",
        "is",
        "are",
        "said",
        "says",
        "has",
        "have",
        "had",
        "will",
        "as",
    }
)
_WHOSE = frozenset({"my", "our", "your", "his", "her", "its", "their"})
"""Whose they are nobody can tell who reads the actor alone: "our soldiers"."""


def find_actors(
    doc: Doc, today: datetime | None = None, lexicon: Lexicon | None = None
) -> tuple[ActorMention, ...]:
    """The parties named in ``doc``, in order, not overlapping.

    Reads ``doc._.places``; uses the parse where ``doc`` has one and works without. Linear time.
    """
    matches = find_matches(doc, today, lexicon or load())
    found = [*_phrases(doc, matches), *_countries(doc, matches)]
    spans = _merged([(_past_article(doc, start, end), end) for start, end in found])
    return tuple(
        ActorMention(start, end, describe(doc, start, end, matches=matches)) for start, end in spans
    )


def _past_article(doc: Doc, start: int, end: int) -> int:
    return start + (end - start > 1 and doc[start].lower_ in ARTICLES | _WHOSE)


def _phrases(doc: Doc, matches: Sequence[Match]) -> Iterator[tuple[int, int]]:
    """Names as they stand; kinds of people with the country and adjectives before them."""
    countries = {mention.end: mention for mention in doc._.places}
    parsed = doc.has_annotation("DEP")
    ends = {match.end: match for match in matches}
    for match in matches:
        before = ends.get(match.start)
        if before is not None and (match.known or before.known):  # "President …", "Taliban gunmen"
            yield before.start, match.end
        elif match.known is not None:
            yield _country_before(doc, match.start, countries), match.end
        elif parsed:
            yield _left_edge(doc, match), match.end
        else:
            yield _country_before(doc, match.start, countries), match.end


def _left_edge(doc: Doc, match: Match) -> int:
    """Where the noun phrase begins; determiners stay out."""
    head = doc[match.end - 1]
    kept = {"amod", "compound", "nummod", "nmod:poss", "poss", "flat", "nmod:tmod"}
    starts = [child.left_edge.i for child in head.lefts if child.dep_ in kept]
    return min([match.start, *starts])


def _country_before(doc: Doc, start: int, countries: dict[int, PlaceMention]) -> int:
    """Start of the country's name if it belongs to the words at ``start``."""
    index = start
    while index > 0 and start - index <= REACH:
        possessive = doc[index - 1].text in {"'s", "’s", "'"}
        mention = countries.get(index - possessive)
        country = mention is not None and mention.place.precision == "country"
        if mention is not None and (possessive or country or index == start):
            return mention.start
        word = doc[index - 1].text
        if not word.replace("-", "a").isalpha() or word.lower() in _NO_LINK:
            return start
        index -= 1
    return start


def _countries(doc: Doc, matches: Sequence[Match]) -> Iterator[tuple[int, int]]:
    """Countries and capitals that act: not those after "in" or "from"."""
    taken = {index for match in matches for index in range(match.start, match.end)}
    for mention in doc._.places:
        place = mention.place
        following = doc[mention.end].text if mention.end < len(doc) else ""
        if mention.demonym:
            if place.text.endswith("s") and mention.start not in taken:
                yield mention.start, mention.end
        elif place.precision == "country" and following not in {"'s", "’s"} and _acts(doc, mention):
            yield mention.start, mention.end


def _acts(doc: Doc, mention: PlaceMention) -> bool:
    return preposition(doc, mention.start) in {"none", "by"}


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest of overlapping spans, in order."""
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if chosen and start < chosen[-1][1]:
            if end > chosen[-1][1]:
                chosen[-1] = (chosen[-1][0], end)
            continue
        chosen.append((start, end))
    return chosen
