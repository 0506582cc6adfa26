"""Where sentences end, by rules: good enough to choose what to read closely, and fast."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

FINAL = frozenset({".", "!", "?", "…", "...", "!!", "??", "?!", "。"})
CLOSERS = frozenset({'"', "''", "”", "’", ")", "]", "»", "'"})
OPENERS = frozenset({'"', "``", "“", "‘", "(", "[", "«", "'", "-", "–", "—", "•", "*", "#"})
_STARTERS = (
    "the a an in on at he she it they we i but and this that these those there his her its their "
    "our my if when while after before since for from with as by to however meanwhile some many "
    "most more other another one two three no not earlier later last what who how why"
)
STARTERS = frozenset(_STARTERS.split())
"""Words that begin a sentence when they stand capitalised after an abbreviation."""
WRAPPED_LINE = 45
"""A line at least this long that ends without a stop is taken for a wrapped one."""
MAX_TOKENS = 160
"""Longer sentences are cut: lists and tables without a stop."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Sentences as token spans, white space tokens left out at their ends.

    ``sure`` tells of each whether a paragraph starts there, which no model may overrule.
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
    starts: list[int] = []
    sure: list[bool] = []
    mixed = any(c.islower() for c in doc.text[:2000])
    cased = mixed and any(c.isupper() for c in doc.text[:2000])
    line_start = 0
    begin = True
    certain = True
    for i, token in enumerate(doc):
        if token.is_space:
            lines = token.text.count("\n")
            if lines and starts:
                broken = _line_ends(doc, i, lines, token.idx - line_start, cased)
                begin = begin or broken
                certain = certain or lines > 1
            if lines:
                line_start = token.idx + len(token.text)
            continue
        if starts and not begin:
            begin = _stops(doc, i, starts[-1], cased) or i - starts[-1] >= MAX_TOKENS
        if begin:
            starts.append(i if starts else 0)
            sure.append(certain)
        begin = certain = False
    if not starts and len(doc):
        return Spans([0], [True], len(doc))
    return Spans(starts, sure, len(doc))


def _line_ends(doc: Doc, i: int, lines: int, width: int, cased: bool) -> bool:
    if lines > 1:
        return True
    following = doc[i + 1].text if i + 1 < len(doc) else ""
    if doc[i - 1].text in FINAL | CLOSERS:
        return not (cased and following[:1].islower())
    return width < WRAPPED_LINE and not following[:1].islower()


def _stops(doc: Doc, i: int, start: int, cased: bool) -> bool:
    """Whether the sentence from ``start`` ends before token i, which no line break precedes."""
    token = doc[i]
    if token.text in CLOSERS and not doc[i - 1].whitespace_:
        return False
    at = i - 1
    while at > start and (doc[at].text in CLOSERS or doc[at].is_space) and not _opens(doc, at):
        at -= 1
    before = doc[at]
    first = token
    if first.text in OPENERS and i + 1 < len(doc):
        first = doc[i + 1]
    starts_lower = cased and first.text[:1].islower()
    if before.text in FINAL:
        return not starts_lower and (before.text != "..." or first.text[:1].isupper())
    if before.text.endswith((".", "!", "?")) and len(before.text) > 1 and at == i - 1:
        return first.text[:1].isupper() and first.lower_ in STARTERS and cased
    return False


def _opens(doc: Doc, at: int) -> bool:
    """Whether a quotation mark at this place opens: white space before, none after."""
    return bool(doc[at - 1].whitespace_) and not doc[at].whitespace_
