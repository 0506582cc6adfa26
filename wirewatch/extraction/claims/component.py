"""The pipeline component ``wirewatch_claims``: writes ``doc._.counted``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted, Figure, Heads, register
from wirewatch.extraction.claims.agents import only_act
from wirewatch.extraction.claims.alive import saved, survivors
from wirewatch.extraction.claims.behind import spared
from wirewatch.extraction.claims.casualties import of_war
from wirewatch.extraction.claims.doers import did_it
from wirewatch.extraction.claims.groups import added, among_whole, share
from wirewatch.extraction.claims.implicit.find import implied
from wirewatch.extraction.claims.implicit.implied import Implied
from wirewatch.extraction.claims.nouns import speaks
from wirewatch.extraction.claims.parts import given_out, settled
from wirewatch.extraction.claims.patterns import readings
from wirewatch.extraction.claims.phrases import noun_phrase_end
from wirewatch.extraction.claims.quotes import people_named, quotation
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.referee import Evidence, Verdict, judge
from wirewatch.extraction.claims.retold import retold
from wirewatch.extraction.claims.status import shares_threat, status_of
from wirewatch.extraction.claims.syntax import Tree
from wirewatch.extraction.claims.text import Mention, Text, read_text
from wirewatch.extraction.claims.twice import second
from wirewatch.extraction.claims.unlike import only_looks_like
from wirewatch.extraction.claims.wholes import base_of, one_of_many, wholes
from wirewatch.extraction.triggers.presence import is_no_deployment

register()
_MOST = 150
"""Counts of people kept of one article: no report has more, and time stays bounded."""
_FAR_BACK = 15
_MEETINGS = frozenset(
    {"meeting", "meetings", "talks", "discussions", "consultations", "negotiations", "elections",
     "rally", "rallies", "protest", "protests", "demonstration", "demonstrations", "march",
     "marches", "vigil", "vigils", "prayers", "ceremony", "sit-in", "strike", "placards", "signs",
     "banners", "candles", "hands", "flags"}
)  # fmt: skip


def evidence(doc: Doc, text: Text) -> list[Evidence]:
    """What the rules and the parse say of each figure that may count people."""
    tree = Tree(doc, text) if doc.has_annotation("DEP") else None
    found = []
    for mention in text.mentions:
        one = Evidence(mention)
        if mention.figure.not_people is None:
            own = readings(text, mention)
            bases = wholes(text, mention, own)
            one.own = [r for r in own if r not in bases and not _other(text, mention, r)]
            parsed = tree.readings(mention) if tree else []
            one.parsed = [r for r in parsed if not _other(text, mention, r)]
            whole = bool(own) and len(bases) == len(own)
            one.spared = whole or _is_spared(text, mention, (*one.own, *one.parsed))
        found.append(one)
    best = [_first(one) for one in found]
    for one, shared in zip(found, given_out(text, retold(text, share(text, best))), strict=True):
        one.shared = None if one.spared else shared
    return found


def _is_spared(text: Text, mention: Mention, told: Sequence[Reading]) -> bool:
    """Whether the people came to no harm: they did it, speak of it, or are told as unhurt."""
    end = noun_phrase_end(text, mention.end)
    return (
        only_act(text, mention, end, told)
        or did_it(text, mention, end)
        or speaks(text, mention, end)
        or spared(text, mention, end)
        or of_war(text, told)
        or one_of_many(text, mention)
        or saved(text, mention)
        or (not told and survivors(text, mention, end))
    )


def _other(text: Text, mention: Mention, reading: Reading) -> bool:
    return _met(text, reading) or only_looks_like(text, mention, reading)


def _met(text: Text, reading: Reading) -> bool:
    """Held are meetings, not people: "held talks", "talks between two generals were held"."""
    anchor = reading.anchor
    if anchor is None or text.at(anchor.start) not in {"hold", "holds", "held", "holding"}:
        return False
    following = {text.at(anchor.end + i) for i in range(4)}
    before = [text.low[i] for i in range(max(0, anchor.start - _FAR_BACK), anchor.start - 1)]
    between = "between" in before and not _MEETINGS.isdisjoint(before[: before.index("between")])
    return between or not following.isdisjoint(_MEETINGS)


def _first(one: Evidence) -> Reading | None:
    """The rules' own best reading; the parse speaks where word order is silent or unsure."""
    own = one.own[0] if one.own else None
    parsed = one.parsed[0] if one.parsed else None
    if parsed is not None and (own is None or own.strength < 0.6 < parsed.strength):
        return parsed
    return own


def explicit_counts(doc: Doc, text: Text) -> list[Counted]:
    """The numbered counts."""
    found = evidence(doc, text)
    read = [one.shared for one in found]
    counted = []
    known = settled(text, read)
    verdicts = judge(doc, text.tokens, found)
    for index, (one, verdict) in enumerate(zip(found, verdicts, strict=True)):
        if verdict.kind is None or one.mention.figure.not_people is not None:
            continue
        if verdict.kind == "troops" and _strength(doc, text, one):
            continue
        reading = _reading_for(text, one, verdict)
        mention = one.mention
        part = reading.subset or _of_counted(text, found, verdicts, index)
        if not part and reading.pattern != "elliptic":  # "five in one town and three in another"
            said = _sure_part(doc, text, mention) or _said_part(text, mention, reading)
            part = said and _has_whole(found, verdicts, index)
        part = known.get(index, part)
        replaces = _replaced(text, read, index)
        for told in filter(None, (reading, second(text, mention, reading))):
            count = _counted(text, mention, told, verdict.confidence)
            counted.append(replace(count, subset=part, replaces=replaces))
    return counted


def _counted(text: Text, mention: Mention, reading: Reading, confidence: float) -> Counted:
    start, end = quotation(text, mention, reading)
    return Counted(
        mention.figure,
        reading.kind,
        text.tokens[reading.anchor.start] if reading.anchor else None,
        text.tokens[start],
        text.tokens[end - 1] + 1,
        subset=reading.subset,
        status=status_of(text, mention, reading),
        who=people_named(text, mention),
        confidence=confidence,
    )


_STAND = 4
"""Words after a number of troops among which "deployed" and "stationed" are looked for."""


def _strength(doc: Doc, text: Text, one: Evidence) -> bool:
    """Whether the number is that of a force, not of those who move."""
    return base_of(text, one.mention) is not None or _stand(doc, text, one)


def _stand(doc: Doc, text: Text, one: Evidence) -> bool:
    """Whether the troops are where they are: "the 900 soldiers stationed there"."""
    end = one.mention.end
    near = (i for i in range(end, min(len(text.low), end + _STAND)) if text.same(i, end - 1))
    return any(is_no_deployment(doc, text.tokens[i], "troop_deployment") for i in near)


def _reading_for(text: Text, one: Evidence, verdict: Verdict) -> Reading:
    """The rules' reading of the decided kind; else the nearest word of that kind."""
    assert verdict.kind is not None
    known = [r for r in (one.shared, *one.own, *one.parsed) if r and r.kind == verdict.kind]
    if known:
        return max(known, key=lambda r: r.strength)
    place = one.mention.head
    near = [
        text.anchor_at[i]
        for i in range(max(0, place - _FAR), min(len(text.low), place + _FAR))
        if i in text.anchor_at
        and text.same(i, place)
        and any(s.kind == verdict.kind for s in text.anchor_at[i].senses)
    ]
    anchor = min(near, key=lambda a: abs(a.start - place), default=None)
    return Reading(verdict.kind, "learned", verdict.confidence, anchor)


def _of_counted(text: Text, found: list[Evidence], verdicts: list[Verdict], index: int) -> bool:
    """As in "two of the three men who were abducted": the whole is counted by the same word."""
    one = found[index]
    after = one.mention.end
    if text.at(after) != "of" or one.shared is None:
        return False
    base = text.mention_at.get(after + 1, text.mention_at.get(after + 2))
    if base is None or base == index or not found[base].own:
        return False
    same = verdicts[base].kind == verdicts[index].kind
    return same and found[base].own[0].anchor == one.shared.anchor


def _said_part(text: Text, mention: Mention, reading: Reading) -> bool:
    return among_whole(text, mention) or added(text, mention, reading)


def _sure_part(doc: Doc, text: Text, mention: Mention) -> bool:
    """Whether the heads are sure that the people are part of another count."""
    heads: Heads | None = doc._.heads
    return heads is not None and bool(heads.figure_subset[text.tokens[mention.head]][1] > PART_SURE)


def _has_whole(found: list[Evidence], verdicts: list[Verdict], index: int) -> bool:
    """Whether another figure of the kind is as great: without one there is no part."""
    least = found[index].mention.figure.low or 0
    return any(
        other != index
        and verdict.kind == verdicts[index].kind
        and one.mention.figure.not_people is None
        and _most(one.mention.figure) >= least
        for other, (one, verdict) in enumerate(zip(found, verdicts, strict=True))
    )


def _most(figure: Figure) -> float:
    """The most people that a figure may stand for."""
    return math.inf if figure.high is None else figure.high


_FAR = 60
"""Words around a figure among which its word of harm is looked for when only the heads speak."""
PART_SURE = -0.36
"""Log of 0.7."""


_NEAR = 6
"""Figures looked at on each side for the one that another revises."""


def _replaced(text: Text, read: list[Reading | None], index: int) -> int | None:
    """The earlier figure of the same toll ("to 31 from 14", "14 dead, up from nine")."""
    here = text.mentions[index]
    for other in range(max(0, index - _NEAR), min(len(read), index + _NEAR + 1)):
        reading = read[other]
        if reading is None or other == index or not text.same(text.mentions[other].head, here.head):
            continue
        given_on = reading.via == index and reading.pattern in ("revised-from", "denied")
        toll = reading.pattern == "toll" and text.at(text.mentions[other].start - 1) == "from"
        own = read[index]
        if given_on or (toll and own is not None and own.pattern == "toll"):
            value = text.mentions[other].figure.value
            return value if text.at(here.start - 1) != "from" else None
    return None


def implicit_counts(text: Text) -> list[Counted]:
    """Counts without a number, beside the numbered ones."""
    taken = {i for m in text.mentions if m.figure.not_people is None for i in range(m.start, m.end)}
    found = []
    for person in implied(text, taken):
        if _only_meant(text, person):
            continue
        tokens = range(text.tokens[person.start], text.tokens[person.end - 1] + 1)
        figure = _figure(tokens, several=person.several)
        mention = Mention(person.start, person.end, person.end - 1, figure)
        anchor = person.reading.anchor
        assert anchor is not None
        first, last = min(person.start, anchor.start), max(person.end, anchor.end)
        found.append(
            Counted(
                figure,
                person.reading.kind,
                text.tokens[anchor.start],
                text.tokens[first],
                text.tokens[last - 1] + 1,
                status=status_of(text, mention, person.reading),
                who=" ".join(text.text[person.start : person.end]),
                confidence=person.reading.strength,
            )
        )
    return found


def _only_meant(text: Text, person: Implied) -> bool:
    """An aim, not a deed: "tried to kill the mayor", "an operation to capture a rebel leader"."""
    anchor = person.reading.anchor
    return (
        anchor is not None
        and "object" in person.reading.pattern
        and (text.at(anchor.start - 1) == "to" or shares_threat(text, anchor.start))
    )


def _figure(tokens: range, *, several: bool) -> Figure:
    if several:
        return Figure(tokens[0], tokens[-1] + 1, None, 2, None, "vague", explicit=False)
    return Figure(tokens[0], tokens[-1] + 1, 1, 1, 1, "exact", explicit=False)


@Language.component("wirewatch_claims", requires=["doc._.figures"], assigns=["doc._.counted"])
def wirewatch_claims(doc: Doc) -> Doc:
    """Read which figures count people hurt, taken or moved; the first 150 of them."""
    text = read_text(doc, doc._.figures)
    counted = explicit_counts(doc, text) + implicit_counts(text)
    doc._.counted = tuple(sorted(counted, key=lambda c: (c.figure.start, c.kind)))[:_MOST]
    return doc
