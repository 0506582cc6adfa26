"""What sounds like a withdrawal of forces and is none.

Units leave for a deployment; states and teams withdraw from treaties and tournaments.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.model import EventType

_LEAVE = wordset("leave leaves left leaving depart departs departed departing departure")
_PULL = wordset(
    "withdraw withdraws withdrew withdrawn withdrawing withdrawal pull pulls pulled pulling "
    "pullout quit quits quitting"
)
_SENT = wordset("deployment deployments")
_NO_AIM = wordset("after before from of to in and with at on but ; .")
_OUT = wordset("from of")
_NO_GROUND = wordset(
    "treaty treaties deal accord accords pact convention agreement agreements charter protocol "
    "tour tournament championship championships cup games olympics paralympics race contest "
    "match competition league event squad team election elections ballot vote auction bid"
)
_PHRASE_ENDS = wordset(
    ", ; : . and or but that which who in on at by with after before when over under into to for "
    "from as along across near since until agreed"
)
_REACH, _AIM, _NEAR, _LONGEST, _PHRASE = 14, 7, 4, 6, 3


def is_no_withdrawal(doc: Doc, token: int, type_: EventType) -> bool:
    """Whether a word of withdrawal tells of a unit sent off, or of leaving no ground."""
    if type_ != "troop_withdrawal":
        return False
    words = context(doc).words
    _, last = context(doc).span(token)
    phrase = range(token, min(last, token + _PHRASE))  # as of "partial withdrawal"
    verb = next((i for i in phrase if words[i] in _LEAVE | _PULL), token)
    after = words[verb + 1 : min(last, verb + _REACH)]
    if words[verb] in _LEAVE:
        return _leaves_for_deployment(after)
    return words[verb] in _PULL and _no_ground(after)


def _leaves_for_deployment(after: Sequence[str]) -> bool:
    """As in "departed on Monday for a nine-month deployment"."""
    return any(
        word == "for" and _named(after[i + 1 : i + 1 + _AIM], _SENT, _NO_AIM)
        for i, word in enumerate(after)
    )


def _no_ground(after: Sequence[str]) -> bool:
    """As in "withdrew from the 2015 accord", "pulled out of the tour"."""
    out = next((i for i, word in enumerate(after[:_NEAR]) if word in _OUT), None)
    return out is not None and _named(after[out + 1 : out + 1 + _LONGEST], _NO_GROUND, _PHRASE_ENDS)


def _named(phrase: Sequence[str], names: frozenset[str], ends: frozenset[str]) -> bool:
    """Whether one of the names stands in the phrase, before a word that ends it."""
    for word in phrase:
        if word in names:
            return True
        if word in ends:
            return False
    return False
