"""Place, date, actors and targets of one mention, by prepositions, voice and nearness."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc

from wirewatch.extraction.annotations import ActorMention, DateMention, PlaceMention, Trigger
from wirewatch.extraction.attribution.source import SAY
from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.factuality.granted.presupposed import CONDEMN
from wirewatch.extraction.kinds import DEADLY, MEETINGS, MOVES
from wirewatch.extraction.places.context import KIND_OF
from wirewatch.extraction.places.evidence import destination
from wirewatch.extraction.places.topics import aside
from wirewatch.extraction.triggers.lexicon import classes
from wirewatch.extraction.words import words as words_of
from wirewatch.model import Actor, EventType

LOCATIVE = wordset(
    "in at near outside around across inside from of throughout into within to off over toward "
    "towards between along southern northern eastern western central downtown nearby"
)
_MEETING_AT = wordset("in at near outside inside")
"""Presidents "of" and envoys "from" somewhere meet elsewhere."""
_GOALS: dict[EventType, frozenset[str]] = {
    **dict.fromkeys(MEETINGS, _MEETING_AT),
    "troop_withdrawal": frozenset({"from", "of", "leave", "left", "leaving", "in", "quit"}),
    "troop_deployment": frozenset({"to", "in", "into", "for", "along", "enter", "entered"}),
    "sanctions": frozenset({"on", "against"}),
}
_OF_LAW = wordset(
    "guilty charged arraigned indicted convicted sentenced arrested detained jailed jail custody "
    "court hearing trial prison probation unsealed testified appeared identified searching hunting"
)
"""Words that a day of the law follows: "pleaded guilty Friday to killing four"."""
_PASSIVE = frozenset({"was", "were", "been", "being"})
_SUFFERS = frozenset({"nsubj:pass", "nsubjpass"})
_HAVE = frozenset({"have", "has", "had", "having", "'ve"})
_HARMED = frozenset({"people", "person", "persons", "victims"})
"""Whom violence and mishaps befall; nobody says of them that they did it."""
_CLAIMED = wordset("claimed blamed pinned attributed carried")
_CLAIM = ("claimed", "responsibility")
_BLAME = wordset("blame blames blamed")
_REACT = CONDEMN | wordset(
    "decry decries decried lament laments lamented mourn mourns mourned mourning regret "
    "regrets regretted criticize criticized criticise criticised probe probes probed investigate "
    "investigates investigated investigating describe describes described survived"
)
"""What is done about a deed by others than who did it."""
_RESPOND = wordset("respond responds responded responding")
_SUFFERED: frozenset[EventType] = frozenset((*DEADLY, "abduction"))
_HELPERS = wordset("has have had is are was were also both all 's")
_REACTS_IN = 3
"""Most helping words and adverbs between who reacts and the verb: "has also strongly condemned"."""
_ON = 4
"""Tokens before a name in which it is blamed or the deed is claimed."""
_WITH = 6
_SINCE = 3
_SPEAKER = 4
_LATER = frozenset({"after", "following"})
_TREATED = wordset(
    "taken transported rushed airlifted flown transferred brought admitted treated "
    "pronounced died hospitalized hospitalised recovering remains"
)
_CLINIC = wordset("hospital hospitals medical clinic infirmary healthcare")
_CAUGHT = wordset("arrested captured caught detained jailed custody apprehended hiding")
_TO_CLINIC, _OF_CLINIC = 6, 4
MOST_ACTORS = 6


def is_locative(doc: Doc, mention: PlaceMention, type_: EventType) -> bool:
    """Whether a preposition of place, or what the type asks for, leads the name."""
    seen = context(doc)
    after = seen.words[mention.end : mention.end + 2]
    if mention.demonym or (type_ in MOVES and classes()["forces"].intersection(after)):
        return False
    if aside(doc, mention, type_) or (type_ not in MOVES and destination(doc, mention)):
        return False
    first, last = seen.span(mention.start)
    if type_ in DEADLY and (
        _is_clinic(seen.words, mention, first, last)
        or _is_home(doc, mention, first)
        or _of_arrest(seen.words, mention.start, first)
    ):
        return False
    if mention.start < seen.title_end or mention.start == first:
        return type_ not in MEETINGS
    before = seen.words[max(first, mention.start - 4) : mention.start]
    wanted = _GOALS.get(type_, LOCATIVE)
    return bool(wanted.intersection(before))


def _is_clinic(words: tuple[str, ...], mention: PlaceMention, first: int, last: int) -> bool:
    """Where the hurt were taken is not where they were hurt: "flown to Lima General Hospital"."""
    after = words[mention.end : min(last, mention.end + _OF_CLINIC)]
    before = words[max(first, mention.start - _TO_CLINIC) : mention.start]
    return not _CLINIC.isdisjoint(after) and not _TREATED.isdisjoint(before)


def _is_home(doc: Doc, mention: PlaceMention, first: int) -> bool:
    """The town that somebody is from: "Ann Roe of Lima was killed", "Roe, 35, of Lima"."""
    start = mention.start
    if mention.place.precision != "city" or start - 2 < first:
        return False
    if context(doc).words[start - 1] != "of":
        return False
    before = words_of(doc).texts[start - 2]
    named = before[:1].isupper() and before[1:].islower() and before.lower() not in KIND_OF
    named = named and start - 2 > first  # "Gunmen of …" is no name
    return named or before in {",", "both", "all"}


def _of_arrest(words: tuple[str, ...], start: int, first: int) -> bool:
    """Where somebody was caught: "arrested in Lima", "was found hiding in Lima"."""
    return words[start - 1] == "in" and not _CAUGHT.isdisjoint(words[max(first, start - 3) : start])


def date_of(doc: Doc, token: int, type_: EventType) -> DateMention | None:
    """The nearest resolved point in time of the sentence, not the day of the saying.

    What "was the worst since a 2014 bombing" did not happen in 2014, who is arrested "over the 2016
    bombing" was not in 2016, and no violence on the day on which police or courts dealt with it.
    """
    seen = context(doc)
    first, last = seen.span(token)
    dates = [d for d in doc._.dates if first <= d.start < last]
    others = _of_others(doc, dates, token, type_)
    inside = [
        d
        for d in dates
        if d.span is not None
        and not d.duration
        and d.start not in others
        and not (token < d.start and "since" in seen.words[max(token, d.start - _SINCE) : d.start])
    ]
    if type_ in DEADLY:
        inside = [d for d in inside if not _of_law(doc, first, d)]
    own = [d for d in inside if not is_of_saying(doc, d)] or inside
    return min(own, key=lambda d: (abs(d.start - token), d.start), default=None)


def _of_others(doc: Doc, dates: Sequence[DateMention], token: int, type_: EventType) -> set[int]:
    """Where days of deeds of other types begin: "arrested over the |2016| attack".

    Also the first behind such a deed: "arrested a man who bombed a bus in |1989|".
    """
    kin = DEADLY if type_ in DEADLY else (type_,)
    deeds = {t.token for t in doc._.triggers if t.type not in kin}
    found, after = set[int](), token
    for date in dates:
        behind = type_ not in DEADLY and any(at in deeds for at in range(after + 1, date.start))
        if behind or date.end in deeds:
            found.add(date.start)
        after = max(token, date.start)
    return found


def is_of_saying(doc: Doc, date: DateMention) -> bool:
    """It follows a verb of saying or leads one: "police on Monday said", "Monday, police said"."""
    seen = context(doc)
    first, last = seen.span(date.start)
    after = seen.words[date.end : min(last, date.end + _SPEAKER)]
    if _leads_to(seen.words, first, date.start, SAY) or not SAY.isdisjoint(after[:1]):
        return True
    return date.start == first and after[:1] == (",",) and not SAY.isdisjoint(after)


def is_before(doc: Doc, date: DateMention, token: int) -> bool:
    """Whether the deed came before what is dated: "resumed on Monday after two were killed"."""
    return date.end <= token and not _LATER.isdisjoint(context(doc).words[date.end : token])


def _of_law(doc: Doc, first: int, date: DateMention) -> bool:
    """As in "pleaded guilty Friday", "was arrested in Lima on Tuesday"."""
    words, start = context(doc).words, date.start
    if words[start - 1 : start] == ("on",):
        start -= 1
    place = next((p.start for p in doc._.places if p.end == start), start)
    if first + 1 < place < start and words[place - 1] == "in":
        return words[place - 2] in _OF_LAW
    return _leads_to(words, first, date.start, _OF_LAW)


def _leads_to(words: tuple[str, ...], first: int, start: int, wanted: frozenset[str]) -> bool:
    before = [w for w in words[max(first, start - 2) : start] if w not in {"on", "late", "early"}]
    return bool(before) and before[-1] in wanted


def parties(doc: Doc, trigger: Trigger) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Actors and targets named in the clause; of talks all parties, if need be the sentence's."""
    seen = context(doc)
    first, last = seen.span(trigger.token)
    named = [a for a in doc._.actors if first <= a.start < last]
    inside = [a for a in named if trigger.start <= a.start < trigger.end]
    if trigger.type in MEETINGS:
        return _unique(inside if len(inside) > 1 else named), ()
    inside = [a for a in inside if not _speaks(doc, a, last)]
    if trigger.type in _SUFFERED:
        inside = [a for a in inside if not _reacts(seen.words, a, last)]
    actors, targets = _sides(doc, first, trigger.token, inside)
    if trigger.type in DEADLY:
        actors = tuple(a for a in actors if a.text.casefold() not in _HARMED)
    return actors, targets


def partner(doc: Doc, trigger: Trigger) -> str | None:
    """With whom: the first party after "with" or "between" that follows a word of talks."""
    seen = context(doc)
    _, last = seen.span(trigger.token)
    for i in range(trigger.token, min(last, trigger.token + _WITH)):
        if seen.words[i] in {"with", "between"}:
            near = [a for a in doc._.actors if i < a.start <= i + _WITH]
            return _name(near[0].actor) if near else None
    return None


def _name(actor: Actor) -> str:
    return (actor.name or actor.text).casefold()


def _sides(
    doc: Doc, first: int, token: int, named: list[ActorMention]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who did it and to whom; in the passive the agent follows "by"."""
    words = context(doc).words
    blamed = [a for a in named if _blamed(words, a)]
    left = [a for a in named if a.end <= token]
    right = [a for a in named if a.start > token and a not in blamed]
    acts = any(child.dep_ == "obj" and child.i > token for child in doc[token].children)
    suffers = not acts and any(doc[a.end - 1].dep_ in _SUFFERS for a in left[-1:])
    passive = suffers or _passive(doc, first, token)
    if blamed:
        others = [a for a in left if a not in blamed]
        return _unique(blamed[:2]), _unique(others[-2:] if passive and others else right[:2])
    if not passive:
        return _unique(left[-2:]), _unique(right[:2])
    agents = [
        a for a in named if a.end > token and "by" in words[max(token, a.start - 4) : a.start]
    ]
    return _unique(agents[:2]), _unique(left[-2:])


def _blamed(words: tuple[str, ...], mention: ActorMention) -> bool:
    """Who did it as it is told: "claimed by Y", "blamed on Y", "Y claimed responsibility"."""
    before = words[max(0, mention.start - _ON) : mention.start]
    if words[mention.end : mention.end + 2] == _CLAIM:
        return True
    if any(verb in _CLAIMED and on in {"by", "on", "to"} for verb, on in pairwise(before)):
        return True
    return not _BLAME.isdisjoint(before) and words[mention.end : mention.end + 1] == ("for",)


def _passive(doc: Doc, first: int, token: int) -> bool:
    """With "be" or "by", or a participle without an object: "three men shot dead"."""
    words = context(doc).words
    before = words[max(first, token - 3) : token]
    if _PASSIVE.intersection(before) or "by" in (*before, *words[token + 1 : token + 2]):
        return True
    if doc[token].tag_ != "VBN" or not _HAVE.isdisjoint(before):
        return False
    return all(child.dep_ != "obj" for child in doc[token].children)


def _speaks(doc: Doc, mention: ActorMention, last: int) -> bool:
    """The actor is who tells it ("police said"), not who did it."""
    after = context(doc).words[mention.end : min(last, mention.end + 2)]
    if after == _CLAIM:
        return False
    return bool(SAY.intersection(after)) or not _BLAME.isdisjoint(after)


def _reacts(words: tuple[str, ...], mention: ActorMention, last: int) -> bool:
    """The actor deals with what others did: "the mayor has strongly condemned the bombing"."""
    for i in range(mention.end, min(last, mention.end + _REACTS_IN + 1)):
        word = words[i]
        if word in _REACT or (word in _RESPOND and words[i + 1 : i + 2] == ("to",)):
            return True
        if word not in _HELPERS and not word.endswith("ly"):
            return False
    return False


def _unique(mentions: list[ActorMention]) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for mention in mentions:
        found.setdefault(mention.actor.text.casefold(), mention.actor)
    return tuple(found.values())[:MOST_ACTORS]
