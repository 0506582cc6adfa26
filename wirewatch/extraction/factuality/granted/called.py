"""Deeds that calls, searches and pleas take for granted: "information about the shooting"."""

from __future__ import annotations

from wirewatch.extraction.context import wordset
from wirewatch.extraction.referee.mention import Mention

_REACH = 7
_SOURCES = wordset(
    "information info tip tips details video footage report reports call calls scene "
    "investigation responsible wanted"
)
_ABOUT = wordset("about on of regarding concerning reporting into in for")
_SENT = wordset("called responded responding dispatched sent summoned")
_PROBES = wordset("investigating investigate investigates investigated")
_ARTICLE = wordset("a an the this that these their his her report reports")
_OPEN = wordset(
    "planned plan plans plot threat threats threatened threatening possible potential attempted "
    "foiled if would could should imminent future more no not n't never alleged false"
)
_OFTEN = wordset("attack accident")
_GUESSED = wordset("may might possible possibly appears appeared believed apparent apparently")
_MISHAP = ("accidental", "unintentional", "inadvertent")


def called(words: tuple[str, ...], mention: Mention, first: int) -> bool:
    """Whether the words before the deed ask, search or answer calls because of it: it happened.

    A guess that a gun went off by accident does not doubt that it went off.
    """
    token = mention.token
    before = words[max(first, token - _REACH) : token]
    if mention.type == "accident" and words[token].startswith(_MISHAP):
        return not _GUESSED.isdisjoint(before) and "not" not in before
    if mention.type not in _OFTEN or not _OPEN.isdisjoint(before):
        return False
    return any(_leads(before[i:]) for i in range(len(before)))


def _leads(words: tuple[str, ...]) -> bool:
    """As in "reports of a |shooting|", "called to a |shooting|", "investigating the |shooting|"."""
    rest = words[1:]
    if words[0] in _PROBES:
        return not _ARTICLE.isdisjoint(rest)
    if words[0] in _SENT:
        return rest[:1] == ("to",) and not _ARTICLE.isdisjoint(rest[1:])
    plea = words[:2] in {("call", "for"), ("calls", "for")}
    return words[0] in _SOURCES and rest[:1] != () and rest[0] in _ABOUT and not plea
