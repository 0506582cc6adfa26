"""Peoples and countries that say whence somebody comes, and nothing of where it happened."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.places.words import section

_GUESTS = section("guests")
_JETS = section("jets")
_HOLD = section("hold people")
_NEAR = 3
"""Words from a people to those whom it describes: "German humanitarian aid worker"."""
_BRACKET = 8
"""Words from a bracket to a people in it: "(2 French, 1 Bulgarian and 1 Belgian)"."""
_OPENING, _BRACKETS = frozenset("(["), frozenset("()[]")
_BORDER = frozenset({"border", "frontier"})


def tells_origin(doc: Doc, mention: PlaceMention) -> bool:
    """Whether a mention only says where people, a firm or jets come from, or what lies beyond.

    "Two (French) staff", "a German aid worker", "Russian air strikes", "the border with Turkey".
    """
    if mention.place.precision != "country":
        return False
    return any(says(doc, mention) for says in (_beyond, _bracketed, _describes, _hailing))


def _describes(doc: Doc, mention: PlaceMention) -> bool:
    """Whether a guest, a foreign firm or an air strike follows at once.

    What has a name is at home: "the Afghan National Police", "a Syrian Red Crescent volunteer".
    """
    if not mention.demonym and not doc[mention.end - 1].is_upper:  # "US", "U.K."
        return False
    for token in doc[mention.end : mention.end + _NEAR]:
        if token.text in _GUESTS or token.text in _JETS:
            return True
        if not token.is_alpha or token.is_title or token.is_sent_start:
            return False
    return False


def _bracketed(doc: Doc, mention: PlaceMention) -> bool:
    """Whether it is in brackets beside people: "international (US) staff"; not "Saada (Yemen)"."""
    at = mention.start - 1
    while at > max(mention.start - _BRACKET, 0) and doc[at].text not in _BRACKETS:
        at -= 1
    if at < 1 or doc[at].text not in _OPENING:
        return False
    return mention.demonym or doc[at - 1].lower_ in _HOLD


def _hailing(doc: Doc, mention: PlaceMention) -> bool:
    """Whether somebody is from there: "an engineer from Lebanon", not "fled from Lebanon"."""
    at = mention.start - 1
    return at > 0 and doc[at].lower_ == "from" and doc[at - 1].lower_ in _GUESTS | _HOLD


def _beyond(doc: Doc, mention: PlaceMention) -> bool:
    """Whether it is the other side: "the border with Iran", "near the Iranian border"."""
    before = [token.lower_ for token in doc[max(mention.start - 2, 0) : mention.start]]
    if before[-1:] == ["with"]:
        return before[0] in _BORDER
    after = [token.lower_ for token in doc[mention.end : mention.end + 2]]
    towards = {"near", "towards", "toward"}.intersection(before)
    return bool(towards) and after[:1] == ["border"] and after[1:2] != ["town"]
