"""The mentions that events are made of: triggers and figures, each with its frame."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted, DateMention, PlaceMention, Trigger
from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.events.frame import (
    date_of,
    is_before,
    is_locative,
    is_of_saying,
    parties,
    partner,
)
from wirewatch.extraction.events.somebody import somebody_did
from wirewatch.extraction.kinds import DEADLY, DEFAULT, HOSTS, MEETINGS
from wirewatch.extraction.numbers import head_token
from wirewatch.model import Actor, EventType, Status

_NEW = wordset("another separate separately elsewhere second third other meanwhile similar")
_DYING = wordset("died dies die dead death deaths dying perished passed")
_COMING = wordset("to will 'll shall would")
_LEAVE = wordset(
    "fled flee fleeing left leave leaves leaving withdraw withdraws withdrew withdrawn withdrawing "
    "withdrawal retreat retreated retreating return returned returning home quit pull pulls pulled "
    "pulling depart departs departed departing departure recall recalls recalled"
)
_ONE_MORE = wordset("another second third other")
_WHO = wordset(
    "man men woman women person people victim victims boy boys girl girls teen teens teenager "
    "teenagers child children student students officer officers deputy suspect suspects floor"
)
"""Whom a happening may befall as well as the first: "a second man was shot"."""
_DEED = wordset(
    "executed executes execute executing execution executions hanged hangs beheaded beheads "
    "beheading assassinated assassinates assassination lynched lynching murdered murder murders"
)
_MISHAP = wordset("injured injures injuring injury injuries hurt hurts")
_HOSPITALIZED = wordset("hospitalized hospitalised admitted taken rushed undergoing receiving in")
_ELSEWHERE = wordset("separate separately elsewhere meanwhile")
"""A figure of "another 14" belongs to the same happening; one "elsewhere" does not."""
_BACK = 2
"""Sentences that a figure without a trigger of its own looks back for one."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One trigger or one figure, as evidence for an event."""

    token: int
    type: EventType
    current: float
    status: Status
    start: int
    end: int
    confidence: float
    claim: Counted | None = None
    host: int | None = None
    """Token of the trigger that a figure hangs on."""
    place: PlaceMention | None = None
    date: DateMention | None = None
    said: bool = False
    """The only date is that of the saying, or of what came after: the deed may be of another."""
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    partner: str | None = None
    """With whom the talks are, where a word says so."""
    fresh: bool = False
    """Words such as "another" or "elsewhere" say that this is a different happening."""

    @property
    def asker(self) -> int:
        """The token whose heads speak for it: the trigger's, or the figure's number."""
        return self.token if self.claim is None else head_token(self.claim.figure)


def mentions(doc: Doc) -> tuple[Mention, ...]:
    """All triggers in text order, then all figures in text order."""
    told = [_of_trigger(doc, t, p) for t, p in zip(doc._.triggers, _chances(doc), strict=True)]
    counted = [
        _of_claim(doc, c, told, i)
        for i, c in enumerate(doc._.counted)
        if not _natural(doc, c, i, told)
    ]
    return tuple(sorted([*(_timed(m, counted) for m in told), *counted], key=_order))


def _timed(told: Mention, counted: list[Mention]) -> Mention:
    """The trigger, news or history as the figures are that hang on it, where all agree.

    A person without a number says less: there the surer of the two has its way.
    """
    own = [m for m in counted if m.host == told.token and m.type == told.type]
    if not own or any((m.current >= 0.5) == (told.current >= 0.5) for m in own):
        return told
    figures = max(m.current for m in own)
    numbered = any(m.claim and m.claim.figure.explicit for m in own)
    return replace(told, current=figures if numbered else (figures + told.current) / 2)


def _order(mention: Mention) -> tuple[bool, int, int]:
    return (mention.claim is not None, mention.token, mention.start)


def _chances(doc: Doc) -> tuple[float, ...]:
    given: tuple[float, ...] = doc._.trigger_current
    return given or tuple(float(t.when == "current") for t in doc._.triggers)


def _of_trigger(doc: Doc, trigger: Trigger, current: float) -> Mention:
    actors, targets = parties(doc, trigger)
    date = date_of(doc, trigger.token, trigger.type)
    return Mention(
        token=trigger.token, type=trigger.type, current=current, status=trigger.status,
        start=trigger.start, end=trigger.end, confidence=trigger.confidence,
        place=_place(doc, trigger.token, trigger.type),
        date=date, said=_of_other(doc, date, trigger.token), actors=actors, targets=targets,
        partner=_partner(doc, trigger), fresh=_is_fresh(doc, trigger.token),
    )  # fmt: skip


def _of_other(doc: Doc, date: DateMention | None, token: int) -> bool:
    return date is not None and (is_of_saying(doc, date) or is_before(doc, date, token))


def _partner(doc: Doc, trigger: Trigger) -> str | None:
    return partner(doc, trigger) if trigger.type in MEETINGS else None


def _of_claim(doc: Doc, counted: Counted, told: list[Mention], index: int) -> Mention:
    token = counted.anchor if counted.anchor is not None else counted.figure.start
    host = _host(doc, counted, token, told)
    type_ = host.type if host else _alone(doc, counted, told, token)
    date = date_of(doc, token, type_)
    given: tuple[float, ...] = doc._.counted_current
    own = given[index] if given else host.current if host else 0.5
    return Mention(
        token=token, type=type_, current=own,
        status=host.status if host else _told_alone(doc, counted),
        start=counted.start, end=counted.end, confidence=counted.confidence, claim=counted,
        host=host.token if host else None, place=_place(doc, token, type_),
        date=date, said=_of_other(doc, date, token), fresh=_is_fresh(doc, token, _ELSEWHERE),
    )  # fmt: skip


def _host(doc: Doc, counted: Counted, token: int, told: list[Mention]) -> Mention | None:
    """The trigger a figure hangs on: the nearest of a fitting type, in the sentence."""
    seen = context(doc)
    fitting = HOSTS[counted.kind]
    here = [
        m for m in told
        if m.type in fitting
        and seen.sentence[m.token] == seen.sentence[token]
        and not _beside(doc, counted, m, told)
    ]  # fmt: skip
    figure = counted.figure.start
    return min(
        here,
        key=lambda m: min(abs(m.token - token), abs(m.token - figure)) + 2 * fitting.index(m.type),
        default=None,
    )


def _beside(doc: Doc, counted: Counted, host: Mention, told: list[Mention]) -> bool:
    """Whether the people were hurt by something else: by what was told just before an arrest."""
    if _own_deed(doc, counted) and host.type != "attack":
        return True
    if host.type != "arrest" or counted.kind not in {"killed", "injured"}:
        return False
    number = context(doc).sentence
    return any(m.type in DEADLY and 0 < number[host.token] - number[m.token] <= _BACK for m in told)


def _alone(doc: Doc, counted: Counted, told: list[Mention], token: int) -> EventType:
    """The type of a figure without a trigger: of a near trigger, of the article, of the kind."""
    seen = context(doc)
    if _own_deed(doc, counted):
        return "attack"
    fitting = HOSTS[counted.kind]
    number = seen.sentence[token]
    near = [
        m for m in told
        if m.type in fitting and 0 < number - seen.sentence[m.token] <= _BACK
    ]  # fmt: skip
    harmed = counted.kind in {"killed", "injured", "missing"}
    if counted.kind == "troops" and seen.words[token] in _LEAVE:
        return "troop_withdrawal"
    own = [m for m in near if m.type == DEFAULT[counted.kind]]
    if own and not harmed:
        return own[-1].type
    if near:
        # Nobody dies of flight where what people fled from is told, too.
        return ([m for m in near if m.type != "displacement" or not harmed] or near)[-1].type
    deadly = [m.type for m in told if m.type in DEADLY and m.type in fitting]
    if deadly and harmed:
        return max(sorted(set(deadly)), key=deadly.count)
    if _words_of_dying(doc, counted) or _words_of_mishap(doc, counted):
        return "accident"
    return DEFAULT[counted.kind]


def _natural(doc: Doc, counted: Counted, index: int, told: list[Mention]) -> bool:
    """One person dead or in hospital in an article without a deadly event of its time: no news.

    That the singer's father fell in a war makes no violence of the singer's own death.
    """
    of_illness = _words_of_dying(doc, counted) or _in_hospital(doc, counted)
    alone = counted.figure.value in {1, None} and of_illness
    news = doc._.counted_current[index : index + 1]
    deadly = [m for m in told if m.type in HOSTS[counted.kind]]
    if news and news[0] >= 0.5:
        deadly = [m for m in deadly if m.current >= 0.5]
    return alone and not deadly


def _in_hospital(doc: Doc, counted: Counted) -> bool:
    """Whether only "hospitalized" tells of a hurt."""
    words = context(doc).words
    return counted.anchor is not None and words[counted.anchor] in _HOSPITALIZED


def _words_of_dying(doc: Doc, counted: Counted) -> bool:
    """Words as "died" and "dead" say nothing of violence, unlike "killed" and "shot" do."""
    if counted.kind != "killed" or counted.anchor is None:
        return False
    return context(doc).words[counted.anchor] in _DYING


def _own_deed(doc: Doc, counted: Counted) -> bool:
    """Whether the word of harm names the attack itself: a protester is "executed" by no protest."""
    return counted.anchor is not None and context(doc).words[counted.anchor] in _DEED


def _told_alone(doc: Doc, counted: Counted) -> Status:
    """The status of a figure without a trigger: troops that are "to" leave have not left."""
    if counted.kind != "troops" or counted.anchor is None:
        return "happened"
    before = context(doc).words[max(0, counted.anchor - 2) : counted.anchor]
    return "happened" if _COMING.isdisjoint(before) else "announced"


def _words_of_mishap(doc: Doc, counted: Counted) -> bool:
    """Who is "injured" or "hurt" may have fallen; who is "wounded" was shot or stabbed."""
    if counted.kind != "injured" or counted.anchor is None or counted.figure.value == 0:
        return False
    hurt = context(doc).words[counted.anchor] in _MISHAP
    return hurt and not somebody_did(doc, counted.anchor)


def _place(doc: Doc, token: int, type_: EventType) -> PlaceMention | None:
    seen = context(doc)
    first, last = seen.span(token)
    inside = [p for p in doc._.places if first <= p.start < last and is_locative(doc, p, type_)]
    return min(inside, key=lambda p: (abs(p.start - token), p.start), default=None)


def _is_fresh(doc: Doc, token: int, words: frozenset[str] = _NEW) -> bool:
    seen = context(doc)
    first, last = seen.span(token)
    near = {*range(max(first, token - 4), token), *range(first, min(last, first + 3))}
    return any(seen.words[i] in words and not _of_person(seen.words, i) for i in near)


def _of_person(words: tuple[str, ...], at: int) -> bool:
    """As in "another teenager", "a second victim", "another 16-year-old"."""
    return words[at] in _ONE_MORE and any(
        word in _WHO or word[:1].isdigit() for word in words[at + 1 : at + 2]
    )
