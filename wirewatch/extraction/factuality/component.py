"""``wirewatch_factuality``: news or history, and the status, of every trigger and figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Trigger, register
from wirewatch.extraction.factuality import status as by_rule
from wirewatch.extraction.factuality.article import Told, settled
from wirewatch.extraction.factuality.lean import lean
from wirewatch.extraction.factuality.same_people import of_same_people
from wirewatch.extraction.factuality.when import odds, probability
from wirewatch.extraction.referee.features import claim_row, trigger_row
from wirewatch.extraction.referee.labels import STATUSES
from wirewatch.extraction.referee.mention import Mention, of_candidate, of_counted
from wirewatch.extraction.referee.rows import candidate_rows
from wirewatch.extraction.referee.trees import Array
from wirewatch.extraction.referee.weights import scores, weighed
from wirewatch.extraction.triggers.match import Candidate
from wirewatch.model import Status

_VOTE = 3.0
"""Log odds that a word of mood weighs: status has few labels to learn from."""


@Language.factory(
    "wirewatch_factuality",
    requires=["doc._.triggers"],
    assigns=["doc._.triggers", "doc._.trigger_current", "doc._.counted_current"],
)
def make_factuality(nlp: Language, name: str) -> Factuality:  # noqa: ARG001 (spaCy passes it)
    """Build the component."""
    return Factuality(name)


class Factuality:
    """Sets when and status of ``doc._.triggers`` and the chances that mentions are news.

    ``doc._.trigger_current`` and ``doc._.counted_current`` run beside ``triggers`` and
    ``counted``: probabilities that the mention is current.
    """

    def __init__(self, name: str) -> None:
        register()
        self.name = name
        for extension in ("trigger_current", "counted_current"):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=())

    def __call__(self, doc: Doc) -> Doc:
        """Judge all triggers and figures."""
        doc._.counted_current = tuple(counted_chances(doc))
        told = settled(doc, _dated(doc), doc._.counted_current)
        moods = _moods(doc, [_row(doc, t) for t, _ in told], [_mention(doc, t) for t, _ in told])
        doc._.trigger_current = tuple(p for _, p in told)
        doc._.triggers = tuple(
            replace(t, when="current" if p >= 0.5 else "background", status=m)
            for (t, p), m in zip(told, moods, strict=True)
        )
        return doc


def _dated(doc: Doc) -> Told:
    """The triggers with their chances to be news, each mention judged alone."""
    found = doc._.triggers
    rows, spoken = [_row(doc, t) for t in found], [_mention(doc, t) for t in found]
    leanings = [lean(doc, m) for m in spoken]
    return list(zip(found, _news(doc, "when", rows, spoken, leanings), strict=True))


def counted_chances(doc: Doc) -> list[float]:
    """Chances of ``doc._.counted`` to be news, each figure judged alone."""
    others = weighed(doc)
    rows = [claim_row(doc, c, others) for c in doc._.counted]
    told = [of_counted(c) for c in doc._.counted]
    return of_same_people(doc, _news(doc, "claim", rows, told, [lean(doc, m) for m in told]))


def _news(
    doc: Doc,
    task: str,
    rows: list[list[float]],
    mentions: list[Mention],
    leanings: Sequence[float] = (),
) -> list[float]:
    judged = scores(task, doc, rows)
    found = [odds(doc, m) for m in mentions] if judged is None else judged[:, 0].tolist()
    return [probability(o + more) for o, more in zip_longest(found, leanings, fillvalue=0.0)]


def _moods(doc: Doc, rows: list[list[float]], mentions: list[Mention]) -> list[Status]:
    """Who wins on status: exact words, then the referee, then the rules."""
    judged = scores("status", doc, rows)
    if judged is None:
        return [by_rule.status(doc, m) for m in mentions]
    return [
        by_rule.certain(doc, m) or _weighed(doc, m, row)
        for m, row in zip(mentions, judged, strict=True)
    ]


def _weighed(doc: Doc, mention: Mention, row: Array) -> Status:
    """The likeliest status, with a vote for the mood that the words before the mention give."""
    rule = by_rule.status(doc, mention)
    votes = [
        s + (_VOTE if name == rule != "happened" else 0.0)
        for s, name in zip(row, STATUSES, strict=True)
    ]
    return STATUSES[votes.index(max(votes))]


def _candidate(doc: Doc, trigger: Trigger) -> tuple[Candidate, float]:
    """The candidate that became the trigger; one of its own where another component set it."""
    for candidate, odds_ in weighed(doc):
        if (candidate.start, candidate.type) == (trigger.token, trigger.type):
            return candidate, odds_
    alone = Candidate(trigger.token, trigger.token + 1, trigger.type, "", weak=False)
    return alone, trigger.confidence


def _mention(doc: Doc, trigger: Trigger) -> Mention:
    return of_candidate(_candidate(doc, trigger)[0])


def _row(doc: Doc, trigger: Trigger) -> list[float]:
    candidate, prior = _candidate(doc, trigger)
    for (known, _), row in zip(weighed(doc), candidate_rows(doc), strict=True):
        if known == candidate:
            return row
    return trigger_row(doc, of_candidate(candidate), weighed(doc), prior, candidate.weak)
