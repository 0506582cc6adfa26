"""What sounds like a flight and is none: the hurt are flown out for care, those who did it run."""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.model import EventType

_HURT = wordset("injured wounded hurt casualties casualty victim patient")
_CARE = wordset("treatment surgery care attention operation")
_HOSPITAL = wordset("hospital hospitals clinic clinics infirmary")
_MEDICAL = wordset("medically medical medevac")
_RESCUERS = wordset("ambulance ambulances stretcher")
_CULPRITS = wordset(
    "assailant assailants perpetrator perpetrators attacker attackers gunman gunmen suspect killers"
    " robber robbers kidnapper kidnappers thief thieves intruder intruders shooter shooters raiders"
    " abductors suspects burglars bandits"
)
_ENDS = frozenset({",", ";", ":", ".", "and", "but", "while", "who"})
_SUBJECT, _OBJECT, _AFTER, _NAMED = 7, 4, 12, 4


def is_no_flight(doc: Doc, token: int, type_: EventType) -> bool:
    """Whether a word of displacement tells that the hurt or those who did it left."""
    if type_ != "displacement":
        return False
    seen = context(doc)
    first, last = seen.span(token)
    before = seen.words[max(first, token - _SUBJECT) : token]
    word, after = seen.words[token], seen.words[token + 1 : min(last, token + 1 + _AFTER)]
    if word.startswith("fle") or word == "fled":
        return not _CULPRITS.isdisjoint(before[-_NAMED:])
    if not word.startswith("evacuat"):
        return False
    if not _MEDICAL.isdisjoint(before[-2:]) or not _RESCUERS.isdisjoint(before[-1:]):
        return True
    return _hurt(before, after) or _to_care(after)


def _hurt(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """As in "was wounded and evacuated", "the injured were evacuated", "evacuate casualties"."""
    return not _HURT.isdisjoint(before) or not _HURT.isdisjoint(after[:_OBJECT])


def _to_care(after: tuple[str, ...]) -> bool:
    """As in "evacuated to the capital for further treatment", "evacuated to a hospital"."""
    led = ""
    for word in after:
        if word in _ENDS:
            return False
        if (led == "for" and word in _CARE) or (led == "to" and word in _HOSPITAL):
            return True
        led = word if word in {"for", "to", "from"} else led
    return False
