"""Who says so, and with which verb: "an American official told AFP", "according to police"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from wirewatch.extraction.context import context, wordset
from wirewatch.model import Attribution

SAY = wordset(
    "said says say told tells reported reports report announced announces stated states added "
    "confirmed confirms claimed claims acknowledged admitted warned insisted alleged estimated "
    "declared revealed disclosed noted tweeted wrote denied"
)
_ACCORDING = ("according", "to")
_ARTICLES = frozenset({"a", "an", "the", "one", "another"})
_APPOSITION = 16
_MAX_SOURCE = 12
"""Tokens: a longer stretch before the verb is a clause, not a speaker."""
_BREAKS = frozenset({",", ";", ":", "—", "–", '"', "“", "”", "that", "but", "and", "while", "as"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubjpass")
_PLURAL_ADVERBS = frozenset({"also", "have", "has", "had", "later", "earlier", "only", "will"})


def attribution(doc: Doc, token: int) -> Attribution | None:
    """The source of the sentence that holds ``token``; None when nobody is named."""
    seen = context(doc)
    first, last = seen.span(token)
    if found := _according(doc, first, last):
        return found
    verbs = [i for i in range(first, last) if seen.words[i] in SAY and not _noun(doc, i)]
    for verb in sorted(verbs, key=lambda i: (abs(i - token), i)):
        passive = verb + 1 < last and seen.words[verb + 1] == "by"
        span = None if passive else _subject(doc, verb) or _before(doc, first, verb)
        span = span or _after(doc, verb, last)
        if span and not span[0] <= token < span[1]:
            return Attribution(source=_text(doc, *span), verb=seen.words[verb])
    return None


def _noun(doc: Doc, i: int) -> bool:
    if doc[i].pos_:
        return doc[i].pos_ in {"NOUN", "PROPN", "ADJ"}
    return i > 0 and doc[i - 1].lower_ in {"the", "a", "new", "these", "some", "unconfirmed"}


def _according(doc: Doc, first: int, last: int) -> Attribution | None:
    words = context(doc).words
    for i in range(first, last - 2):
        if words[i : i + 2] == _ACCORDING:
            end = i + 2
            while end < last and words[end] not in _BREAKS and words[end] not in {".", "who"}:
                end += 1
            if 0 < end - i - 2 <= _MAX_SOURCE:
                return Attribution(source=_text(doc, i + 2, end), verb="according to")
    return None


def _subject(doc: Doc, verb: int) -> tuple[int, int] | None:
    """The verb's subject with what belongs to it, where there is a parse."""
    if not doc.has_annotation("DEP"):
        return None
    subject: Token | None = next((c for c in doc[verb].children if c.dep_ in _SUBJECTS), None)
    if subject is None:
        return None
    inside = sorted(t.i for t in subject.subtree)
    return _trim(doc, inside[0], inside[-1] + 1)


def _before(doc: Doc, first: int, verb: int) -> tuple[int, int] | None:
    """The speaker before the verb: "police said", "NAME, head of the council, said"."""
    words = context(doc).words
    end = verb
    while end > first and words[end - 1] in _PLURAL_ADVERBS:
        end -= 1
    if end > first and words[end - 1] == ",":
        commas = [i for i in range(max(first, end - _APPOSITION), end - 1) if words[i] == ","]
        end = commas[-1] if commas else end - 1
    start = end
    while start > first and words[start - 1] not in _BREAKS:
        start -= 1
    return _trim(doc, start, end)


def _after(doc: Doc, verb: int, last: int) -> tuple[int, int] | None:
    """The speaker after the verb: "…, said a spokesman for the ministry"."""
    words = context(doc).words
    if verb + 1 < last and words[verb + 1] == "by":
        verb += 1
    if verb + 1 >= last or not (words[verb + 1] in _ARTICLES or doc[verb + 1].is_title):
        return None
    end = verb + 1
    while end < last and words[end] not in _BREAKS and words[end] != ".":
        end += 1
    return _trim(doc, verb + 1, end)


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    words = context(doc).words
    for i in range(start, end):
        if words[i] == "," or (i > start and words[i] in SAY and not _noun(doc, i)):
            end = i  # no name of a speaker holds a verb of saying
            break
    while end > start and (doc[end - 1].is_space or doc[end - 1].is_punct):
        end -= 1
    while start < end and (doc[start].is_space or doc[start].is_punct):
        start += 1
    named = any(doc[i].is_alpha for i in range(start, end))
    return (start, end) if named and end - start <= _MAX_SOURCE else None


def _text(doc: Doc, start: int, end: int) -> str:
    return " ".join(doc[start:end].text.split())
