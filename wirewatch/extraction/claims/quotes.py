"""The evidence of a count: its shortest quotation, and who the people are."""

from __future__ import annotations

from wirewatch.extraction.claims.phrases import is_adverb, noun_phrase_end
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Mention, Text

_LONGEST = 45
_BLANK = frozenset(
    ("of", "the", "a", "an", "other", "more", "others", "additional", "them", "whom")
)


def quotation(text: Text, mention: Mention, reading: Reading) -> tuple[int, int]:
    """First word and end of the shortest stretch with the number, its noun and what happened."""
    start, end = mention.start, max(mention.end, noun_phrase_end(text, mention.end))
    anchor = reading.anchor
    if anchor is None or not text.same(anchor.start, mention.head):
        return start, end
    first, last = min(start, anchor.start), max(end, anchor.end)
    return (first, last) if last - first <= _LONGEST else (start, end)


def people_named(text: Text, mention: Mention) -> str | None:
    """The words for the people counted ("Afghan policemen"), None when only the number stands."""
    end = noun_phrase_end(text, mention.end)
    kept = list(range(mention.end, end))
    while kept and (text.low[kept[0]] in _BLANK or not text.low[kept[0]][0].isalnum()):
        kept.pop(0)
    while kept and (not text.low[kept[-1]][0].isalnum() or is_adverb(text.low[kept[-1]])):
        kept.pop()
    return " ".join(text.text[i] for i in kept) or None
