"""Deeds that a sentence takes for known, whatever its mood: "if you know more of the shooting"."""

from __future__ import annotations

from wirewatch.extraction.context import wordset
from wirewatch.extraction.factuality.denial import DEED

_THE = wordset("the this that those these")
_ADJECTIVES = wordset("deadly fatal mass initial drive-by latest recent first two three")
_AFTER = wordset(
    "about regarding concerning after following during since behind saw witnessed heard "
    "investigating investigates investigated"
)
_PREPOSITIONS = wordset("to with in of for into")
_LED = wordset(
    "connected connection related linked led leads tied witness witnesses witnessed response "
    "responded responding suspect suspects arrest arrests arrested charged involved wanted killed "
    "injured wounded hurt died role victim victims used weapon motive investigation responsible "
    "details information identified"
)
_CAME_TO_PASS = wordset("happened occurred appears appeared appear")
_IF = wordset("if unless should")
_NEAR = 4


def presupposed(words: tuple[str, ...], token: int, first: int) -> bool:
    """Whether the deed at ``token`` is one that others follow from or speak about.

    As in "connected to the shooting", "the shooting does not appear to be random".
    """
    if words[token] not in DEED:
        return False
    at = token - 1
    while at > first and words[at] in _ADJECTIVES:
        at -= 1
    if at - 1 < first or words[at] not in _THE:
        return False
    if not _CAME_TO_PASS.isdisjoint(words[token + 1 : token + _NEAR]):
        return words[at - 1] not in _IF
    if words[at - 1] in _AFTER:
        return True
    return words[at - 1] in _PREPOSITIONS and not _LED.isdisjoint(
        words[max(first, at - 2) : at - 1]
    )
