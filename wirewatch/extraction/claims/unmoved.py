"""Who flees, is evacuated or lives in a camp and has lost no home: suspects, the hurt, fighters."""

from __future__ import annotations

from collections.abc import Sequence

from wirewatch.extraction.captors import CAPTORS
from wirewatch.extraction.claims.behind import hospital_after
from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text

_FIGHTERS, _STAY = words("fighters"), words("stay")
_CULPRITS = (words("sought") | CAPTORS | words("escapees")) - _FIGHTERS
_OFFICES = frozenset(("office", "power", "business", "work", "politics", "parliament"))
_PURSUERS = frozenset(("police", "officers", "deputies", "custody", "prison", "jail", "court"))
_VEHICLES = frozenset(
    ("car", "vehicle", "van", "truck", "suv", "sedan", "pickup", "motorcycle", "motorbike", "taxi",
     "scooter", "bicycle")
)  # fmt: skip
_ANYBODY = frozenset(("men", "man", "women", "woman", "people", "persons", "males", "teenagers",
                      "teens", "youths", "boys", "girls", "others"))  # fmt: skip
_FEW = 12
"""So few men who flee on foot or in a car have done something."""
_NEAR = 4
_TREATED = frozenset(("treatment", "surgery", "care"))


def unmoved(text: Text, mention: Mention, stop: int, reading: Reading) -> bool:
    """Whether a reading as displaced people is of others."""
    anchor = reading.anchor
    if anchor is None:
        return False
    nouns = text.low[mention.end : stop + 1]
    word = text.at(anchor.start)
    if word.startswith("fle"):
        return _from_a_deed(text, mention, nouns, anchor)
    if word.startswith("evacuat"):
        return _for_treatment(text, anchor)
    if word in _STAY:
        return not _FIGHTERS.isdisjoint(nouns)  # "400 rebels living in camps"
    return _out_of_office(text, anchor)


def _from_a_deed(text: Text, mention: Mention, nouns: Sequence[str], anchor: Anchor) -> bool:
    """As in "three suspects fled", "fled the scene", "two men fled in a van"."""
    after = text.low[anchor.end : anchor.end + _NEAR]
    if not _CULPRITS.isdisjoint(nouns) or "scene" in after:
        return True
    few = (mention.figure.low or mention.figure.high or 0) <= _FEW
    if not few or not (_ANYBODY.issuperset(nouns[:1]) or mention.end in text.anchor_at):
        return False
    caught = after[:1] == ["from"] and not _PURSUERS.isdisjoint(after)
    return caught or after[:2] == ["on", "foot"] or not _VEHICLES.isdisjoint(after)


def _for_treatment(text: Text, anchor: Anchor) -> bool:
    """As in "medically evacuated", "evacuated to a hospital", "evacuated for further treatment"."""
    if text.at(anchor.start - 1) == "medically" or hospital_after(text, anchor.start) is not None:
        return True
    after = text.low[anchor.end : anchor.end + _NEAR]
    return after[:1] == ["for"] and not _TREATED.isdisjoint(after)


def _out_of_office(text: Text, anchor: Anchor) -> bool:
    """Ministers "driven out of office" keep their homes."""
    if text.at(anchor.end - 1) != "out" or text.at(anchor.end) != "of":
        return False
    return text.at(anchor.end + 1) in _OFFICES
