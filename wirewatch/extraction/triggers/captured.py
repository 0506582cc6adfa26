"""What is captured and is nobody: weapons, ground, places.

"Captured" counts as an arrest only of people.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.model import EventType

_CAPTURE = wordset("captured capture captures capturing")
GROUND = wordset(
    "town towns village villages city cities district districts province hill hills height heights "
    "ridge base bases camp camps airport airfield airbase bridge dam refinery oilfield oilfields "
    "port harbour harbor barracks checkpoint checkpoints garrison position positions headquarters "
    "compound outpost outposts stronghold strongholds suburb suburbs neighborhood neighborhoods "
    "neighbourhood neighbourhoods quarter highway crossing crossings station building buildings "
    "hospital palace capital island islands enclave"
)
_THINGS = GROUND | wordset(
    "tank tanks weapon weapons weaponry arms rifle rifles gun guns howitzer howitzers artillery "
    "vehicle vehicles armour armor ammunition munitions explosives cache caches rockets missiles "
    "drones launchers equipment hardware materiel documents laptops territory territories ground "
    "land region area areas valley bank road roads border power"
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
    return is_one_of(doc, taken(doc, token, token + 1), _THINGS)


def is_one_of(doc: Doc, token: int | None, names: frozenset[str]) -> bool:
    """Whether the word is one of the names, or the end of a place's name."""
    if token is None:
        return False
    places = (m for m in doc._.places if not m.demonym)
    return context(doc).words[token] in names or any(m.start <= token < m.end for m in places)


def taken(doc: Doc, start: int, end: int) -> int | None:
    """The word that names what is taken: the object after a verb of tokens [start, end).

    The subject where it has none: "the town was captured", "tanks captured near"; None where that
    only says where they were: "men in the town were captured".
    """
    words = context(doc).words
    first, last = context(doc).span(start)
    behind = end + (words[end : end + 1] == ("of",))
    after = _phrase(words, range(behind, min(last, behind + _LONGEST)))
    return after[-1] if after else _before(words, first, start)


def _phrase(words: Sequence[str], span: range) -> list[int]:
    """The tokens of a noun phrase; the last one is what it names: "the mayor of …" is a mayor."""
    found: list[int] = []
    for i in span:
        if _ends(words[i]) or words[i] == "of":
            break
        found.append(i)
    return found


def _ends(word: str) -> bool:
    return word in _ENDS or word.isspace()


def _before(words: Sequence[str], first: int, token: int) -> int | None:
    end = token
    while end > first and words[end - 1] in _HELPERS:
        end -= 1
    start = end
    while start > first and end - start < _LONGEST and not _ends(words[start - 1]):
        start -= 1
    if start == end or (start > first and words[start - 1] in _WITHIN):
        return None
    named = _phrase(words, range(start, end))
    return named[-1] if named else None
