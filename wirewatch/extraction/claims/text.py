"""A Doc as the claim patterns read it: words, sentences, figures, words of harm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from wirewatch.extraction.annotations import Figure
from wirewatch.extraction.captors import armed_parties
from wirewatch.extraction.claims.lexicon import Sense, phrases, senses
from wirewatch.extraction.may import no_verb
from wirewatch.extraction.numbers import head_token, visible
from wirewatch.extraction.words import Words
from wirewatch.extraction.words import words as words_of

_FULL_STOPS = frozenset((".", "!", "?", "...", "…"))
_PERSON = frozenset(("PER", "PERSON"))
_MAX_SENTENCE = 150
"""Longer "sentences" are tables or texts without punctuation; patterns never look farther."""


class Anchor(NamedTuple):
    """Tokens ``start`` to ``end`` name what happened; one entry a sense."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    def sense(self, *uses: str) -> Sense | None:
        """The first sense with one of ``uses``."""
        return next((s for s in self.senses if s.use in uses), None)


class Mention(NamedTuple):
    """A figure by its place among the visible words."""

    start: int
    end: int
    head: int
    figure: Figure


class Text(NamedTuple):
    """What the patterns look at: visible words (no line breaks inside sentences) and what they are.

    Positions everywhere in the patterns are places among these words; ``tokens`` leads back.
    """

    low: Sequence[str]
    text: Sequence[str]
    tokens: Sequence[int]
    sentence: Sequence[int]
    mentions: Sequence[Mention]
    mention_at: dict[int, int]
    """Word to the index of the figure that covers it (the inner one where two nest)."""
    anchor_at: dict[int, Anchor]
    """Each word of an anchor to it."""
    persons: frozenset[int] = frozenset()
    """Words inside names of people, where the pipeline finds entities."""
    armed: frozenset[int] = frozenset()
    """Words that name rebels, gangs and the like, where the pipeline knows actors."""

    def at(self, i: int) -> str:
        """The lower-case word at ``i``; "" outside the text."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def same(self, i: int, j: int) -> bool:
        """Whether two words stand in one sentence."""
        size = len(self.low)
        return 0 <= i < size and 0 <= j < size and self.sentence[i] == self.sentence[j]

    def bounds(self, i: int) -> range:
        """The words of the sentence that ``i`` stands in."""
        start = end = i
        while self.same(start - 1, i):
            start -= 1
        while self.same(end, i):
            end += 1
        return range(start, end)


_OPENING = frozenset({"“", '"', "‘", "``"})
"""A quotation mark before a figure parts it from no verb: pull out “roughly half” of the 14,000."""


def read_text(doc: Doc, figures: Sequence[Figure]) -> Text:
    """The view of ``doc`` for the patterns."""
    words = words_of(doc)
    quoted = {f.start - 1 for f in figures if f.start and words.texts[f.start - 1] in _OPENING}
    tokens = [i for i in visible(doc) if i not in quoted]
    place = {token: i for i, token in enumerate(tokens)}
    low = [_lower(words, i) for i in tokens]
    mentions = [
        Mention(place[f.start], place[f.end - 1] + 1, place[head_token(f)], f) for f in figures
    ]
    covered: dict[int, int] = {}
    for index, mention in enumerate(mentions):
        covered.update(dict.fromkeys(range(mention.start, mention.end), index))
    covered.update({mention.head: index for index, mention in enumerate(mentions)})
    text = [words.texts[i] for i in tokens]
    return Text(
        low,
        text,
        tokens,
        _sentences(doc, tokens),
        mentions,
        covered,
        _anchors(low),
        _persons(doc, tokens),
        _armed(doc, place),
    )


def _lower(words: Words, i: int) -> str:
    """The word in small letters; the month of May keeps its capital, since the verb has none."""
    word = words.lower[i]
    return "May" if word == "may" and no_verb(words, i) else word


def _persons(doc: Doc, tokens: Sequence[int]) -> frozenset[int]:
    return frozenset(i for i, token in enumerate(tokens) if doc[token].ent_type_ in _PERSON)


def _armed(doc: Doc, place: dict[int, int]) -> frozenset[int]:
    return frozenset(place[i] for i in armed_parties(doc) if i in place)


def _sentences(doc: Doc, tokens: Sequence[int]) -> list[int]:
    """The number of each word's sentence: the pipeline's where it set them, else by full stops."""
    if doc.has_annotation("SENT_START"):
        numbers = _by_marks([bool(token.is_sent_start) for token in doc])
        return [numbers[i] for i in tokens]
    starts, fresh, since = [], True, 0
    for i in tokens:
        starts.append(fresh)
        since = 0 if fresh else since + 1
        fresh = doc[i].text in _FULL_STOPS or doc[i].is_space or since >= _MAX_SENTENCE
    return _by_marks(starts)


def _by_marks(starts: Sequence[bool]) -> list[int]:
    numbers, current = [], -1
    for start in starts:
        current += start or current < 0
        numbers.append(current)
    return numbers


def _anchors(low: Sequence[str]) -> dict[int, Anchor]:
    found: dict[int, Anchor] = {}
    single, several = senses(), phrases()
    i = 0
    while i < len(low):
        anchor = _phrase(low, i, several)
        if anchor is None and low[i] in single:
            anchor = Anchor(i, i + 1, single[low[i]])
        if anchor is None:
            i += 1
            continue
        found.update(dict.fromkeys(range(anchor.start, anchor.end), anchor))
        i = anchor.end
    return found


def _phrase(
    low: Sequence[str], i: int, several: dict[str, tuple[tuple[tuple[str, ...], Sense], ...]]
) -> Anchor | None:
    known = several.get(low[i], ())
    longest = next((w for w, _ in known if tuple(low[i : i + len(w)]) == w), None)
    if longest is None:
        return None
    return Anchor(i, i + len(longest), tuple(sense for w, sense in known if w == longest))
