"""Arrests that are only wished for: "a reward for information leading to an arrest"."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.model import EventType

_LEAD = wordset("lead leads leading")
_OFFER = wordset("reward rewards offer offers offered offering if anyone anonymous anonymously")
_NEAR = 5


def is_wished_arrest(doc: Doc, token: int, type_: EventType) -> bool:
    """Whether a word of arrest says what tips are to lead to."""
    if type_ != "arrest":
        return False
    words = context(doc).words
    first, last = context(doc).span(token)
    led = not _LEAD.isdisjoint(words[max(first, token - _NEAR) : token])
    return led and not _OFFER.isdisjoint(words[first:last])
