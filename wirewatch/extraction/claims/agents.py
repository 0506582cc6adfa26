"""Those who did it are no victims: "was kidnapped by four men", "wounded by two gunmen"."""

from __future__ import annotations

from collections.abc import Iterable

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import AUX, DETERMINER, RELATIVE, VERBS, people_in
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Mention, Text

_DEEDS = frozenset(
    ("attacked", "ambushed", "robbed", "raped", "tortured", "surrounded", "stopped", "raided",
     "stormed", "threatened", "approached", "mobbed", "attack", "ambush", "raid", "assault",
     "shooting", "murder", "killing", "kidnapping", "abduction", "assassination", "stabbing")
)  # fmt: skip
_GROUPS = words("groups")
_HURT = frozenset(("killed", "injured", "abducted", "arrested"))
_FAR = 6
"""Words between the verb and "by": "kidnapped on Monday by"."""
_TURNS = words("conjunction") - {"and", "or"}


def only_act(text: Text, mention: Mention, end: int, read: Iterable[Reading]) -> bool:
    """Whether the counted people did what is told before "by"; their own fate follows "who"."""
    by = mention.start - 1
    if text.at(by) == "of" and text.at(by - 1) in _GROUPS:
        by -= 2
    while text.at(by) in DETERMINER:
        by -= 1
    if text.at(by) != "by" or not people_in(text, mention.end, end):
        return False
    told = ("relative", "subject", "dep-acl") if text.at(end) == "," else ("relative", "dep-acl")
    fate = any(reading.pattern.startswith(told) for reading in read)
    return not fate and _suffered(text, by)


def _suffered(text: Text, by: int) -> bool:
    """Whether a word of harm done to somebody leads to "by"."""
    for i in range(by - 1, by - 1 - _FAR, -1):
        if not text.same(i, by) or text.low[i] in _TURNS or text.low[i] == ",":
            return False
        anchor = text.anchor_at.get(i)
        if text.low[i] in _DEEDS or (anchor is not None and _done_to(text, i)):
            return True
        if text.low[i] in VERBS or text.low[i] in AUX or text.low[i] in RELATIVE:
            return False
    return False


def _done_to(text: Text, i: int) -> bool:
    sense = text.anchor_at[i].sense("participle", "weak")
    return sense is not None and sense.kind in _HURT
