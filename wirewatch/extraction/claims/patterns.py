"""Which word of harm a figure hangs on, by the order of words alone.

The way that works on headlines, upper-case wires and any Doc without a parse. Each pattern gives
readings with a strength; the strongest wins, and figures without one take it from a neighbour.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import (
    AUX,
    BELIEVE,
    DETERMINER,
    PEOPLE,
    PREPOSITION,
    RELATIVE,
    VERBS,
    anchor_after,
    is_adverb,
    is_person,
    noun_phrase_end,
    object_follows,
    passive,
    perfect,
    people_in,
)
from wirewatch.extraction.claims.text import Anchor, Mention, Text
from wirewatch.model import ClaimKind

_FAR = 30
_FIGHTERS = words("fighters")
_CAPTORS, _LAWFUL = words("captors"), words("captors-not")
_TAKEN = frozenset(
    ("captured", "seized", "seize", "seizing", "capturing", "hold", "holding", "held", "holds")
)  # fmt: skip
_NEEDS_PEOPLE = frozenset(("arrested", "abducted", "displaced", "missing", "troops"))


class Reading(NamedTuple):
    """One way to read a figure: what happened to the people, which pattern saw it, how surely."""

    kind: ClaimKind
    pattern: str
    strength: float
    anchor: Anchor | None
    via: int | None = None
    """Index of the mention that it takes its reading from."""
    subset: bool = False


def readings(text: Text, mention: Mention) -> list[Reading]:
    """Every reading of one figure by patterns of its own, the strongest first."""
    if mention.figure.ordinal:
        return list(_ordinal(text, mention))
    end = noun_phrase_end(text, mention.end)
    found = [
        *_before(text, mention, end),
        *_behind(text, mention, end),
        *_inside(text, mention, end),
        *_toll(text, mention),
        *_among(text, mention, end),
        *_freed(text, mention, end),
    ]
    kept = [fixed for r in found if (fixed := _fitting(text, mention, end, r)) is not None]
    return sorted(kept, key=lambda r: -r.strength)


def _ordinal(text: Text, mention: Mention) -> Iterator[Reading]:
    """"The third person to die", "the 54th death"."""
    for k in range(mention.end, min(mention.end + 12, len(text.low))):
        anchor = text.anchor_at.get(k)
        if anchor is not None and text.same(mention.head, k):
            yield Reading(anchor.senses[0].kind, "ordinal", 0.8, anchor)
            return
        if text.low[k] == "fatal":
            yield Reading("killed", "ordinal", 0.8, Anchor(k, k + 1, ()))
            return


_FREED = frozenset(
    ("free", "freed", "frees", "freeing", "release", "released", "releases", "releasing", "rescued",
     "rescue")
)  # fmt: skip


def _freed(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """"The kidnappers released two journalists": those freed had been abducted."""
    i = mention.start - 1
    while i >= 0 and mention.start - i < 4 and (text.low[i] in DETERMINER or text.low[i] == "of"):
        i -= 1
    j, _ = _skip_helpers(text, end)
    where = i if text.at(i) in _FREED else j if text.at(j) in _FREED else None
    if where is None or not text.same(where, mention.head):
        return
    near = range(max(0, mention.start - 30), min(len(text.low), mention.end + 30))
    if any(text.low[k].startswith(_TAKEN_BY) and text.same(k, where) for k in near):
        yield Reading("abducted", "freed", 0.72, Anchor(where, where + 1, ()))


_TAKEN_BY = ("kidnap", "hostage", "captor", "captiv", "abduct", "hijack", "ransom", "pirate")


def _before(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """The word stands before its object: "killed 12", "the death of 12", "Mr. Roe and 12 others"."""
    i = mention.start - 1
    while i >= 0 and (text.low[i] in DETERMINER or is_adverb(text.low[i])) and mention.start - i < 5:
        i -= 1
    if i < 0 or not text.same(i, mention.start):
        return
    anchor = text.anchor_at.get(i)
    if anchor is not None and (sense := anchor.sense("active", "participle")):
<<<<<<< HEAD
        used = sense.use == "participle" and (passive(text, anchor.start) or _has_subject(text, anchor))
        held = text.at(anchor.start) in ("hold", "holds", "holding", "held")
        yield Reading(sense.kind, "object", 0.4 if used else 0.75 if held else 0.93, anchor)
=======
<<<<<<< HEAD
        used = sense.use == "participle" and (passive(text, anchor.start) or _has_subject(text, anchor))
        held = text.at(anchor.start) in ("hold", "holds", "holding", "held")
        yield Reading(sense.kind, "object", 0.4 if used else 0.75 if held else 0.93, anchor)
=======
        used = sense.use == "participle" and (
            passive(text, anchor.start) or _has_subject(text, anchor)
        )
        yield Reading(sense.kind, "object", 0.4 if used else 0.93, anchor)
>>>>>>> model
>>>>>>> places
    if text.low[i] == "with" and text.at(i - 1) in ("along", "together"):
        passed = text.anchor_at.get(i - 2)
        if passed is not None and (sense := passed.sense("participle", "happens")):
            yield Reading(sense.kind, "along-with", 0.75, passed)
    if text.low[i] in ("of", "to", "among") and i > 0:
        yield from _of_noun(text, i)
    if text.low[i] in (",", "and", "or", "&", "with", "plus", "as"):
        yield from _in_list(text, i)


def _has_subject(text: Text, anchor: Anchor) -> bool:
    """In "12 killed 30 wounded" the participle belongs to the figure before it."""
    i = anchor.start - 1
    if i in text.mention_at:
        return True
    return i > 0 and text.low[i] in PEOPLE and i - 1 in text.mention_at and anchor.end in text.mention_at and (
        anchor_after(text, text.mentions[text.mention_at[anchor.end]].end)
    )


def _of_noun(text: Text, i: int) -> Iterator[Reading]:
    anchor = text.anchor_at.get(i - 1)
    if anchor is None or anchor.sense("noun") is None:
        return
    first = text.anchor_at.get(anchor.start - 2) if text.at(anchor.start - 1) == "and" else None
    if first is not None and first.sense("noun"):
        anchor = first
    if sense := anchor.sense("noun"):
        yield Reading(sense.kind, "noun-of", 0.93, anchor)


def _in_list(text: Text, i: int) -> Iterator[Reading]:
    """Back over a list to the verb: "killed a commander, his driver and |six| others"."""
    k, seen = i, 0
    while k >= 0 and i - k < 16 and text.same(k, i):
        anchor = text.anchor_at.get(k)
        if anchor is not None:
            sense = anchor.sense("active", "participle")
            if sense and seen and not (sense.use == "participle" and passive(text, anchor.start)):
                yield Reading(sense.kind, "listed-object", 0.75, anchor)
            elif (noun := anchor.sense("noun")) and text.at(anchor.end) == "of":
                yield Reading(noun.kind, "listed-object", 0.7, anchor)
            return
        word = text.low[k]
        if k in text.mention_at or word in VERBS or word in AUX or word in RELATIVE:
            return
        if word in PREPOSITION and word not in ("of", "as", "with"):
            return
        seen += word[0].isalnum() and word not in ("and", "as", "well", "with", "or")
        k -= 1


def _behind(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """The word stands behind its subject: "12 people were killed", "12 dead", "12, …, died"."""
    j, helped = _skip_helpers(text, end)
    relative = j > end and text.at(end) in RELATIVE
    anchor = text.anchor_at.get(j)
    if anchor is not None and text.same(end - 1, j):
        yield from _subject_of(text, anchor, helped, relative=relative)
        if anchor.sense("state", "participle") and not helped:
            yield from _attributive(text, anchor)
    yield from _suffering(text, end)
    yield from _far_behind(text, mention, j)


def _skip_helpers(text: Text, end: int) -> tuple[int, bool]:
    """Over "who", auxiliaries, "reportedly", "feared" to where the participle may stand."""
    j, helped = end, False
    if text.at(j) == "," and text.at(j + 1) in RELATIVE | {"all", "most"}:
        j += 1
    while j - end < 10 and j < len(text.low):
        word = text.low[j]
        if word == "to" and not _infinitive(text, j + 1):
            break
        if word in AUX or word in BELIEVE or is_adverb(word) or word in ("who", "that"):
            helped = helped or word in AUX
            anchor = text.anchor_at.get(j)
            if anchor is not None and anchor.start == j and word not in AUX and word != "missing":
                break
            j += 1
        else:
            break
    if helped and text.at(j + 1) == "and" and not passive_stop(text, j):
        over, _ = _skip_helpers(text, j + 2) if j + 2 < len(text.low) else (j, False)
        if over in text.anchor_at:
            return over, helped
    if j > end and j - 1 in text.anchor_at and j not in text.anchor_at:
        j -= 1
    return j, helped


def passive_stop(text: Text, j: int) -> bool:
    """Whether ``j`` cannot be a first participle, as "shot" is in "were shot and killed"."""
    word = text.at(j)
    anchor = text.anchor_at.get(j)
    strong = anchor is not None and anchor.sense("participle", "happens", "state") is not None
    return strong or not word.isalpha() or word in PREPOSITION or word in DETERMINER


def _infinitive(text: Text, i: int) -> bool:
    anchor = text.anchor_at.get(i)
    return text.at(i) in ("be", "have") or (
        anchor is not None and anchor.sense("happens", "active") is not None
    )


def _subject_of(text: Text, anchor: Anchor, helped: bool, *, relative: bool) -> Iterator[Reading]:
    name = "relative" if relative else "subject"
    if sense := anchor.sense("happens"):
        yield Reading(sense.kind, f"{name}-happens", 0.92, anchor)
    if sense := anchor.sense("state"):
        taken = text.at(anchor.start) in ("hostage", "captive")
        yield Reading(sense.kind, f"{name}-state", 0.96 if taken else 0.9, anchor)
    if sense := anchor.sense("participle"):
        active = perfect(text, anchor.start) or (
            object_follows(text, anchor.end) and not passive(text, anchor.start)
        )
        strength = 0.95 if helped else 0.88
        yield Reading(sense.kind, f"{name}-passive", 0.1 if active else strength, anchor)
    if sense := anchor.sense("weak"):
        ends = text.at(anchor.end) in PREPOSITION | {".", ",", ";", ""} and not helped
        if ends or (helped and passive(text, anchor.start)):
            yield Reading(sense.kind, f"{name}-weak", 0.6 if helped else 0.55, anchor)


def _attributive(text: Text, anchor: Anchor) -> Iterator[Reading]:
    """"12 wounded soldiers": the word stands inside the noun phrase."""
    sense = anchor.sense("state", "participle")
    if sense and text.at(anchor.end) in PEOPLE:
        yield Reading(sense.kind, "attributive", 0.7, anchor)


_SUFFER = frozenset(("received", "suffered", "sustained", "suffer", "sustain", "receive"))
_HURTS = frozenset(("injuries", "wounds", "burns", "injury", "fractures", "bruises", "concussions"))


def _suffering(text: Text, end: int) -> Iterator[Reading]:
    """"Five players received minor injuries"."""
    j, _ = _skip_helpers(text, end)
    while text.at(j) in BELIEVE and text.at(j) not in _SUFFER:
        j += 1
    for verb in (j, j - 1):
        if text.at(verb) in _SUFFER and text.same(verb, end - 1):
            for k in range(verb + 1, min(verb + 6, len(text.low))):
                if text.low[k] in _HURTS:
                    yield Reading("injured", "suffering", 0.85, Anchor(verb, k + 1, ()))
                    return


def _far_behind(text: Text, mention: Mention, start: int) -> Iterator[Reading]:
    """Over phrases in between: "12 people in two villages, five of them children, were killed"."""
    inside, crossed = False, False
    for k in range(start, min(start + _FAR, len(text.low))):
        if not text.same(mention.head, k):
            return
        word = text.low[k]
        anchor = text.anchor_at.get(k)
        if anchor is not None and anchor.start == k:
            sense = anchor.sense("happens", "state", "participle")
            reduced = (
                sense is not None
                and sense.use == "participle"
                and text.at(anchor.end) in PREPOSITION | {",", ".", ";"}
                and not object_follows(text, anchor.end)
            )
            runs = sense is not None and sense.use == "happens" and text.low[k - 1] != "to"
            if sense and (passive(text, k) or runs or reduced):
                if _bracket_closed(text, start, k):
                    strength = 0.78 - 0.004 * (k - start)
                else:
                    strength = 0.72 - 0.012 * (k - start) - 0.15 * crossed - 0.1 * reduced
                yield Reading(sense.kind, "far-subject", strength, anchor)
                return
            if not inside and anchor.sense("active", "participle", "happens"):
                return
        if word in RELATIVE and word != "where":
            inside = True
        elif word in VERBS or word in (";", ":"):
            if not inside:
                return
            inside = False
        elif word in ("but", "while", "after", "when", "as", "before", "although", "though"):
            return
        if k in text.mention_at and text.mentions[text.mention_at[k]].figure.not_people is None:
            crossed = True


def _among(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """"The dead include 12 soldiers", "12 were among the dead", "12 men whose kidnapping …"."""
    j, _ = _skip_helpers(text, end)
    if text.at(j) == "among" or (text.at(j) == "whose" and j == end):
        for k in range(j + 1, min(j + 7, len(text.low))):
            anchor = text.anchor_at.get(k)
            if anchor is not None and text.same(j, k):
                yield Reading(anchor.senses[0].kind, "among", 0.85, anchor, subset=True)
                return
    i = mention.start - 1
    if text.at(i) in ("include", "included", "includes", "including", "are", "were", "was", "is"):
        k = i - 1
        while k >= 0 and text.low[k] in ("also",):
            k -= 1
        anchor = text.anchor_at.get(k)
        if anchor is not None and text.at(anchor.start - 1) in ("the", "those", "among"):
            yield Reading(anchor.senses[0].kind, "among", 0.85, anchor, subset=True)


def _bracket_closed(text: Text, start: int, k: int) -> bool:
    """Whether what lies between subject and verb stands in commas, dashes or brackets."""
    if text.at(start) not in _BRACKETS:
        return False
    j = k - 1
    while j > start and (text.low[j] in AUX or text.low[j] in BELIEVE or is_adverb(text.low[j])):
        j -= 1
    return j > start + 1 and text.low[j] in _BRACKETS


_BRACKETS = frozenset((",", "(", ")", "-", "--", "–", "—", "[", "]"))


def _inside(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """The noun counted names the deed or its people: "12 deaths", "12 hostages"."""
    for k in range(mention.end, end):
        anchor = text.anchor_at.get(k)
        if anchor is None or "of" in text.low[mention.end + 1 : k]:
            continue
        if (sense := anchor.sense("noun")) and _ends_phrase(text, k):
            lost = text.low[k] != "lives" or set(text.low[max(0, k - 14) : mention.start]) & _COST
            yield Reading(sense.kind, "counted-noun", 0.82 if lost else 0.2, anchor)


_COST = frozenset(
    "claim claims claimed claiming cost costs costing take takes took taken taking lost lose loss"
    " losing".split()
)


def _ends_phrase(text: Text, k: int) -> bool:
    word = text.at(k + 1)
    return not (word[:1].isalpha() and word in PEOPLE)


_TOLL = frozenset(("toll", "tolls", "count", "tally"))
_RISE = words("rise")


def _toll(text: Text, mention: Mention) -> Iterator[Reading]:
    """"The death toll rose to 31 from 14", "the number of dead stands at 12", "deaths top 100"."""
    i, steps = mention.start - 1, 0
    if not _led_to(text, mention):
        yield from _brought_to(text, mention)
        return
    while i >= 0 and steps < 30 and text.same(i, mention.start):
        word = text.low[i]
        if word in _TOLL:
            yield from _toll_kind(text, i, 0.92 if steps < 12 else 0.7)
            return
        if word in ("number", "total") and text.at(i + 1) == "of":
            yield from _number_of(text, i, mention.start)
            return
        anchor = text.anchor_at.get(i)
        if anchor is not None:
            noun = anchor.sense("noun")
<<<<<<< HEAD
            if noun and mention.start - i < 9 and _rises(text, i, mention.start):
=======
<<<<<<< HEAD
            if noun and mention.start - i < 9 and _rises(text, i, mention.start):
=======
            rising = i + 1 < mention.start and all(
                w in _RISE or k in text.mention_at
                for k, w in enumerate(text.low[i + 1 : mention.start], i + 1)
            )
            if noun and rising:
>>>>>>> model
>>>>>>> places
                yield Reading(noun.kind, "noun-is", 0.8, anchor)
                return
            if anchor.sense("active", "happens") and not noun:
                return
        if i in text.mention_at and not _earlier(text, i):
            return
        i, steps = i - 1, steps + 1
    yield from _brought_to(text, mention)


def _rises(text: Text, noun: int, start: int) -> bool:
    """Whether the words between a noun and its figure only say that it rose or stands there."""
    between = text.low[noun + 1 : start + 1]
    verbs = [w for w in between if w in VERBS or w in AUX or w in _RISE]
    plain = all(w in _RISE for w in verbs) and "," not in between
    leads = text.at(start) in _STRONG_LEADS or text.at(start - 1) in _STRONG_LEADS
    return leads and plain and start > noun + 1


_STRONG_LEADS = frozenset(
    "to at is was were reached hit passed exceeded topped surpassed reaching exceeding hits tops"
    " reaches passes exceeds surpasses surpass top exceed pass reach :".split()
)
_LEADS = frozenset(
    "to at of is was up reached hit passed exceeded topped surpassed now reaching exceeding hits tops"
    " from stands reaches passes tops exceeds surpasses surpass in for by has around :".split()
)


def _led_to(text: Text, mention: Mention) -> bool:
    """Whether the word before the figure can lead from a toll to it."""
    before = text.at(mention.start - 1)
    if before == "the":
        before = text.at(mention.start - 2)
    if before == "as":
        return text.at(mention.start - 2) == "high"
    return before in _LEADS or text.at(mention.start) in _LEADS


def _earlier(text: Text, i: int) -> bool:
    """"rose from 14 to 31", "to 31 from 14": the other figure is the same toll's."""
    start = text.mentions[text.mention_at[i]].start
    return text.at(start - 1) in ("from", "to", "at")


def _toll_kind(text: Text, i: int, strength: float) -> Iterator[Reading]:
    before = text.at(i - 1)
    kind: ClaimKind = "injured" if before.startswith(("injur", "wound")) else "killed"
    yield Reading(kind, "toll", strength, Anchor(i, i + 1, ()))


def _number_of(text: Text, i: int, stop: int) -> Iterator[Reading]:
    for k in range(i + 2, min(i + 9, stop)):
        anchor = text.anchor_at.get(k)
        if anchor is not None:
            yield Reading(anchor.senses[0].kind, "number-of", 0.85, anchor)
            return


def _brought_to(text: Text, mention: Mention) -> Iterator[Reading]:
    """"bringing to 31 the number of people killed"."""
    j = mention.end
    if text.at(mention.start - 1) != "to" or text.at(j) != "the":
        return
    span = range(j + 1, min(j + 10, len(text.low)))
    if not any(text.low[k] in ("number", "toll", "total") for k in span):
        return
    for k in span:
        anchor = text.anchor_at.get(k)
        if anchor is not None:
            yield Reading(anchor.senses[0].kind, "number-of", 0.85, anchor)
            return


def _fitting(text: Text, mention: Mention, end: int, reading: Reading) -> Reading | None:
    """The reading as the counted noun allows it: troops move, fighters who flee withdraw …"""
    stop = max(end, mention.end)
    fighters = any(w in _FIGHTERS for w in text.low[mention.end : stop + 1])
    kind = reading.kind
    if kind == "arrested" and _sentenced(text, reading):
        return None
    if kind == "troops" and (not fighters or text.at(_place(reading) - 1) == "continued" or _stationed(text, reading)):
        return None
    if kind == "displaced" and _antecedent_fights(text, mention):
        return reading._replace(kind="troops")
    if _not_a_person(text, mention, stop, reading):
        return None
    if kind == "displaced" and fighters and _flees(text, reading):
        return reading._replace(kind="troops")
    if kind == "arrested" and _by_captors(text, reading):
        return reading._replace(kind="abducted", strength=reading.strength - 0.1)
    if kind in _NEEDS_PEOPLE and reading.pattern in ("object", "listed-object"):
        bare = stop == mention.end
        if not (bare or people_in(text, mention.end, stop + 1) or _plural_name(text, mention.end, stop)):
            return reading._replace(strength=reading.strength - 0.4)
    return reading


_NAMES_PEOPLE = frozenset(
    ("counted-noun", "toll", "number-of", "noun-is", "noun-of", "ordinal", "freed", "among")
)


def _place(reading: Reading) -> int:
    return reading.anchor.start if reading.anchor is not None else -1


def _sentenced(text: Text, reading: Reading) -> bool:
    """Prison as a sentence is no arrest."""
    if reading.anchor is None or text.at(reading.anchor.end - 1) not in _PRISON:
        return False
    place = reading.anchor.start
    near = range(max(0, place - 25), min(len(text.low), place + 10))
    return any(text.low[k] in _SENTENCE and text.same(k, place) for k in near)


_PRISON = frozenset(("prison", "jail", "jailed", "imprisoned", "bars"))
_SENTENCE = frozenset(
    ("sentenced", "sentence", "sentences", "convicted", "years", "life", "term", "terms", "months")
)


def _stationed(text: Text, reading: Reading) -> bool:
    """"troops deployed in …", "are deployed": where they stand, not that they move."""
    anchor = reading.anchor
    if anchor is None or not text.at(anchor.start).endswith("deployed"):
        return False
    if "subject" not in reading.pattern and "relative" not in reading.pattern:
        return False
    helper = text.at(anchor.start - 1)
    return helper in ("are", "is", "currently", "already") or (
        helper not in ("be", "being", "been", "were", "was") and text.at(anchor.end) in ("in", "across")
    )


def _antecedent_fights(text: Text, mention: Mention) -> bool:
    """"militants, many of whom fled": the people are named before the figure."""
    if text.at(mention.end) != "of" or text.at(mention.end + 1) not in ("whom", "them"):
        return False
    return any(w in _FIGHTERS for w in text.low[max(0, mention.start - 4) : mention.start])


def _not_a_person(text: Text, mention: Mention, stop: int, reading: Reading) -> bool:
    """The counted noun is no word for people where the verb takes things as well."""
    anchor = reading.anchor
    if anchor is None or reading.pattern in _NAMES_PEOPLE:
        return False
    word = text.at(anchor.start)
    if word.startswith(("kill", "wound", "injur", "arrest", "die", "dead", "kidnap", "abduct")):
        return False
    nouns = [i for i in range(mention.end, min(stop, len(text.low))) if text.low[i].isalpha()]
    return bool(nouns) and not any(
        is_person(text, i) or text.low[i] in ("more", "them", "whom", "whole") for i in nouns
    )


def _flees(text: Text, reading: Reading) -> bool:
    return reading.anchor is not None and text.at(reading.anchor.start).startswith(("fle", "fled"))


def _by_captors(text: Text, reading: Reading) -> bool:
    anchor = reading.anchor
    if anchor is None or text.at(anchor.start) not in _TAKEN:
        return False
    behind = text.low[anchor.end : anchor.end + 5]
    if "subject" in reading.pattern or "relative" in reading.pattern:
        return "by" in behind[:2] and any(w in _CAPTORS for w in behind)
    found = False
    for i in range(anchor.start - 1, max(-1, anchor.start - 30), -1):
        if not text.same(i, anchor.start):
            break
        if text.low[i] in _LAWFUL:
            return False
        found = found or (text.low[i] in _CAPTORS and not _counted(text, i))
    return found


def _counted(text: Text, i: int) -> bool:
    return any(k in text.mention_at for k in range(max(0, i - 3), i))


def _plural_name(text: Text, start: int, end: int) -> bool:
    return any(text.low[i].endswith("s") and text.low[i].isalpha() for i in range(start, min(end, len(text.low))))
