"""Every count without a number in an article, each person once and by what became of them."""

from __future__ import annotations

from collections.abc import Iterator

from wirewatch.extraction.claims.captors import abducts
from wirewatch.extraction.claims.implicit.implied import Implied
from wirewatch.extraction.claims.implicit.objects import objects
from wirewatch.extraction.claims.implicit.subjects import subjects
from wirewatch.extraction.claims.outcome import death_of
from wirewatch.extraction.claims.persons import is_name, one_person
from wirewatch.extraction.claims.phrases import DETERMINER
from wirewatch.extraction.claims.shots import shots
from wirewatch.extraction.claims.text import Anchor, Text

_KINDS = frozenset(("killed", "injured", "arrested", "abducted", "missing"))


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
        for told in (*subjects(text, anchor), *objects(text, anchor)):
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
