"""Readings whose word only looks like the deed: those sentenced, trapped in poverty, eliminated."""

from __future__ import annotations

from wirewatch.extraction.claims.phrases import noun_phrase_end
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text
from wirewatch.extraction.context import wordset

_JAIL = frozenset(("jail", "jails", "jailed", "jailing", "imprison", "imprisoned", "imprisoning"))
_COURT = frozenset(("judge", "judges", "court", "courts", "magistrate", "magistrates", "tribunal"))
_TERM = frozenset(("life", "years", "year", "months", "month", "weeks", "days"))
_NOTHING_PHYSICAL = wordset(
    "poverty debt debts traffic limbo slavery servitude marriage marriages relationship "
    "relationships jobs prostitution cycle loop detention camp camps contract contracts"
)
_EUPHEMISMS = ("neutrali", "eliminat", "liquidat")
_FIGHTERS = wordset(
    "militants terrorists insurgents rebels fighters gunmen extremists jihadists bandits hoodlums "
    "criminals warriors guerrillas attackers militiamen separatists mercenaries soldiers troops "
    "servicemen assailants infiltrators combatants militant terrorist gunman insurgent"
)
_BEFORE, _AFTER, _NEAR = 8, 9, 5


def only_looks_like(text: Text, mention: Mention, reading: Reading) -> bool:
    """Whether the reading's word tells something else than the deed it is taken for."""
    anchor = reading.anchor
    if anchor is None:
        return False
    checks = (
        _sentenced(text, anchor),
        _not_buried(text, anchor),
        _knocked_out(text, mention, anchor),
    )
    return any(checks)


def _knocked_out(text: Text, mention: Mention, anchor: Anchor) -> bool:
    """As in "eliminated eight teams"; militants "eliminated" are what armies say for killed."""
    if not text.low[anchor.start].startswith(_EUPHEMISMS):
        return False
    named = text.low[mention.end : noun_phrase_end(text, mention.end)]
    return _FIGHTERS.isdisjoint(named)


def _sentenced(text: Text, anchor: Anchor) -> bool:
    """As in "a judge jailed three men", "three men were jailed for six years"."""
    if text.low[anchor.start] not in _JAIL:
        return False
    before = range(max(0, anchor.start - _BEFORE), anchor.start)
    if any(text.low[i] in _COURT for i in before if text.same(i, anchor.start)):
        return True
    for i in range(anchor.end, min(anchor.end + _AFTER, len(text.low))):
        if not text.same(i, anchor.start):
            return False
        if text.low[i] == "for":
            return any(text.at(i + k) in _TERM for k in range(1, _NEAR))
    return False


def _not_buried(text: Text, anchor: Anchor) -> bool:
    """As in "trapped in poverty", "trapped in a cycle of debt"."""
    if text.low[anchor.start] not in ("trapped", "trapping"):
        return False
    after = range(anchor.end, min(anchor.end + _NEAR, len(text.low)))
    return any(text.low[i] in _NOTHING_PHYSICAL for i in after if text.same(i, anchor.start))
