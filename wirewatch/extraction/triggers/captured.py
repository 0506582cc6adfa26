"""What is captured and is nobody: weapons, ground, places.

"Captured" counts as an arrest only of people.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.model import EventType

_CAPTURE = wordset("captured capture captures capturing")
_THINGS = wordset(
    "tank tanks weapon weapons weaponry arms rifle rifles gun guns howitzer howitzers artillery "
    "vehicle vehicles armour armor ammunition munitions explosives cache caches rockets missiles "
    "drones launchers equipment hardware materiel documents laptops territory territories ground "
    "land town towns village villages city cities district districts province region area areas "
    "hill hills height heights ridge valley bank base bases camp camps airport airfield airbase "
    "bridge dam refinery oilfield oilfields port harbour harbor barracks checkpoint checkpoints "
    "garrison position positions headquarters compound outpost outposts stronghold strongholds "
    "suburb suburbs neighborhood neighborhoods neighbourhood neighbourhoods quarter highway road "
    "roads crossing crossings border station building buildings hospital palace power capital"
)
_ENDS = wordset(
    ", ; : . ( ) — – and or but as that which who whom while after before when where in on at by "
    "from with near during for over under between around outside inside within since until to "
    "into along was were is are be been has have had today yesterday overnight earlier last "
    "monday tuesday wednesday thursday friday saturday sunday"
)
_HELPERS = wordset("was were is are been be being had has have also later since then")
_WITHIN = wordset("in at near from on inside outside around across by with")
_LONGEST = 7


def is_thing(doc: Doc, token: int, type_: EventType) -> bool:
    """Whether the word tells that something was captured, and not somebody."""
    if type_ != "arrest" or context(doc).words[token] not in _CAPTURE:
        return False
    places = {i for m in doc._.places if not m.demonym for i in range(m.start, m.end)}
    words = context(doc).words
    first, last = context(doc).span(token)
    start = token + 1 + (words[token + 1 : token + 2] == ("of",))
    after = _phrase(words, range(start, min(last, start + _LONGEST)))
    if after:
        return after[-1] in places or words[after[-1]] in _THINGS
    return _is_thing_before(words, first, token, places)


def _phrase(words: Sequence[str], span: range) -> list[int]:
    """The tokens of a noun phrase; the last one is what it names: "the mayor of …" is a mayor."""
    found: list[int] = []
    for i in span:
        if words[i] in _ENDS or words[i] == "of":
            break
        found.append(i)
    return found


def _is_thing_before(words: Sequence[str], first: int, token: int, places: set[int]) -> bool:
    """As in "the town was captured", "tanks captured near"; not "men in the town were captured"."""
    end = token
    while end > first and words[end - 1] in _HELPERS:
        end -= 1
    start = end
    while start > first and end - start < _LONGEST and words[start - 1] not in _ENDS:
        start -= 1
    if start == end or (start > first and words[start - 1] in _WITHIN):
        return False
    named = _phrase(words, range(start, end))
    return bool(named) and (named[-1] in places or words[named[-1]] in _THINGS)
