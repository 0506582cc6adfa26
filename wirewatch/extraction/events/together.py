"""Mentions of one clause tell one happening: they agree on its status, and on news or history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.events.mentions import Mention
from wirewatch.extraction.events.merge import is_current

_PHRASE = 4
"""Tokens between a verb and its noun at most."""
_DIVIDERS = wordset("and or but after before while when that who which to")


def agreed(doc: Doc, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions, triggers first, each as the others of its clause tell it."""
    told = [mention for mention in found if mention.claim is None]
    counted = [mention for mention in found if mention.claim is not None]
    hanging: dict[int | None, list[Mention]] = defaultdict(list)
    for count in counted:
        hanging[count.host].append(count)
    told = [_as_counted(m, hanging[m.token]) for m in _in_one_mood(doc, told)]
    return (*told, *counted)


def _in_one_mood(doc: Doc, told: list[Mention]) -> list[Mention]:
    """A verb and its noun are both wished or both not: in "would sign a treaty" both announced."""
    words = context(doc).words
    kept: list[Mention] = []
    last: dict[str, Mention] = {}
    for mention in told:
        before = last.get(mention.type)
        joint = before is not None and _is_one_phrase(words, before, mention)
        if before is not None and joint and "proposed" in {before.status, mention.status}:
            mention = replace(mention, status=before.status)  # noqa: PLW2901 (told anew)
        last[mention.type] = mention
        kept.append(mention)
    return kept


def _is_one_phrase(words: tuple[str, ...], one: Mention, other: Mention) -> bool:
    between = words[one.token + 1 : other.token]
    return one.end > other.token and len(between) < _PHRASE and _DIVIDERS.isdisjoint(between)


def _as_counted(mention: Mention, counts: list[Mention]) -> Mention:
    """News or history as the counts are that hang on it in its clause, where they all agree."""
    own = [count for count in counts if mention.start <= count.token < mention.end]
    news = {is_current(count) for count in own}
    if len(news) == 1 and is_current(mention) not in news:
        return replace(mention, current=own[0].current)
    return mention
