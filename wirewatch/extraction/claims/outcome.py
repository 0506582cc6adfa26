"""What became of somebody: who was shot and then died is dead, not hurt besides."""

from __future__ import annotations

from typing import NamedTuple

from wirewatch.extraction.claims.aged import before_age
from wirewatch.extraction.claims.phrases import (
    AUX,
    BELIEVE,
    CLOSED,
    DETERMINER,
    PEOPLE,
    VERBS,
    is_adverb,
    object_follows,
)
from wirewatch.extraction.claims.text import Anchor, Text

_SENTENCES = 3
"""Sentences after that of the injury in which the death is looked for."""
_FAR = 120
_WOUNDS = frozenset(("wound", "wounds", "injury", "injuries", "burns"))
_NEAR, _PHRASE = 6, 7
_SHE = frozenset(("woman", "girl", "mother", "wife", "daughter", "sister", "grandmother", "aunt"))
_HE = frozenset(("man", "boy", "father", "husband", "son", "brother", "grandfather", "uncle"))
_ANYBODY = _SHE | _HE | {
    "victim", "teen", "teenager", "child", "toddler", "baby", "infant", "youth", "person", "old",
    "student",
}  # fmt: skip
_OTHERS = _ANYBODY | {"another", "others", "relative", "friend", "neighbor", "neighbour"}
_JOINT = frozenset(("and", ",", "later", "then", "but"))


class Death(NamedTuple):
    """The word that tells a death, and the words of whom (None: no words of its own)."""

    anchor: Anchor
    subject: tuple[int, int] | None


def violent(text: Text, death: Anchor) -> bool:
    """Whether "died" and "dead" tell of violence: "died of his wounds", "was pronounced dead"."""
    if text.at(death.start - 1) in ("pronounced", "declared"):
        return True
    after = text.low[death.end : death.end + _NEAR]
    if after[:3] == ["at", "the", "scene"]:
        return True
    return after[:1] in (["from"], ["of"]) and not _WOUNDS.isdisjoint(after)


def death_of(text: Text, start: int, end: int, hurt: Anchor) -> Death | None:
    """The death, told soon after, of the person at words ``start`` to ``end`` who was hurt."""
    names = set(text.low[start:end])
    for k in range(hurt.end, min(len(text.low), hurt.end + _FAR)):
        if text.sentence[k] - text.sentence[hurt.start] > _SENTENCES:
            return None
        death = text.anchor_at.get(k)
        if death is None or death.start != k:
            continue
        sense = death.sense("happens", "state", "participle", "active")
        if sense is None or sense.kind != "killed":
            continue
        if text.same(hurt.start, k) and text.at(death.end) in ("him", "her"):
            return Death(death, None)
        if sense.use != "active" and not object_follows(text, death.end):
            i = _subject(text, hurt, death)
            if _same(text, names, hurt, i):
                own = None if text.same(hurt.start, i) else (_phrase_start(text, i), i + 1)
                return Death(death, own)
    return None


def _subject(text: Text, hurt: Anchor, death: Anchor) -> int:
    i = death.start - 1
    while i > hurt.end and (text.low[i] in AUX or text.low[i] in BELIEVE or is_adverb(text.low[i])):
        i -= 1
    return before_age(text, i)


def _same(text: Text, names: set[str], hurt: Anchor, i: int) -> bool:
    """Whether the one who dies, whose name ends at ``i``, is the one who was hurt."""
    word = text.low[i]
    if word in ("he", "she"):
        return names.isdisjoint(_SHE if word == "he" else _HE)
    if word == "who" or i < hurt.end:
        return text.same(hurt.start, i) or i < hurt.end
    if word in _JOINT or _relative(text, hurt, i):
        return text.same(hurt.start, i) and not _others(text, hurt.end, i)
    if text.text[i][:1].isupper() and text.low[i] in names:
        return True
    return word in _ANYBODY and _definite(text, i) and (word in names or _fits(word, names))


def _relative(text: Text, hurt: Anchor, i: int) -> bool:
    """As in "a boy who was shot at a party has died": the sentence goes on with the boy."""
    opened = "who" in text.low[max(0, hurt.start - 4) : hurt.start]
    plain = VERBS.isdisjoint(text.low[hurt.end : i + 1])
    return opened and plain and text.at(i + 1) in ("has", "had")


def _others(text: Text, start: int, end: int) -> bool:
    """Whether somebody else is brought in between: "was shot and another man died"."""
    counts = any(
        k in text.mention_at and text.mentions[text.mention_at[k]].figure.not_people is None
        for k in range(start, end)
    )
    return counts or any(
        (text.low[k] + "s" in PEOPLE or text.low[k] in _OTHERS or k in text.persons)
        and "by" not in text.low[max(start, k - 4) : k]
        for k in range(start, end)
    )


def _definite(text: Text, i: int) -> bool:
    return _phrase_start(text, i) < i


def _phrase_start(text: Text, i: int) -> int:
    """The "the" of "the victim"; else the word itself."""
    k = i - 1 if text.low[i] in _ANYBODY else -1
    while i - k < _PHRASE and text.same(k, i) and text.low[k] not in VERBS | CLOSED | DETERMINER:
        k -= 1
    return k if text.at(k) == "the" and text.same(k, i) else i


def _fits(word: str, names: set[str]) -> bool:
    """Whether "the victim" or "the boy" may be the one named before."""
    if word in _SHE:
        return names.isdisjoint(_HE)
    return names.isdisjoint(_SHE) if word in _HE else True
