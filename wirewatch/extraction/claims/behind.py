"""Readings by a word of harm that stands behind the figure."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import (
    AUX,
    BELIEVE,
    DETERMINER,
    PEOPLE,
    PREPOSITION,
    RELATIVE,
    VERBS,
    is_adverb,
    noun_phrase_end,
    object_follows,
    passive,
    perfect,
)
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text


def behind(text: Text, mention: Mention, end: int) -> Iterator[Reading]:
    """The word stands behind its subject: "12 people were killed", "12 dead", "12, …, died"."""
    j, helped = skip_helpers(text, end)
    relative = j > end and text.at(end) in RELATIVE
    anchor = text.anchor_at.get(j)
    if anchor is not None and text.same(end - 1, j):
        yield from _subject_of(text, anchor, helped, relative=relative)
        if anchor.sense("state", "participle") and not helped:
            yield from _attributive(text, anchor)
        yield from _of_the_harmed(text, anchor)
    yield from _suffering(text, end)
    yield from _to_hospital(text, end)
    yield from _fatally(text, mention)
    yield from _far_behind(text, mention, j)


def _of_the_harmed(text: Text, named: Anchor) -> Iterator[Reading]:
    """As in "Seven of the wounded died": not what they are called by, but what followed."""
    if named.sense("state") is None or text.at(named.start - 1) not in ("the", "those"):
        return
    j, _ = skip_helpers(text, named.end)
    after = text.anchor_at.get(j)
    sense = after.sense("happens", "participle", "state") if after else None
    if sense is not None and sense.kind == "killed" and text.same(named.start, j):
        yield Reading("killed", "of-the-harmed", 0.97, after, subset=True)


def skip_helpers(text: Text, end: int) -> tuple[int, bool]:
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
    joined = helped or (j == end and _may_suffer(text, j))
    if joined and text.at(j + 1) == "and" and not passive_stop(text, j):
        over, _ = skip_helpers(text, j + 2) if j + 2 < len(text.low) else (j, False)
        if over in text.anchor_at:
            return over, helped
    if j > end and j - 1 in text.anchor_at and j not in text.anchor_at:
        j -= 1
    return j, helped


def _may_suffer(text: Text, j: int) -> bool:
    """Whether a participle without auxiliary may stand at ``j``: "two guards ambushed and shot"."""
    anchor = text.anchor_at.get(j)
    return text.at(j).endswith("ed") or (anchor is not None and anchor.sense("weak") is not None)


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
    acts = object_follows(text, anchor.end) and not passive(text, anchor.start)
    if (sense := anchor.sense("state")) and not (acts and anchor.sense("participle")):
        taken = text.at(anchor.start) in ("hostage", "captive")
        yield Reading(sense.kind, f"{name}-state", 0.96 if taken else 0.9, anchor)
    if sense := anchor.sense("participle"):
        active = acts or perfect(text, anchor.start)
        strength = 0.95 if helped else 0.88
        yield Reading(sense.kind, f"{name}-passive", 0.1 if active else strength, anchor)
    suffered = passive(text, anchor.start) if helped else _bare(text, anchor)
    if (sense := anchor.sense("weak")) and suffered:
        told = text.at(anchor.end) == "," and anchor.end + 1 in text.mention_at
        strength = 0.87 if told else 0.6 if helped else 0.55
        yield Reading(sense.kind, f"{name}-weak", strength, anchor)


def _bare(text: Text, anchor: Anchor) -> bool:
    """Whether a participle without auxiliary ends what is said: "two guards stabbed in a raid"."""
    following = text.at(anchor.end)
    if _aims(text, anchor.end):
        return False
    if following in PREPOSITION | _CIRCUMSTANCE or following in words("weekday"):
        return True
    beaten = text.at(anchor.start) == "beaten"  # no past tense, as "shot" and "stabbed" are
    joined = text.anchor_at.get(anchor.end + 1) if following == "and" else None
    if joined is None or object_follows(text, joined.end):
        return beaten
    return joined.sense("participle", "weak") is not None


_CIRCUMSTANCE = frozenset((".", ",", ";", "", "when", "while", "twice", "repeatedly"))


def _aims(text: Text, i: int) -> bool:
    """As in "two men shot at a car": they were not shot, as those "shot at Elm Street party"."""
    return text.at(i) == "at" and (text.at(i + 1) in DETERMINER or text.at(i + 1) in PEOPLE)


def _attributive(text: Text, anchor: Anchor) -> Iterator[Reading]:
    """As in "12 wounded soldiers": the word stands inside the noun phrase."""
    sense = anchor.sense("state", "participle")
    if sense and text.at(anchor.end) in PEOPLE:
        yield Reading(sense.kind, "attributive", 0.7, anchor)


_SUFFER = frozenset(
    ("received", "suffered", "sustained", "suffer", "sustain", "receive", "escaped")
)


_HURTS = frozenset(("injuries", "wounds", "burns", "injury", "fractures", "bruises", "concussions"))


def _suffering(text: Text, end: int) -> Iterator[Reading]:
    """As in "Five players received minor injuries"."""
    j, _ = skip_helpers(text, end)
    while text.at(j) in BELIEVE and text.at(j) not in _SUFFER:
        j += 1
    for verb in (j, j - 1):
        if text.at(verb) in _SUFFER and text.same(verb, end - 1):
            for k in range(verb + 1, min(verb + 6, len(text.low))):
                if text.low[k] in _HURTS:
                    yield Reading("injured", "suffering", 0.85, Anchor(verb, k + 1, ()))
                    return


_CARRIED = words("carried")
_HOSPITALS = frozenset(("hospital", "hospitals", "clinic", "clinics", "infirmary"))
_TO_HOSPITAL = 9


def _to_hospital(text: Text, end: int) -> Iterator[Reading]:
    """As in "Two men were rushed in critical condition to a nearby hospital"."""
    j, helped = skip_helpers(text, end)
    if text.at(j) in _CARRIED and (k := hospital_after(text, j)) is not None:
        yield Reading("injured", "to-hospital", 0.85 if helped else 0.75, Anchor(j, k + 1, ()))


def hospital_after(text: Text, verb: int) -> int | None:
    """Where the hospital stands that the verb of carrying leads to; None: it leads elsewhere."""
    led = False
    for k in range(verb + 1, min(verb + _TO_HOSPITAL, len(text.low))):
        word = text.low[k]
        if not text.same(verb, k) or word in (";", ":", "and", "who", "which", "from"):
            return None
        led = led or word in ("to", "at")
        if led and word in _HOSPITALS:
            return k
    return None


_SPARED = words("spared")
_GOT_AWAY = frozenset(("hid", "escaped", "evaded", "survived"))


def spared(text: Text, mention: Mention, end: int) -> bool:
    """Whether it is said of the people that nothing befell them: "two others survived".

    Nothing that is counted, that is: no kind of claim stands for rape.
    """
    if text.at(end) == "and" and end + 1 in text.mention_at:  # "nine women and two girls hid"
        mention = text.mentions[text.mention_at[end + 1]]
        end = noun_phrase_end(text, mention.end)
    verb_inside = end - 1 > mention.end and text.at(end - 1) in _GOT_AWAY  # "20 pupils hid"
    j = end - 1 if verb_inside else skip_helpers(text, end)[0]
    if not text.same(mention.head, j) or "not" in text.low[end:j]:
        return False
    rescued = "alive" in (text.at(j + 1), text.at(j + 2)) and text.at(j) not in ("buried", "burned")
    safe = rescued or (text.at(j) in _SPARED and j not in text.anchor_at)
    harmed = any(text.at(k) in _HURTS for k in range(j + 1, j + 6))
    return safe and not harmed and not (text.at(j + 1) == "and" and j + 2 in text.anchor_at)


def _fatally(text: Text, mention: Mention) -> Iterator[Reading]:
    """As in "Four people were shot, one fatally"."""
    for k in range(mention.end, mention.end + 3):
        if text.at(k) in ("fatally", "mortally") and text.same(mention.head, k):
            if not (text.at(k + 1).endswith("ed") or k + 1 in text.anchor_at):
                yield Reading("killed", "fatally", 0.88, Anchor(k, k + 1, ()), subset=True)
            return
        if not text.at(k).isalpha() or k in text.anchor_at:
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


def _bracket_closed(text: Text, start: int, k: int) -> bool:
    """Whether what lies between subject and verb stands in commas, dashes or brackets."""
    if text.at(start) not in _BRACKETS:
        return False
    j = k - 1
    while j > start and (text.low[j] in AUX or text.low[j] in BELIEVE or is_adverb(text.low[j])):
        j -= 1
    return j > start + 1 and text.low[j] in _BRACKETS


_BRACKETS = frozenset((",", "(", ")", "-", "--", "–", "—", "[", "]"))


_FAR = 30
