"""Figures that share a word of harm: lists, parts of a whole, ellipses."""

from __future__ import annotations

from collections.abc import Sequence

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import (
    AUX,
    PREPOSITION,
    RELATIVE,
    VERBS,
    is_adverb,
    noun_phrase_end,
)
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.returned import let_go
from wirewatch.extraction.claims.text import Mention, Text

_LINK = words("link")
_SUBSET_WORDS = frozenset(
    ("including", "include", "includes", "included", "among", "whom", "comprising")
)
_OF_THE_WHOLE = frozenset(
    ("the", "those", "these", "at", "least", "some", "about", "nearly", "more", "than", "over")
)
_TOLL = frozenset(("toll", "tolls", "bringing", "brings", "brought", "raising"))
_TOLD, _LED = 20, 6
_REVISED = frozenset(("up", "down", "raised", "revised", "increased", "upwards", "higher"))
_TURNS = words("conjunction") - {"and", "or", "as"}
_LATER = frozenset((".", "others", "later", "elsewhere", "more", "there"))
_ENOUGH = 0.55
"""A figure whose own best reading is weaker takes its neighbour's."""


def share(text: Text, best: Sequence[Reading | None]) -> list[Reading | None]:
    """Hand readings on between linked figures, forwards and then backwards."""
    found = list(best)
    for index in range(1, len(found)):
        before = _previous(text, index)
        found[index] = _as_part(text, before, index, found)
        if before is not None and _weak(found[index]) and (given := found[before]):
            found[index] = _forward(text, before, index, given) or found[index]
    for index in range(len(found) - 2, -1, -1):
        after = index + 1
        given = found[after]
        if (
            _weak(found[index])
            and given is not None
            and text.mentions[index].figure.not_people is None
        ):
            found[index] = _backward(text, index, after, given) or found[index]
    return [
        r and r._replace(subset=r.subset or _in_brackets(text, i, found))
        for i, r in enumerate(found)
    ]


def _as_part(
    text: Text, before: int | None, index: int, found: Sequence[Reading | None]
) -> Reading | None:
    """A figure's own reading, as a part where "including" leads from one of the same kind to it."""
    own = found[index]
    whole = found[before] if before is not None else None
    if own is None or before is None or (whole is not None and whole.kind != own.kind):
        return own
    first, second = text.mentions[before], text.mentions[index]
    part = subset_between(text, first.end, second.start) or _opens_among(text, first, second)
    return own._replace(subset=True) if part else own


def _in_brackets(text: Text, index: int, found: Sequence[Reading | None]) -> bool:
    """Whether brackets part those told before: "19 (11 women, eight men) staff were killed"."""
    here = text.mentions[index]
    if text.at(here.end) in ("other", "others", "more", "further"):
        return False
    opens = here.start - 1
    while text.same(opens, here.start) and text.low[opens] != "(":
        if text.low[opens] == ")":
            return False
        opens -= 1
    if not text.same(opens, here.start):
        return False
    whole = next((k for k in range(index - 1, -1, -1) if text.mentions[k].end <= opens), None)
    if whole is None or not text.same(text.mentions[whole].head, here.head):
        return False
    own, told, value = found[index], found[whole], text.mentions[whole].figure.value
    same = told is not None and own is not None and told.kind == own.kind
    return same and value is not None and value >= (here.figure.low or 0)


def _opens_among(text: Text, whole: Mention, part: Mention) -> bool:
    """As in "Among the 26 killed were three children"."""
    i = whole.start - 1
    while i > 0 and text.low[i] in _OF_THE_WHOLE:
        i -= 1
    opens = text.at(i) == "among" and not text.same(i - 1, i)
    return opens and text.at(part.start - 1) in AUX


def _among_whole(text: Text, start: int, end: int) -> bool:
    """Whether the figure at ``end`` is the whole: "three children were among the 26 killed"."""
    near = text.low[max(start, end - _LED) : end]
    return "among" in near and _OF_THE_WHOLE.issuperset(near[near.index("among") + 1 :])


def _weak(reading: Reading | None) -> bool:
    return reading is None or reading.strength < _ENOUGH


def _previous(text: Text, index: int) -> int | None:
    """The nearest figure before it in the sentence that may count people."""
    here = text.mentions[index]
    if here.figure.not_people is not None:
        return None
    for k in range(index - 1, max(-1, index - 5), -1):
        if not text.same(text.mentions[k].head, here.head):
            return None
        if text.mentions[k].figure.not_people is None and text.mentions[k].end <= here.start:
            return k
    return None


def _forward(text: Text, before: int, index: int, given: Reading) -> Reading | None:
    a, b = text.mentions[before], text.mentions[index]
    between = text.low[a.end : b.start]
    following = text.low[b.end : b.end + 3]
    if given.pattern.startswith("toll") and text.at(b.start - 1) == "from":
        return given._replace(pattern="toll", strength=given.strength - 0.05, via=before)
    if text.at(b.start - 1) == "not" and text.at(b.start - 2) in (",", "and", "-", "–", "—"):
        return given._replace(pattern="denied", strength=0.7, via=before)
    if text.at(b.start - 1) in ("from", "from:") and text.at(b.start - 2) in _REVISED:
        return given._replace(pattern="revised-from", strength=given.strength * 0.9, via=before)
    if given.kind == "arrested" and let_go(text, b):
        return None
    opens = _of_whole(text, a.start) and text.at(b.end) in AUX
    if (
        opens
        or _opens_among(text, a, b)
        or subset_between(text, a.end, b.start)
        or following[:2] in (["of", "whom"], ["of", "them"])
    ):
        return given._replace(
            pattern="part", strength=min(given.strength, 0.75), via=before, subset=True
        )
    if len(between) > 16 or not between:
        return None
    if _listed(text, a.end, b.start) and between[-1] in _LINK:
        return given._replace(pattern="coordinated", strength=given.strength * 0.9, via=before)
    return _elliptic(text, before, index, given)


def _of_whole(text: Text, i: int) -> bool:
    """Whether a sentence opens with the whole: "Of the 50 people killed, 20 were soldiers"."""
    while i > 0 and text.at(i - 1) in ("the", "those", "these", "all", "its", "their"):
        i -= 1
    return text.at(i - 1) == "of" and not text.same(i - 2, i - 1)


def _elliptic(text: Text, before: int, index: int, given: Reading) -> Reading | None:
    """As in "Five were killed in one town and three in another", "seven hurt, three seriously"."""
    a, b = text.mentions[before], text.mentions[index]
    start = max(a.end, given.anchor.end if given.anchor else 0)
    if start >= b.start or text.low[b.start - 1] not in ("and", ",", ";", "while"):
        return None
    if _verb_between(text, start, b.start) or _anchor_between(text, start, b.start):
        return None
    following = text.at(b.end)
    if following not in words("weekday"):
        following = text.at(noun_phrase_end(text, b.end))
    if is_adverb(following):
        return given._replace(pattern="part", strength=0.7, via=before, subset=True)
    if following in PREPOSITION or following in words("weekday") or following in _LATER:
        return given._replace(pattern="elliptic", strength=0.62, via=before)
    return given._replace(pattern="elliptic", strength=0.45, via=before)


def subset_between(text: Text, start: int, end: int) -> bool:
    """Whether "including", "among them" leads from one figure to the next."""
    if _among_whole(text, start, end):
        return False
    near = text.low[max(start, end - _LED) : end]
    return any(word in _SUBSET_WORDS for word in near)


def among_whole(text: Text, mention: Mention) -> bool:
    """Whether the next figure is the whole that these are of: "three were among the 26 killed"."""
    for k in range(mention.end, mention.end + _LED):
        if k in text.mention_at:
            start = text.mentions[text.mention_at[k]].start
            return text.same(k, mention.head) and _among_whole(text, mention.end, start)
    return False


def added(text: Text, mention: Mention, reading: Reading) -> bool:
    """Those who come to a toll: "the toll rose to 146 after 14 more died"."""
    more = text.at(mention.end) == "more" or text.at(mention.start - 1) in ("another", "additional")
    if not more or reading.kind != "killed":
        return False
    near = range(max(0, mention.start - _TOLD), min(mention.end + _TOLD, len(text.low)))
    return any(text.low[i] in _TOLL for i in near if text.same(i, mention.head))


def _listed(text: Text, start: int, end: int) -> bool:
    phrase = noun_phrase_end(text, start)
    rest = [w for w in text.low[phrase:end] if w not in _LINK]
    return (
        phrase < end
        and not any(_breaks(w) for w in rest)
        and len(rest) <= 5
        and not _anchor_between(text, phrase, end)
    )


def _breaks(word: str) -> bool:
    return word in VERBS or word in AUX or word in RELATIVE or word in PREPOSITION or word in _TURNS


def _anchor_between(text: Text, start: int, end: int) -> bool:
    return any(k in text.anchor_at for k in range(start, end))


def _verb_between(text: Text, start: int, end: int) -> bool:
    return any(
        text.low[k] in VERBS or text.low[k] in AUX or text.low[k] in RELATIVE
        for k in range(start, end)
    )


def _backward(text: Text, index: int, after: int, given: Reading) -> Reading | None:
    """As in "150 soldiers and hundreds of rebels killed": the verb comes at the end."""
    if "subject" not in given.pattern and given.pattern not in ("coordinated", "counted-noun"):
        return None
    a, b = text.mentions[index], text.mentions[after]
    if not text.same(a.head, b.head) or a.end > b.start:
        return None
    if given.pattern == "counted-noun" and noun_phrase_end(text, a.end) > a.end:
        return None
    if not _listed(text, a.end, b.start):
        return _with_places(text, a.end, b.start, given, after)
    return given._replace(pattern="coordinated", strength=given.strength * 0.9, via=after)


def _with_places(text: Text, start: int, end: int, given: Reading, after: int) -> Reading | None:
    """As in "All 53 people on board and one on the ground were killed"."""
    between = text.low[start:end]
    if not between or between[-1] != "and" or len(between) > 8 or given.strength < 0.6:
        return None
    if _verb_between(text, start, end) or _anchor_between(text, start, end):
        return None
    if any(word in _TURNS for word in between):
        return None
    return given._replace(pattern="coordinated", strength=0.65, via=after)
