"""Troops that are somewhere, not troops that go there: "the soldiers deployed in the valley"."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.triggers.lexicon import classes
from wirewatch.model import EventType

_STATIONED = wordset("stationed based posted garrisoned")
_POSTED = wordset("deployed sent")
_TO_COME = wordset("be being get getting")
_BACK = 3
_DATED = 7


def is_presence(doc: Doc, token: int, type_: EventType) -> bool:
    """Whether the word tells where forces are: stationed, or deployed in a relative clause.

    A recent date tells that they were sent ("the soldiers deployed on Monday"). Without a parse
    only words such as "stationed" say so.
    """
    word = context(doc).words[token]
    if type_ != "troop_deployment" or word not in _STATIONED | _POSTED:
        return False
    before = context(doc).words[max(0, token - _BACK) : token]
    if _TO_COME.intersection(before[-2:]) or _recent(doc, token):
        return False
    return word in _STATIONED or (_relative(doc, token) and _named(before))


def _named(before: tuple[str, ...]) -> bool:
    return not classes()["forces"].isdisjoint(before)


def _relative(doc: Doc, token: int) -> bool:
    return doc.has_annotation("DEP") and doc[token].dep_.lower().startswith("acl")


def _recent(doc: Doc, token: int) -> bool:
    _, last = context(doc).span(token)
    end = min(last, token + _DATED)
    near = [d.start for d in doc._.dates if token < d.start < end and d.recent]
    return any(all(other.pos_ != "VERB" for other in doc[token + 1 : at]) for at in near)
