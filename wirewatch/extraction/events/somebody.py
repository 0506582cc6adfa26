"""Whether somebody hurt them: of who is "injured" without a deed the words around may tell one."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.numbers.words import section

_VIOLENT = wordset(
    "robbed robbery robberies robber robbers robbing burglary burglar burglars thief thieves "
    "looters looted criminal criminals gang gangs mob intruder intruders perpetrator perpetrators "
    "assailant assailants attacker attackers gunman gunmen kidnapped abducted stole steal stealing "
    "snatched carjacked hijacked altercation scuffle brawl knife knives machete machetes spear "
    "explosive explosives detonation detonated landmine landmines ied ieds shrapnel gunshot "
    "gunshots bullet bullets grenade grenades crossfire anti-personnel airstrike airstrikes "
    "shelling"
)
_THROWN = wordset("threw thrown throwing throw hurled pelted pelting")
_STONES = wordset("stone stones rock rocks brick bricks bottle bottles")
_STRANGE = wordset("unknown unidentified armed masked")
_PEOPLE = (
    section("people") | wordset("man woman individual actor actors person soldier member mob")
) - wordset("driver drivers motorist player players passengers doctors nurses patients")
_AGENT, _NEXT = 6, 3


def somebody_did(doc: Doc, token: int) -> bool:
    """Whether the sentence of a word of harm at ``token`` tells of thieves, weapons or an agent."""
    seen = context(doc)
    first, last = seen.span(token)
    words = seen.words[first:last]
    if not _VIOLENT.isdisjoint(words):
        return True
    if not _THROWN.isdisjoint(words) and not _STONES.isdisjoint(words):
        return True
    after = seen.words[token + 1 : min(last, token + 1 + _AGENT)]
    if after[:1] == ("by",) and not _PEOPLE.isdisjoint(after):
        return True
    return any(
        word in _STRANGE and not _PEOPLE.isdisjoint(words[i + 1 : i + 1 + _NEXT])
        for i, word in enumerate(words)
    )
