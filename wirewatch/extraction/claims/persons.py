"""Words that name a person or people: "professor", "President Orlo Venn", "civilians"."""

from __future__ import annotations

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import DETERMINER, PEOPLE
from wirewatch.extraction.claims.text import Text

TITLES = words("titles")
SINGLE = words("one-person")
_PERSONAL = ("ist", "ian", "essor", "ctor", "ator", "keeper", "worker")


def one_person(word: str) -> bool:
    """Whether a word names one person ("professor", "terrorist")."""
    if word in SINGLE or (word + "s" in PEOPLE and word not in ("dead", "other")):
        return True
    return word.endswith(_PERSONAL) and len(word) > 5


def bare_plural(text: Text, i: int) -> bool:
    """As in "civilians were killed"; not "no civilians", "the civilians", "wounded civilians"."""
    if text.low[i] not in PEOPLE or not text.low[i].endswith(("s", "men", "people", "women")):
        return False
    if text.low[i] in ("victims", "suspects") and i - 1 in text.anchor_at:
        return False  # "kidnap victims usually are released"
    before = text.low[max(0, i - 4) : i]
    return i not in text.anchor_at and not any(w in DETERMINER or w in ("of", "no") for w in before)


def is_name(text: Text, i: int) -> bool:
    """Whether the word at ``i`` is written as a name: "Lee", not "UN"."""
    return 0 <= i < len(text.low) and text.text[i][:1].isupper() and not text.text[i].isupper()


def name_start(text: Text, end: int) -> int:
    """Where the name that ends at ``end`` begins, titles included: "|President Orlo Venn"."""
    start = end
    while (
        start > 0
        and end - start < 5
        and (
            is_name(text, start - 1) or text.low[start - 1] in TITLES or text.low[start - 1] == "-"
        )
    ):
        start -= 1
    return start


def named(text: Text, end: int) -> bool:
    """Whether a person's name ends here: a title before it, or the tagger's word for it."""
    if end in text.persons:
        return True
    start = name_start(text, end)
    return is_name(text, end) and any(text.low[k] in TITLES for k in range(start, end))
