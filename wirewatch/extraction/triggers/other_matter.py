"""What the words around make another matter: killed animals, a besieged town, coalition talks."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.numbers.words import section
from wirewatch.model import EventType

_PEOPLE = section("people")
_OBJECT, _SUBJECT = 5, 6
_KILL = wordset("kill kills killed killing slaughtered slaughter shot")
_BESET = wordset("besieged embattled encircled beleaguered")
_ANIMALS = wordset(
    "elephant elephants rhino rhinos tiger tigers lion lions whale whales dolphin dolphins seal "
    "seals wolf wolves bear bears cattle chickens poultry birds pigs sheep goats camels animals "
    "dogs cows horses fish turtles"
)
_COALITION = frozenset({"coalition"})
_CABINET = wordset("government cabinet partner partners party parties election elections premier")
_ARMED = wordset(
    "rebel rebels militant militants hamas taliban taleban unity forces troops militia guerrillas "
    "truce ceasefire soldiers"
)
_FAR = 14
_MISFORTUNES: frozenset[EventType] = frozenset({"disaster", "accident", "outbreak"})
""""To prevent future floods" tells none."""


def is_other_matter(doc: Doc, token: int, type_: EventType) -> bool:
    """Whether the words around make it another matter than an event of the type."""
    if type_ == "attack":
        return _kills_animals(doc, token) or _describes(doc, token)
    if type_ in _MISFORTUNES:
        return context(doc).words[token - 1 : token] == ("future",)
    return type_ == "talks" and _forms_coalition(doc, token)


def _describes(doc: Doc, token: int) -> bool:
    """As in "the besieged town": what a place is called tells nothing new of it."""
    return context(doc).words[token] in _BESET and doc[token].dep_ == "amod"


def _kills_animals(doc: Doc, token: int) -> bool:
    """As in "villagers killed the elephants", "14 elephants have been illegally killed"."""
    words = context(doc).words
    if words[token] not in _KILL:
        return False
    first, last = context(doc).span(token)
    after = words[token + 1 : min(last, token + _OBJECT)]
    before = words[max(first, token - _SUBJECT) : token]
    said = (*after, *before) if not {"been", "were", "was"}.isdisjoint(before) else after
    return not _ANIMALS.isdisjoint(said) and _PEOPLE.isdisjoint(said)


def _forms_coalition(doc: Doc, token: int) -> bool:
    """As in "talks with the parties on forming a coalition government", but for armed parties."""
    first, last = context(doc).span(token)
    near = context(doc).words[max(first, token - _SUBJECT) : min(last, token + _FAR)]
    cabinet = not _COALITION.isdisjoint(near) and not _CABINET.isdisjoint(near)
    return cabinet and _ARMED.isdisjoint(context(doc).words[first:last])
