"""What sounds like a deployment and is none.

Troops are where they are ("the soldiers deployed in the valley"), or come to attack.
"""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.triggers.lexicon import classes
from wirewatch.model import EventType

_STATIONED = wordset("stationed based posted garrisoned")
_POSTED = wordset("deployed sent")
_TO_COME = wordset("be being get getting")
_ENTER = wordset("entered entering enter crossed cross crossing")
_ATTACK = wordset(
    "attacked attacking attack killed killing fired firing set burned burning seized looted "
    "shelled kidnapped raided arrested destroyed repelled repulsed"
)
_DECIDED = wordset(
    "announced announce announces ordered order approved approve planned plan plans new more "
    "further additional fresh authorized sent began begin begins started called opposed rejected"
)
_DEPLOYMENT = wordset("deployment deployments")
_FROM = wordset("from after")
_BACK_HOME = wordset("returned returning return returns back home")
_RAPID = wordset("rapid quick")
_UNIT = wordset("battalion battalions force forces unit units corps brigade brigades regiment")
_ARRIVE = wordset("arrived arrive arriving arrives sent send sending")
_GOODS = wordset("shipment shipments supplies aid cargo equipment")
_GOODS_REACH = 7
_FAR = 15
_BACK = 3
_DATED = 7


def is_no_deployment(doc: Doc, token: int, type_: EventType) -> bool:
    """Whether a word of deployment tells of standing forces, or of an attack."""
    if type_ != "troop_deployment":
        return False
    alike = (_names_a_unit, _is_of_goods, _is_presence, _is_raid, _is_general, _is_over)
    return any(is_other(doc, token) for is_other in alike)


def _is_over(doc: Doc, token: int) -> bool:
    """As in "returned home from a year-long deployment"."""
    words = context(doc).words
    first, _ = context(doc).span(token)
    if words[token] not in _DEPLOYMENT:
        return False
    before = words[max(first, token - _FAR) : token]
    over = max((i for i, word in enumerate(before) if word in _FROM), default=None)
    return over is not None and not _BACK_HOME.isdisjoint(before[:over])


def _names_a_unit(doc: Doc, token: int) -> bool:
    """As in "the rapid deployment force", "a rapid-deployment battalion"."""
    words = context(doc).words
    rapid = not _RAPID.isdisjoint(words[max(0, token - 2) : token])
    unit = not _UNIT.isdisjoint(words[token + 1 : token + 2])
    return words[token] == "deployment" and rapid and unit


def _is_of_goods(doc: Doc, token: int) -> bool:
    """As in "NATO shipments have been arriving", unless soldiers come with them."""
    words = context(doc).words
    first, _ = context(doc).span(token)
    before = words[max(first, token - _GOODS_REACH) : token]
    goods = words[token] in _ARRIVE and not _GOODS.isdisjoint(before)
    return goods and classes()["units"].isdisjoint(before)


def _is_raid(doc: Doc, token: int) -> bool:
    """As in "troops entered its territory and attacked a village"."""
    words = context(doc).words
    _, last = context(doc).span(token)
    return words[token] in _ENTER and not _ATTACK.isdisjoint(words[token : min(last, token + _FAR)])


def _is_general(doc: Doc, token: int) -> bool:
    """As in "oversees military deployments abroad"."""
    words = context(doc).words
    first, last = context(doc).span(token)
    near = words[max(first, token - _DATED) : min(last, token + _BACK)]
    return words[token] == "deployments" and _DECIDED.isdisjoint(near)


def _is_presence(doc: Doc, token: int) -> bool:
    """Whether the word tells where forces are: stationed, or deployed in a relative clause.

    A recent date tells that they were sent ("the soldiers deployed on Monday"). Without a parse
    only words such as "stationed" say so.
    """
    word = context(doc).words[token]
    if word not in _STATIONED | _POSTED:
        return False
    before = context(doc).words[max(0, token - _BACK) : token]
    if _TO_COME.intersection(before[-2:]) or _recent(doc, token):
        return False
    return word in _STATIONED or (_relative(doc, token) and _named(before))


def _named(before: tuple[str, ...]) -> bool:
    return not classes()["forces"].isdisjoint(before)


def _relative(doc: Doc, token: int) -> bool:
    """A verb that is taken for the subject of another stands in a clause of that subject."""
    return doc.has_annotation("DEP") and doc[token].dep_.lower().startswith(("acl", "nsubj"))


def _recent(doc: Doc, token: int) -> bool:
    _, last = context(doc).span(token)
    end = min(last, token + _DATED)
    near = [d.start for d in doc._.dates if token < d.start < end and d.recent]
    return any(all(other.pos_ != "VERB" for other in doc[token + 1 : at]) for at in near)
