"""Who says so in a headline: "Police: 12 dead", "Landslide kills 9: officials"."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset

SPEAKERS = wordset(
    "police official officials authority authorities army military navy ministry minister "
    "ministers government governor mayor president premier spokesman spokeswoman spokesperson "
    "media tv television radio witness witnesses resident residents villager villagers locals "
    "monitor monitors observatory activist activists rescuer rescuers doctor doctors medic medics "
    "hospital hospitals source sources agency un u.n. who unicef unhcr ngo ngos coroner sheriff "
    "coastguard rebels prosecutor prosecutors lawyer lawyers survivors relatives aide aides "
    "diplomat diplomats report reports pm"
)
_NO_NAME = wordset(
    "on at in of by against for with from to and or including among them two three four five six "
    "seven eight nine ten no not kill kills killed killing attack attacks attacked hit hits shoot "
    "shoots shot bomb bombs bombed wound wounds wounded injure injures injured target targets "
    "arrest arrests arrested ambush storm storms dead"
)
"""Words that make a stretch part of what is told: "Attack on police: 12 dead"."""
_MARKS = frozenset({":", "-", "--", "—", "–"})
_LONGEST = 5
"""Tokens: what stands before a colon and is longer is no name of a speaker."""


def headline(doc: Doc, first: int, last: int) -> tuple[int, int] | None:
    """The speaker parted by a colon or a dash from what the sentence tells."""
    words = context(doc).words
    while last > first and (doc[last - 1].is_space or words[last - 1] == "."):
        last -= 1
    for i in range(last - 2, max(first, last - _LONGEST - 2), -1):
        if words[i] in _MARKS and (words[i] == ":" or doc[i - 1].whitespace_):
            if _speaks(words, i + 1, last):
                return i + 1, last
            break
    for i in range(first + 1, min(last, first + _LONGEST + 1)):
        if words[i] == ":":
            return (first, i) if _speaks(words, first, i) else None
    return None


def _speaks(words: tuple[str, ...], start: int, end: int) -> bool:
    inside = words[start:end]
    named = _NO_NAME.isdisjoint(inside) and not any(word.isdigit() for word in inside)
    return words[end - 1] in SPEAKERS and named
