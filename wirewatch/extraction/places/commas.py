"""What the region or country after a comma says of the name before it."""

from __future__ import annotations

from collections.abc import Mapping

from wirewatch.extraction.places.choose import Candidate, is_sure
from wirewatch.extraction.places.context import LOCATIVE, MAYBE_LOCATIVE
from wirewatch.extraction.places.gazetteer import COMMON, COUNTRY, DEMONYM, PERSON, REGION
from wirewatch.extraction.places.names import Words
from wirewatch.extraction.places.words import section

_BEFORE_COMMA = frozenset({"city", "town", "village"})
_QUARTERS = section("quarters")
_ENDS = frozenset(".;:)!?") | {"\n", "\n\n"}


def comma_after(words: Words, each: Candidate) -> int | None:
    """Where the comma after a name stands, or after "Goma city"."""
    at = each.named.end
    at += at < len(words.keys) and words.keys[at] in _BEFORE_COMMA
    return at if words.texts[at : at + 1] == [","] else None


def lies_elsewhere(words: Words, each: Candidate, by_start: Mapping[int, Candidate]) -> bool:
    """Whether the region or country after a comma has no place of the name: "in Ariha, Idlib".

    Not in a list ("in Basel, Germany and France") nor before a clause ("In Basel, Germany won").
    """
    if _quarter(words, each, by_start):
        return True
    comma = comma_after(words, each)
    following = by_start.get(comma + 1) if comma is not None else None
    if is_sure(each):
        return False
    if following is None or not each.named.start or words.texts[each.named.start - 1] == "In":
        return False
    top, end = following.top, following.named.end
    whole = top.kind in {COUNTRY, REGION} and not top.flags & (DEMONYM | COMMON | PERSON)
    apart = end >= len(words.texts) or words.texts[end] in _ENDS
    apart = apart or words.keys[end] in MAYBE_LOCATIVE | LOCATIVE
    countries = {entry.country for entry in following.entries}
    return whole and apart and not any(own.country in countries for own in each.entries)


def _quarter(words: Words, each: Candidate, by_start: Mapping[int, Candidate]) -> bool:
    """Whether it is a part of a town elsewhere: "the Songo quarter of Uvira", "Lido beach in …"."""
    at = each.named.end
    following = by_start.get(at + 2)
    if (
        following is None
        or words.keys[at] not in _QUARTERS
        or words.keys[at + 1] not in {"of", "in"}
    ):
        return False
    countries = {entry.country for entry in following.entries}
    return is_sure(following) and not any(own.country in countries for own in each.entries)
