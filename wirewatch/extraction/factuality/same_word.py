"""One word, one time: a count and the trigger that it hangs on are news or history together."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from wirewatch.extraction.factuality.article import Told
from wirewatch.extraction.kinds import HOSTS


def timed(doc: Doc, told: Told, counted: Sequence[float]) -> Told:
    """The triggers, each with the chance of the count whose word of harm is the trigger itself.

    Of "350,000 were displaced" the figure knows more of its time than the word does: how large it
    is, and who it counts. Where several counts on one word disagree, the trigger keeps its own.
    """
    return [(trigger, _own(doc, trigger.token, trigger.type, counted, p)) for trigger, p in told]


def _own(doc: Doc, token: int, type_: str, counted: Sequence[float], chance: float) -> float:
    hung = [
        own
        for count, own in zip(doc._.counted, counted, strict=True)
        if count.anchor == token and type_ in HOSTS[count.kind]
    ]
    if not hung or any((own >= 0.5) == (chance >= 0.5) for own in hung):
        return chance
    return hung[0]
