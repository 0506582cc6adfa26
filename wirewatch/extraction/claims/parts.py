"""Which figures are parts of another, where their sum or the words between them settle it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from wirewatch.extraction.claims.groups import subset_between
from wirewatch.extraction.claims.phrases import AUX, RELATIVE, VERBS, noun_phrase_end
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Mention, Text

_OPENS = frozenset((":", ",", "(", "-", "–", "—", "--", "with"))
_GOES_ON = frozenset((",", ";", "and", "&"))
_ROUND = 1_000
"""From this size on figures are rounded, and so is their sum."""
_SLACK = 0.05
_MOST = 8
"""Parts of a list that are added up."""
_FAMILIES = frozenset(("families", "households", "homes", "houses", "hhs", "couples"))


def given_out(text: Text, found: Sequence[Reading | None]) -> list[Reading | None]:
    """The readings, with those of a list that adds up to the whole before it.

    As in "killed 47 people: 33 in the north, nine on the coast and five at sea".
    """
    kept = list(found)
    for whole, parts in _lists(text, found):
        given = found[whole]
        assert given is not None
        for part in parts:
            kept[part] = given._replace(pattern="part", strength=0.9, via=whole, subset=True)
    return kept


def settled(text: Text, found: Sequence[Reading | None]) -> dict[int, bool]:
    """Index of a figure to whether it is a part; figures of which nothing is sure are left out."""
    known = {part: True for _, parts in _lists(text, found) for part in parts}
    for before, index in pairwise(range(len(found))):
        if _same_people(text, text.mentions[before], text.mentions[index]):
            known[index] = False
        elif _goes_on(text, found, before, index, part=known.get(before, False)):
            known[index] = True
    return known


def _lists(text: Text, found: Sequence[Reading | None]) -> Iterator[tuple[int, list[int]]]:
    for index, reading in enumerate(found):
        if reading is None or reading.subset or not _counts(text.mentions[index]):
            continue
        parts = _adding_up(text, index)
        if parts and all(_fits(found[part], reading) for part in parts):
            yield index, parts


def _fits(own: Reading | None, given: Reading) -> bool:
    return own is None or own.kind == given.kind


def _counts(mention: Mention) -> bool:
    return mention.figure.not_people is None and mention.figure.value is not None


def _adding_up(text: Text, whole: int) -> list[int]:
    """The figures of the list behind the whole if their sum is the whole, else none."""
    wanted = text.mentions[whole].figure.value or 0
    total, parts = 0, list[int]()
    for index in range(whole + 1, min(whole + 1 + _MOST, len(text.mentions))):
        mention = text.mentions[index]
        link = text.at(mention.start - 1)
        if not text.same(mention.head, text.mentions[whole].head) or not _counts(mention):
            return []
        if link not in (_GOES_ON if parts else _OPENS):
            return []
        parts.append(index)
        total += mention.figure.value or 0
        if len(parts) > 1 and _is_sum(total, wanted):
            return parts
        if total > wanted:
            return []
    return []


def _is_sum(total: int, wanted: int) -> bool:
    return total == wanted or (wanted >= _ROUND and abs(total - wanted) <= _SLACK * wanted)


def _goes_on(
    text: Text, found: Sequence[Reading | None], before: int, index: int, *, part: bool
) -> bool:
    """The rest of a list of parts: "including five women and |nine| children, were killed"."""
    former, own = found[before], found[index]
    if former is None or own is None or former.kind != own.kind:
        return False
    a, b = text.mentions[before], text.mentions[index]
    if not (part or _included(text, before)) or not text.same(a.head, b.head):
        return False
    if any(w in VERBS or w in AUX or w in RELATIVE for w in text.low[a.end : b.start]):
        return False
    if any(k in text.anchor_at for k in range(a.end, b.start)):
        return False
    link, further = text.at(b.start - 1), text.at(noun_phrase_end(text, b.end))
    joined = link == "and" and text.at(b.start - 2) != ","
    return joined or (link == "," and further in ("and", ","))


def _included(text: Text, index: int) -> bool:
    """Whether "including" leads to the figure from another before it in the sentence."""
    mention = text.mentions[index]
    first = text.mentions[index - 1] if index else None
    if first is None or not text.same(first.head, mention.head):
        return False
    return subset_between(text, first.end, mention.start)


def _same_people(text: Text, families: Mention, people: Mention) -> bool:
    """The same told anew by heads: "1,100 displaced families (5,500 people)"."""
    low, high = families.figure.value, people.figure.value
    if low is None or high is None or high <= low or not text.same(families.head, people.head):
        return False
    between = text.low[families.end : people.start]
    return between[-1:] in (["("], ["or"], ["/"]) and not _FAMILIES.isdisjoint(between)
