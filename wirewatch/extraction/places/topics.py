"""Places beside the event: what talks are about, what a crowd is against, who meets or decides."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from spacy.tokens import Doc

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.kinds import MEETINGS, MOVES
from wirewatch.extraction.triggers.lexicon import classes
from wirewatch.model import EventType

_SPOKEN: frozenset[EventType] = frozenset({"talks", "protest"})
_MATTER = wordset("on about over regarding concerning")
_AGAINST = wordset("over about against")
_DISCUSS = wordset("discuss discussed discussing discusses")
_MEETING = wordset(
    "talks negotiations discussions discussion consultations dialogue dialog meeting meetings "
    "summit conference conferred conversation"
)
_CROWD = wordset(
    "protest protests protested protesting demonstration demonstrations demonstrated "
    "demonstrating demonstrators protesters rally rallies rallied march marched"
)
_MEANT = wordset(
    "demanding demand support supporting denounce denounced denouncing condemn condemned "
    "condemning chanting chanted shouting shouted urging"
)
_SLOGANS = frozenset({"death", "down"})
_IN = wordset("in at near outside inside")
_AFFAIR = wordset(
    "situation conflict crisis war wars violence fighting unrest security peace stability "
    "elections election developments events standoff stalemate process democracy presence "
    "operations role genocide fight drought famine rebels militants"
)
"""What is said to be somewhere is the matter itself: "talks on the situation in Chad"."""
_VENUE = frozenset({("in",), ("at",)})
_GATHERED = wordset("meeting met meet gathered gathering talks summit conference")
_HEARD = wordset("reporters journalists conference interview statement speech")
_SENT = wordset("sent came come experts investigators inspectors officials delegates doctors")
_OWNED = wordset(
    "airstrike airstrikes strike strikes missile missiles drone drones warplane warplanes jets "
    "gunships embassy consulate"
)
_ARRIVED: dict[EventType, frozenset[str]] = {
    "abduction": wordset("arrived arrives landed flown flew returned"),
    "outbreak": wordset("laboratory laboratories lab labs"),
}
_ROADS = wordset("road way path door")
_RULERS = wordset("government regime administration authorities leadership")
_BACK = 6
_BREAKS = frozenset({";", ":", ".", "after", "when", "while", "before", "as", "but", "said", "who"})
_RELATIVE = frozenset({"that", "which", "whose", "to", "how"})
_REACH, _NEAR = 24, 4


def aside(doc: Doc, mention: PlaceMention, type_: EventType | None) -> bool:
    """Whether the words join the place to something else than an event of the type."""
    if type_ == "troop_withdrawal" and _on_the_road(doc, mention):
        return True
    if type_ in MOVES:
        return _of_meeting(doc, mention) or _of_base(doc, mention)
    if type_ not in MEETINGS and (_of_speech(doc, mention) or _by_name_only(doc, mention)):
        return True
    if type_ in _ARRIVED and _arrived_at(doc, mention, _ARRIVED[type_]):
        return True
    if type_ in MEETINGS and (_at_the_table(doc, mention) or _rules_there(doc, mention)):
        return True
    return type_ in _SPOKEN and _spoken_of(doc, mention, type_)


def _of_meeting(doc: Doc, mention: PlaceMention) -> bool:
    """Who decides on forces does so elsewhere: "ministers meeting in Brussels agreed to send"."""
    words = context(doc).words
    before = words[max(0, mention.start - 2) : mention.start]
    return before[-1:] in _VENUE and not _GATHERED.isdisjoint(before[:1])


def _on_the_road(doc: Doc, mention: PlaceMention) -> bool:
    """What lies open when forces leave: "a withdrawal would open the road to Palmyra"."""
    before = context(doc).words[max(0, mention.start - 2) : mention.start]
    return before[-1:] == ("to",) and not _ROADS.isdisjoint(before[:1])


def _of_base(doc: Doc, mention: PlaceMention) -> bool:
    """What a base is for: "to leave a base that supports troops in Afghanistan"."""
    words = context(doc).words
    first, _ = context(doc).span(mention.start)
    low = max(first + 1, mention.start - _REACH)
    return any(
        words[i] in {"that", "which"} and words[i - 1] in classes()["bases"]
        for i in range(low, mention.start)
    )


def _of_speech(doc: Doc, mention: PlaceMention) -> bool:
    """Where somebody spoke of it or came from: "told reporters in Nairobi", "experts from Bonn"."""
    words = context(doc).words
    before = words[max(0, mention.start - 2) : mention.start]
    if before[-1:] == ("from",):
        return not _SENT.isdisjoint(before[:1])
    return before[-1:] in _VENUE and not _HEARD.isdisjoint(before[:1])


def _by_name_only(doc: Doc, mention: PlaceMention) -> bool:
    """Whose weapons or envoys they are, where the article names other countries, too."""
    if not _is_nation(mention):
        return False
    near = context(doc).words[mention.end : mention.end + 3]
    owned = next((word for word in near if word in _OWNED), None)
    if owned is None or not set(near[: near.index(owned)]).isdisjoint(_IN):
        return False
    return any(p.place.country != mention.place.country for p in doc._.places)


def _arrived_at(doc: Doc, mention: PlaceMention, verbs: frozenset[str]) -> bool:
    """Where the freed came home to, or where the sick were tested, is not where it was."""
    first, _ = context(doc).span(mention.start)
    before = context(doc).words[max(first, mention.start - _BACK) : mention.start]
    return not verbs.isdisjoint(before) and not _IN.isdisjoint(before)


def _spoken_of(doc: Doc, mention: PlaceMention, type_: EventType) -> bool:
    """Whether the place belongs to the matter of talks or of a protest, not to where they are."""
    seen = context(doc)
    first, _ = seen.span(mention.start)
    words, inside = seen.words, False
    for i in range(mention.start - 1, max(first, mention.start - _REACH) - 1, -1):
        if words[i] in _BREAKS:
            return False
        if _leads(words, i, first, type_):
            return not inside
        # What happened in a place is the matter as a whole: "a report that … in Cuba".
        inside = (inside or _stands_in(words, i)) and words[i] not in _RELATIVE
    return False


def _stands_in(words: tuple[str, ...], i: int) -> bool:
    """Whether the word says where, and not only where the matter itself is."""
    return words[i] in _IN and _AFFAIR.isdisjoint(words[i - 2 : i])


def _leads(words: tuple[str, ...], i: int, first: int, type_: EventType) -> bool:
    """Whether the word opens the matter: "talks on", "discuss", "protest over", "chanting"."""
    before = words[max(first, i - _NEAR) : i]
    if type_ == "talks":
        return words[i] in _DISCUSS or (words[i] in _MATTER and not _MEETING.isdisjoint(before))
    if words[i] in _AGAINST:
        return not _CROWD.isdisjoint(words[first:i])
    slogan = words[i] == "to" and not _SLOGANS.isdisjoint(before[-1:])
    return slogan or (words[i] in _MEANT and not _CROWD.isdisjoint(words[first:i]))


def _at_the_table(doc: Doc, mention: PlaceMention) -> bool:
    """Whether the country is one of two that do something together: "Chad and Sudan signed"."""
    words = context(doc).words
    if not _is_nation(mention) or _named_where(words, mention):
        return False
    places: tuple[PlaceMention, ...] = doc._.places
    at = bisect_left(places, mention.start, key=lambda each: each.start)
    pairs = [*pairwise(places[max(0, at - 1) : at + 2])]
    return any(_are_two(one, other) and _joined(words, one, other) for one, other in pairs)


def _rules_there(doc: Doc, mention: PlaceMention) -> bool:
    """A capital that stands for who rules there: "together with the Kabul government"."""
    behind = context(doc).words[mention.end : mention.end + 1]
    return mention.place.precision == "city" and not _RULERS.isdisjoint(behind)


def _are_two(one: PlaceMention, other: PlaceMention) -> bool:
    different = one.place.country != other.place.country
    return different and _is_nation(one) and _is_nation(other)


def _is_nation(mention: PlaceMention) -> bool:
    return mention.demonym or mention.place.precision == "country"


def _named_where(words: tuple[str, ...], mention: PlaceMention) -> bool:
    """Whether it is led by a preposition of place: "in Chad and Sudan", "in both Chad and"."""
    return not _IN.isdisjoint(words[max(0, mention.start - _NEAR) : mention.start])


def _joined(words: tuple[str, ...], one: PlaceMention, other: PlaceMention) -> bool:
    """As in "Chad and the Sudan", not "in Chad, and Sudan"."""
    between = words[one.end : other.start]
    return between[:1] == ("and",) and set(between) <= {"and", "the"}
