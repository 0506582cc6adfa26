"""Where sentences end, by rules: good enough to choose what to read closely, and fast."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from wirewatch.extraction.words import Words, words

FINAL = frozenset({".", "!", "?", "…", "...", "!!", "??", "?!", "。"})
CLOSERS = frozenset({'"', "''", "”", "’", ")", "]", "»", "'"})
_NO_START = CLOSERS | FINAL
OPENERS = frozenset({'"', "``", "“", "‘", "(", "[", "«", "'", "-", "–", "—", "•", "*", "#"})
_STARTERS = (
    "the a an in on at he she it they we i but and this that these those there his her its their "
    "our my if when while after before since for from with as by to however meanwhile some many "
    "most more other another one two three no not earlier later last what who how why"
)
STARTERS = frozenset(_STARTERS.split())
"""Words that begin a sentence when they stand capitalised after an abbreviation."""
_SHORT = 3
"""Letters: so short a word before a full stop may be an abbreviation of an upper-case text."""
_ABBREVIATED = (
    "dr mr mrs ms gen col lt maj capt sgt cpl pvt msgr messrs prof gov sen rep rev adm cmdr brig "
    "supt hon st"
)
_TITLES = frozenset(_ABBREVIATED.split())
"""Their full stops end no sentence; in upper case they are words of their own."""
WRAPPED_LINE = 45
"""A line at least this long that ends without a stop is taken for a wrapped one."""
MAX_TOKENS = 160
"""Longer sentences are cut: lists and tables without a stop."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Sentences as token spans, white space tokens left out at their ends.

    ``sure`` tells of each whether no model may overrule it: a paragraph starts there, or a full
    stop that ends no abbreviation stands before it in an upper-case text, where models lose case.
    """

    starts: list[int]
    sure: list[bool]
    length: int

    def pairs(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence, ``end`` excluded; together they cover the Doc."""
        ends = [*self.starts[1:], self.length] if self.starts else []
        return list(zip(self.starts, ends, strict=True))


def split(doc: Doc) -> Spans:
    """The sentences of a tokenised Doc; the first starts at token 0."""
    seen = words(doc)
    starts: list[int] = []
    sure: list[bool] = []
    head = seen.whole[:2000]
    cased = any(c.islower() for c in head) and any(c.isupper() for c in head)
    shouted = not any(c.islower() for c in head)
    line_start = 0
    begin = True
    certain = True
    for i, text in enumerate(seen.texts):
        if seen.blank[i]:
            lines = text.count("\n")
            if lines and starts:
                broken = _line_ends(seen, i, lines, seen.at[i] - line_start, cased)
                begin = begin or broken
                certain = certain or lines > 1
            if lines:
                line_start = seen.at[i] + len(text)
            continue
        if starts and not begin:
            begin = _stops(seen, i, starts[-1], cased) or i - starts[-1] >= MAX_TOKENS
        if begin:
            certain = certain or (shouted and _firm(seen, i))
            starts.append(i if starts else 0)
            sure.append(certain)
        begin = certain = False
    if not starts and len(doc):
        return Spans([0], [True], len(doc))
    return Spans(starts, sure, len(doc))


def _line_ends(seen: Words, i: int, lines: int, width: int, cased: bool) -> bool:
    if lines > 1:
        return True
    following = seen.texts[i + 1] if i + 1 < len(seen.texts) else ""
    if seen.texts[i - 1] in FINAL | CLOSERS:
        return not (cased and following[:1].islower())
    return width < WRAPPED_LINE and not following[:1].islower()


def _stops(seen: Words, i: int, start: int, cased: bool) -> bool:
    """Whether the sentence from ``start`` ends before token i, which no line break precedes."""
    texts = seen.texts
    if texts[i] in _NO_START and not seen.after[i - 1]:
        return False
    at = i - 1
    while at > start and (seen.blank[at] or (texts[at] in CLOSERS and not _opens(seen, at))):
        at -= 1
    before = texts[at]
    first = i + 1 if texts[i] in OPENERS and i + 1 < len(texts) else i
    letter = texts[first][:1]
    if before == "." and not cased and seen.lower[at - 1] in _TITLES:
        return False
    if before in FINAL:
        return not (cased and letter.islower()) and (before != "..." or letter.isupper())
    if before.endswith((".", "!", "?")) and len(before) > 1 and at == i - 1:
        return letter.isupper() and seen.lower[first] in STARTERS and cased
    return False


def _firm(seen: Words, i: int) -> bool:
    """Whether a full stop, no abbreviation's, and white space stand before token i."""
    at = i - 1
    while at > 0 and seen.blank[at]:
        at -= 1
    spaced = at < i - 1 or bool(seen.after[at])
    return at > 0 and seen.texts[at] == "." and spaced and len(seen.texts[at - 1]) > _SHORT


def _opens(seen: Words, at: int) -> bool:
    """Whether a quotation mark at this place opens: white space before, none after."""
    return bool(seen.after[at - 1]) and not seen.after[at]
