"""People counted without a number: "a soldier was killed", "shot dead the mayor and his driver"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wirewatch.extraction.claims.aged import after_age, before_age, ends_age, is_age
from wirewatch.extraction.claims.captors import abducts
from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.left import left
from wirewatch.extraction.claims.lexicon import Sense
from wirewatch.extraction.claims.outcome import death_of, violent
from wirewatch.extraction.claims.persons import (
    SINGLE,
    TITLES,
    bare_plural,
    is_name,
    name_start,
    named,
    one_person,
)
from wirewatch.extraction.claims.phrases import (
    AUX,
    BELIEVE,
    CLOSED,
    DETERMINER,
    PREPOSITION,
    PRONOUN,
    VERBS,
    is_adverb,
    object_follows,
    passive,
)
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.shots import does, only_hurt, shots
from wirewatch.extraction.claims.text import Anchor, Text

_ONE = frozenset(("a", "an", "another"))
_KINDS = frozenset(("killed", "injured", "arrested", "abducted", "missing"))


class Implied(NamedTuple):
    """One person (``several`` False) or an unnumbered plural, at words ``start`` to ``end``."""

    start: int
    end: int
    several: bool
    reading: Reading


def implied(text: Text, taken: set[int]) -> Iterator[Implied]:
    """Every count without a number; ``taken`` holds words that belong to numbered counts.

    Who is named among the dead is not counted among the hurt, wherever the article tells it.
    """
    found = list(_told(text, taken))
    dead = {name for one in found if one.reading.kind == "killed" for name in _names(text, one)}
    for one in found:
        if one.reading.kind != "injured" or dead.isdisjoint(_names(text, one)):
            yield one


def _names(text: Text, one: Implied) -> set[str]:
    """The proper names of somebody."""
    return {
        text.low[i]
        for i in range(one.start, one.end)
        if is_name(text, i) and text.low[i] not in DETERMINER and not one_person(text.low[i])
    }


def _told(text: Text, taken: set[int]) -> Iterator[Implied]:
    seen: set[tuple[int, str]] = set()
    for anchor in dict.fromkeys((*text.anchor_at.values(), *shots(text))):
        for told in (*_subject(text, anchor), *_objects(text, anchor)):
            clear = not any(i in taken for i in range(told.start, told.end))
            found = _by_whom(text, _outcome(text, told, anchor))
            key = (found.start, found.reading.kind)
            if key not in seen and clear and found.reading.kind in _KINDS:
                seen.add(key)
                yield found


def _outcome(text: Text, told: Implied, anchor: Anchor) -> Implied:
    """Who was hurt and soon is told to be dead counts as dead, where the death is told."""
    hurt = told.reading.kind == "injured"
    death = death_of(text, told.start, told.end, anchor) if hurt else None
    if death is None:
        return told
    start, end = death.subject or (told.start, told.end)
    return Implied(
        start, end, told.several, told.reading._replace(kind="killed", anchor=death.anchor)
    )


def _by_whom(text: Text, found: Implied) -> Implied:
    """Whom rebels detain is abducted."""
    reading = found.reading
    if reading.kind != "arrested" or not abducts(text, reading):
        return found
    return found._replace(reading=reading._replace(kind="abducted"))


def _subject(text: Text, anchor: Anchor) -> Iterator[Implied]:
    sense = anchor.sense("participle", "happens", "state") or _shot(text, anchor)
    if sense is None or _doubtful(text, anchor):
        return
    i, helped = _over_helpers(text, anchor.start - 1)
    if sense.use != "happens" and not (
        _suffers(text, anchor, i) if helped else _headline(text, anchor, i) or left(text, i)
    ):
        return
    if text.at(i) in ("who", "that"):
        i -= 1
    if text.at(i) == "and":
        return  # "shot by a gunman and died": not the gunman
    i = before_age(text, i)
    if text.at(i) in (",", ")") and helped:
        i = _over_bracket(text, i)
    strength = 0.8 if helped or sense.use == "happens" else 0.6
    several = not _SEVERAL.isdisjoint(text.low[i + 1 : anchor.start])
    for found in _phrase_ending(text, i, Reading(sense.kind, "implicit-subject", strength, anchor)):
        scene = sense.use == "weak" or text.low[anchor.end - 1] in ("wound", "wounds")
        if scene and not _new(text, found):
            continue
        if not several or found.several or "and" in text.low[max(0, found.start - _LIST) : i + 1]:
            yield found


def _shot(text: Text, anchor: Anchor) -> Sense | None:
    """The shooting or stabbing of somebody; "shot at" hurts nobody."""
    if text.low[anchor.start] not in ("shot", "stabbed"):
        return None
    missed = text.at(anchor.end) == "at" and text.at(anchor.end + 1) in ("by", ".", ",", "")
    return None if missed else anchor.sense("weak")


def _new(text: Text, found: Implied) -> bool:
    """Whether the person is told of for the first time: "the victim was shot" says nothing new."""
    word = text.low[found.start]
    known = word in DETERMINER - _ONE - _THEIRS or word in ("he", "she")
    return not known and text.low[found.end - 1] != "victim"


_THEIRS = frozenset(("his", "her", "their", "its"))


_SEVERAL = frozenset(("were", "are", "have"))
"""Auxiliaries of a plural: one person alone is not their subject."""
_LIST = 12
_MORE = frozenset(("additional", "further", "these", "those", "both", "all", "some"))
"""Determiners of several: "the wounding of additional American and Iraqi soldiers"."""


_DOUBTFUL = words("doubtful")


def _doubtful(text: Text, anchor: Anchor) -> bool:
    """Words that say too little: a seat is held, feelings hurt, people "either dead or missing"."""
    return text.low[anchor.start] in _DOUBTFUL or text.at(anchor.start - 1) == "either"


def _headline(text: Text, anchor: Anchor, i: int) -> bool:
    """As in "Man killed in blast": no auxiliary, at the start of a sentence, no object behind."""
    if object_follows(text, anchor.end) or not text.same(i, anchor.start):
        return False
    following = text.at(anchor.end) if text.same(anchor.start, anchor.end) else ""
    shot_at = text.low[anchor.start] == "shot" and following in _AIMED
    return _opens(text, i) and (following in PREPOSITION or following in _ENDS) and not shot_at


_ENDS = frozenset(("", ",", ".", ";", "while", "when"))
_AIMED = frozenset(("at", "to", "into", "through", "from", "for", "toward", "towards"))
"""What follows "shot" where somebody did it: "man shot at police", "teacher shot to fame"."""
_OPENING = 6


def _opens(text: Text, i: int) -> bool:
    """Whether ``i`` is one of the first words of its sentence, or of a headline's second half."""
    before = text.low[max(0, i - _OPENING) : i]
    return i < _OPENING or not text.same(i - _OPENING, i) or ";" in before


def _over_helpers(text: Text, i: int) -> tuple[int, bool]:
    start, helped = i, False
    while (
        i >= 0
        and start - i < 7
        and (text.low[i] in AUX or text.low[i] in BELIEVE or is_adverb(text.low[i]))
    ):
        helped = helped or text.low[i] in AUX
        i -= 1
    if helped or text.at(i) != "and":
        return i, helped
    j = i - 2  # "was shot and killed"
    while j >= 0 and i - j < 5 and is_adverb(text.low[j]):
        j -= 1
    if text.at(j) not in _WERE:
        return i, helped
    return _over_helpers(text, j - 1)[0], True


_WERE = frozenset(("was", "were", "been"))


def _suffers(text: Text, anchor: Anchor, before: int) -> bool:
    """Whether the verb is a passive, maybe the second of two: "was ambushed and kidnapped".

    ``before`` is the word before the auxiliaries.
    """
    i = anchor.start - 1
    while is_adverb(text.at(i)) or text.at(i) in ("then", "later", "also"):
        i -= 1
    object_ = text.at(anchor.end) in DETERMINER or anchor.end in text.mention_at
    joined = text.at(i) == "and" and not object_
    return passive(text, anchor.start) or (
        joined and not _WERE.isdisjoint(text.low[before + 1 : i])
    )


def _over_bracket(text: Text, i: int) -> int:
    for j in range(i - 1, max(-1, i - 14), -1):
        if text.low[j] in (",", "("):
            return j - 1
    return i


def _phrase_ending(text: Text, end: int, reading: Reading) -> Iterator[Implied]:
    """The noun phrase whose last word is ``end``; also the partner before "and"."""
    if end < 0 or not text.same(end, _place(reading)):
        return
    if text.low[end] in ("he", "she"):
        if not _natural(text, reading):
            yield Implied(end, end + 1, False, reading)
        return
    for j in range(end, max(-1, end - 14), -1):
        word = text.low[j]
        if not text.same(j, end):
            break
        counted = j in text.mention_at and not is_age(text, j)
        if counted or (word in _MORE and j - 1 in text.mention_at):
            yield from _before_and(text, j, reading)
            return
        if word in DETERMINER and word not in ("other", "its", "their", "these", "those", "no"):
            yield from _person_from(text, j, end, reading)
            return
        if word in _EMPLOYED and text.at(j + 1) in PREPOSITION:
            yield from _phrase_ending(text, j - 1, reading)
            return
        if word in VERBS or word in AUX or word in (",", ";", ":", "."):
            break
    yield from _undetermined(text, end, reading)


def _undetermined(text: Text, end: int, reading: Reading) -> Iterator[Implied]:
    """A name, a bare plural, or a headline's bare noun that ends at ``end``."""
    if named(text, end) and not _natural(text, reading):
        yield Implied(name_start(text, end), end + 1, False, reading)
    elif bare_plural(text, end) and reading.strength > 0.7:
        yield Implied(end, end + 1, True, reading)
    elif _bare_one(text, end):
        yield Implied(end, end + 1, False, reading)


def _natural(text: Text, reading: Reading) -> bool:
    """Whether somebody only "died": of what, no word says."""
    anchor = reading.anchor
    if anchor is None or text.low[anchor.start] not in _DYING:
        return False
    return not violent(text, anchor)


def _person_from(text: Text, start: int, end: int, reading: Reading) -> Iterator[Implied]:
    """Who is named from a determiner on, or, where that says whose they are, before it."""
    found = _with_determiner(text, start, end + 1, reading)
    if found is None:
        if end - start < _SHORT and text.at(start - 1) in _BELONGS:
            yield from _phrase_ending(text, start - 2, reading)
    elif _of_a_thing(text, start):
        yield from _phrase_ending(text, start - 2, reading)
    else:
        yield found
        yield from _before_and(text, start, reading)


def _of_a_thing(text: Text, i: int) -> bool:
    """Whether the person only says whose it is: "the car |of a minister| was seized"."""
    if text.at(i - 1) not in ("of", "about"):
        return False
    noun = text.at(i - 2)
    person = one_person(noun) or noun in _REMAINS or named(text, i - 2)
    return noun.isalpha() and not person


_REMAINS = frozenset(("body", "corpse", "one", "head", "killing", "murder", "death"))
_BELONGS = frozenset(("of", "for", "from", "with", "at", "in", "by"))
"""As in "a driver |for| an agency", "the director |of| a school"."""
_EMPLOYED = frozenset(
    ("working", "employed", "hired", "contracted", "volunteering", "serving", "travelling",
     "traveling", "living", "based", "accused", "suspected", "linked")
)  # fmt: skip
_SHORT = 8
"""Words of the phrase that says where somebody belongs."""
_DYING = frozenset(("died", "dies", "die", "dead", "passed"))


def _before_and(text: Text, i: int, reading: Reading) -> Iterator[Implied]:
    """The partner of what begins at ``i``: "|the mayor| and nine others"."""
    if text.at(i - 1) == "and" and text.same(i - 1, _place(reading)):
        yield from _phrase_ending(text, before_age(text, i - 2), reading)


def _bare_one(text: Text, i: int) -> bool:
    """As in the headlines "Man killed in blast", "Boy, 7, dies", "16-year-old dies"."""
    one = ends_age(text, i) or (one_person(text.low[i]) and i not in text.anchor_at)
    return one and _opens(text, i) and text.at(i - 1) not in ("of", "no", "by")


def _place(reading: Reading) -> int:
    assert reading.anchor is not None
    return reading.anchor.start


def _with_determiner(text: Text, start: int, end: int, reading: Reading) -> Implied | None:
    """As in "a soldier", "the deputy mayor of the town", "his two-year-old son", "another"."""
    after = text.at(start + 1)
    alone = end <= start + 1 or after in CLOSED - PRONOUN or not after[:1].isalnum()
    if text.low[start] == "another" and alone and after != "of":
        return Implied(start, start + 1, False, reading)
    if start - 1 in text.mention_at:  # "one additional soldier"
        return None
    for k in range(start + 1, min(end, start + 9)):
        word = text.low[k]
        if word in CLOSED or word in (",", "("):
            break
        following = text.at(k + 1)
        heads = (
            k + 1 >= end
            or following in CLOSED
            or not following[:1].isalnum()
            or is_name(text, k + 1)
        )
        of_body = word == "head" and following == "of"
        if heads and (one_person(word) or of_body or ends_age(text, k)):
            return Implied(start, k + 1, text.low[start] in _MORE, reading)
    return None


def _objects(text: Text, anchor: Anchor) -> Iterator[Implied]:
    sense = anchor.sense("active", "participle")
    noun = anchor.sense("noun")
    if _doubtful(text, anchor):
        return
    i = anchor.end
    if does(text, anchor.start):
        yield from _shot_object(text, anchor)
        return
    if noun is not None and text.at(i) == "of":
        sense, i = noun, i + 1
    elif (
        sense is None
        or text.at(anchor.start - 1) in DETERMINER
        or (sense.use == "participle" and passive(text, anchor.start))
    ):
        return
    reading = Reading(sense.kind, "implicit-object", 0.75, anchor)
    place: int | None = i
    for _ in range(4):
        if place is None or not text.same(place, anchor.start):
            return
        if place in text.mention_at and not is_age(text, place):
            place = _next_in_list(text, text.mentions[text.mention_at[place]].end)
            continue
        found = _object_at(text, place, reading)
        if found is None:
            return
        yield found
        place = _next_in_list(text, found.end)


def _shot_object(text: Text, anchor: Anchor) -> Iterator[Implied]:
    """As in "shot a clerk", "shooting his wife", "shot himself in the foot"."""
    reading = Reading("injured", "implicit-object", 0.7, anchor)
    found = _object_at(text, anchor.end, reading)
    if found is None or found.several or text.text[anchor.end] in _CAPITAL:
        return
    word = text.low[found.start]
    if only_hurt(text, anchor) if word == "himself" else word not in _KNOWN and _new(text, found):
        yield found


_KNOWN = frozenset(("him", "her"))
_CAPITAL = frozenset(("A", "An", "The", "His", "Her"))
"""Begins a sentence whose full stop is lost: "5 Shot A man is dead"."""


def _object_at(text: Text, at: int, reading: Reading) -> Implied | None:
    i = after_age(text, at)
    if i >= len(text.low) or not text.same(i, _place(reading)) or i in text.mention_at:
        return None
    word = text.low[i]
    if word in ("him", "her", "himself") and text.at(i + 1) not in SINGLE:
        return Implied(i, i + 1, False, reading)
    if word in DETERMINER:
        return _with_determiner(text, i, min(i + 9, len(text.low)), reading)
    if is_name(text, i) or word in TITLES:
        j = i
        while is_name(text, j) or text.at(j) in TITLES:
            j += 1
        return Implied(i, j, False, reading) if named(text, j - 1) else None
    anchor = text.anchor_at.get(_place(reading))
    active = anchor is not None and anchor.sense("active") is not None
    return Implied(i, i + 1, True, reading) if active and bare_plural(text, i) else None


def _next_in_list(text: Text, i: int) -> int | None:
    j = i
    while j - i < 10 and j < len(text.low) and text.low[j] not in (",", "and"):
        if text.low[j] in AUX or text.low[j] in VERBS or j in text.anchor_at:
            return None
        j += 1
    while text.at(j) in (",", "and"):
        j += 1
    return j if text.at(j) in _ONE or text.at(j) in ("his", "her") else None
