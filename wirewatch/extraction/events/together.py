"""A verb and its noun tell one happening: they agree on its status."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.events.mentions import Mention
from wirewatch.model import Status

_PHRASE = 5
"""Tokens between a verb and its noun at most."""
_DIVIDERS = wordset("and or but after before while when that who which to")


def agreed(doc: Doc, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions, triggers first, each in the mood of the phrase that it is part of."""
    told = [mention for mention in found if mention.claim is None]
    counted = [mention for mention in found if mention.claim is not None]
    return (*_in_one_mood(doc, told), *counted)


def _in_one_mood(doc: Doc, told: list[Mention]) -> list[Mention]:
    """A verb and its noun are both wished or both not: in "would sign a treaty" both announced."""
    words = context(doc).words
    kept: list[Mention] = []
    last: dict[str, Mention] = {}
    for mention in told:
        before = last.get(mention.type)
        joint = before is not None and _is_one_phrase(words, before, mention)
        if before is not None and joint and _differ(before.status, mention.status):
            mention = replace(mention, status=before.status)  # noqa: PLW2901 (told anew)
        last[mention.type] = mention
        kept.append(mention)
    return kept


def _differ(verb: Status, noun: Status) -> bool:
    """Whether only one is wished, or the verb says that the noun has not come to pass."""
    if noun == "happened" and verb in {"announced", "denied"}:
        return True
    return "proposed" in {verb, noun}


def _is_one_phrase(words: tuple[str, ...], one: Mention, other: Mention) -> bool:
    between = words[one.token + 1 : other.token]
    return one.end > other.token and len(between) < _PHRASE and _DIVIDERS.isdisjoint(between)
