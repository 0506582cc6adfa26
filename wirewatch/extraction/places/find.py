"""All places of a text, resolved: ``find_places``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from wirewatch.extraction.annotations import PlaceMention
from wirewatch.extraction.places.choose import Candidate, candidate, choose, is_sure, setting
from wirewatch.extraction.places.commas import comma_after, lies_elsewhere
from wirewatch.extraction.places.context import (
    AFTER_NATURE,
    BEFORE_NATURE,
    DIRECTIONS,
    LOCATIVE,
    REGION_KINDS,
    STORMS,
    look_around,
)  # fmt: skip
from wirewatch.extraction.places.doubt import meant, speaking
from wirewatch.extraction.places.gazetteer import (
    ABBREVIATION,
    CITY,
    COUNTRY,
    DEMONYM,
    NOWHERE,
    REGION,
    Entry,
    Gazetteer,
    load,
)  # fmt: skip
from wirewatch.extraction.places.names import Words, find_names, read_words
from wirewatch.extraction.places.signs import american
from wirewatch.extraction.words import words as words_of
from wirewatch.model import Place, PlacePrecision
from wirewatch.safety import one_line


def find_places(doc: Doc, gazetteer: Gazetteer | None = None) -> tuple[PlaceMention, ...]:
    """The places named in ``doc``, in order, not overlapping.

    Uses entities where ``doc`` has them and works without. Linear time; never raises.
    """
    gazetteer = gazetteer or load()
    words = read_words(words_of(doc).texts)
    named = [candidate(each, words, gazetteer) for each in find_names(words, gazetteer)]
    candidates = list(meant(words, named))
    mentions = list(_chosen(doc, words, candidates))
    return tuple(
        sorted(
            [*mentions, *_capitals(doc, words, mentions, gazetteer)], key=lambda each: each.start
        )
    )


def _chosen(doc: Doc, words: Words, candidates: Sequence[Candidate]) -> Iterator[PlaceMention]:
    where = setting(speaking(words, candidates), american(words))
    sure = frozenset(
        index
        for each in candidates
        if is_sure(each)
        for index in range(each.named.start, each.named.end)
    )
    by_start = {each.named.start: each for each in candidates}
    hints = {each.named.start: _hint(words, each, by_start) for each in candidates}
    elsewhere = {each.key: hint for each in candidates if (hint := hints[each.named.start])}
    hinted: dict[int, Entry] = {}
    storms = frozenset(each.key for each in candidates if _of_storm(words, each))
    for each in candidates:
        hint = hints[each.named.start]
        after = words.keys[each.named.end] if each.named.end < len(words.keys) else ""
        around = look_around(words, each.named, doc, sure, _within(words, each, by_start))
        entry = hinted.get(each.named.start) or choose(
            each, around, where, hint or elsewhere.get(each.key), after
        )
        following = by_start.get(each.named.end + 1)
        if hint is not None and following is not None and each.top.kind == COUNTRY:
            hinted[following.named.start] = hint
        if entry is None or (entry.kind != COUNTRY and _of_nature(words, each, storms)):
            continue
        if hint is None and lies_elsewhere(words, each, by_start):
            continue
        if hint is not None and following is not None and hint in following.entries:
            hinted[following.named.start] = hint
        yield _mention(doc, words, each, entry)


def _within(words: Words, each: Candidate, by_start: dict[int, Candidate]) -> str:
    """The country of the sure place that "in" joins: "Beit Hanoun in Gaza"; empty if none."""
    at = each.named.end
    if at >= len(words.keys) or words.keys[at] != "in":
        return ""
    following = by_start.get(at + 1) or by_start.get(at + 2)
    return following.top.country if following is not None and is_sure(following) else ""


def _of_storm(words: Words, each: Candidate) -> bool:
    """Whether a storm is called so here: "typhoon Sarika", "Tropical Storm Erin"."""
    last = words.keys[max(0, each.named.start - 2) : each.named.start]
    return last[-1:] != [] and (last[-1] in STORMS or tuple(last) == ("tropical", "storm"))


def _of_nature(words: Words, each: Candidate, storms: frozenset[str]) -> bool:
    """A lake, mountain, river or storm bears the name, not the town: "Lake Victoria".

    A storm's name is its own in all the article, but after "in": "Erin hit towns in Erin".
    """
    before = words.keys[each.named.start - 1] if each.named.start else ""
    if each.key in storms and before not in LOCATIVE:
        return True
    after = words.keys[each.named.end] if each.named.end < len(words.keys) else ""
    capital = words.texts[each.named.end][:1].isupper() if after else False
    return before in BEFORE_NATURE or (after in AFTER_NATURE and capital)


def _hint(words: Words, each: Candidate, by_start: dict[int, Candidate]) -> Entry | None:
    """The country or state after a comma, if the name can lie in it: "Paris, Texas", "… TX"."""
    comma = comma_after(words, each)
    if each.top.kind == NOWHERE or comma is None:
        return None
    following = by_start.get(comma + 1)
    if each.top.kind == COUNTRY:
        return _state(following)
    if following is None or (following.named.end == comma + 2 and len(words.texts[comma + 1]) == 2):
        return _postal(words, each, comma + 1)
    for entry in sorted(following.entries, key=lambda own: own.country != each.top.country):
        inside = entry.kind == COUNTRY and not entry.flags & DEMONYM
        state = entry.kind == REGION and entry.country == "US"
        own_country = entry.country in {each.top.country, following.top.country}
        abroad = entry.kind == REGION and own_country and not state
        if (
            (inside and any(own.country == entry.country for own in each.entries))
            or (
                state
                and any(own.admin == entry.admin and own.kind != REGION for own in each.entries)
            )
            or (abroad and _twin(each, entry.country))
        ):
            return entry
    return None


def _twin(each: Candidate, country: str) -> bool:
    """Whether a town of a country that is not the greatest bearer's has the name, too."""
    return any(own.kind == CITY and own.country == country for own in each.entries)


def _state(following: Candidate | None) -> Entry | None:
    """The state that makes a country's name a town's: "Lebanon, Tenn."."""
    short = following is not None and following.top.flags & ABBREVIATION
    return following.top if following is not None and short else None


def _postal(words: Words, each: Candidate, at: int) -> Entry | None:
    """The state of a postal code, but for upper-case text, where IN, OR and ME are words."""
    code = words.texts[at] if at < len(words.texts) and not words.shouting else ""
    if len(code) != 2 or not code.isupper():
        return None
    inside = (own for own in each.entries if own.country == "US" and own.admin == code)
    town = next(inside, None)
    return None if town is None else replace(town, kind=REGION)


def _mention(doc: Doc, words: Words, each: Candidate, entry: Entry) -> PlaceMention:
    """A mention with the direction before the name and the kind of place after it."""
    start, end = each.named.start, each.named.end
    demonym = entry.kind == COUNTRY and bool(entry.flags & DEMONYM)
    precision = _precision(entry)
    if not demonym:
        begin = _direction(words, start)
        if begin < start and precision != "city":
            precision = "region"
        start = begin
        if end < len(words.keys) and words.keys[end] in REGION_KINDS and entry.kind != COUNTRY:
            precision = "region"
            end += 1
    return PlaceMention(start, end, _place(doc, start, end, entry, precision), demonym=demonym)


def _direction(words: Words, start: int) -> int:
    """Where the name begins with its direction: "northern Iraq", "south-eastern Turkey"."""
    begin = start
    if begin > 0 and words.keys[begin - 1] in DIRECTIONS:
        begin -= 1
        if begin > 1 and words.texts[begin - 1] == "-" and words.keys[begin - 2] in DIRECTIONS:
            begin -= 2
    return begin


def _precision(entry: Entry) -> PlacePrecision:
    if entry.kind == COUNTRY:
        return "country"
    return "city" if entry.kind == CITY else "region"


def _place(doc: Doc, start: int, end: int, entry: Entry, precision: PlacePrecision) -> Place:
    return Place(
        text=one_line(doc[start:end].text, 120),
        name=entry.name,
        country=entry.country,
        lat=entry.lat,
        lon=entry.lon,
        geonameid=entry.geonameid,
        precision=precision,
    )


def _capitals(
    doc: Doc, words: Words, mentions: Sequence[PlaceMention], gazetteer: Gazetteer
) -> Iterator[PlaceMention]:
    """Read "the Afghan capital" as the city, unless the city's own name stands beside it."""
    taken = {index for mention in mentions for index in range(mention.start, mention.end)}
    for mention in mentions:
        at = mention.end + (
            mention.end < len(words.keys) and words.texts[mention.end] in {"'s", "’s"}
        )
        if (
            mention.place.precision != "country"
            or at >= len(words.keys)
            or words.keys[at] != "capital"
        ):
            continue
        entry = gazetteer.capital(mention.place.country or "")
        beside = {at + 1, at + 2} & taken
        if entry is not None and not beside:
            yield PlaceMention(at, at + 1, _place(doc, at, at + 1, entry, "city"))
