"""What surrounds a name: prepositions, titles, words for a kind of place, the person it may be."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from wirewatch.extraction.places.names import HYPHENS, LONGEST, Named, Words
from wirewatch.extraction.places.roads import ROADS, of_road
from wirewatch.extraction.places.words import section

LOCATIVE = section("locative")
"""Prepositions after which a name is a place."""
MAYBE_LOCATIVE = section("maybe locative")
PLACING = section("placing")
TRUSTING = section("trusting")
REFUGE = frozenset({"refugee", "refugees"})
SPEAKING = section("speaking")
KINDS = section("kinds")
REGION_KINDS = section("region kinds")
TREATIES = section("treaties")
KIND_OF = section("kind of")
DIRECTIONS = section("directions")
TITLES = section("titles")
BUILDINGS = section("buildings")
AUTHORITIES = section("authorities")
BEFORE_NATURE = section("before nature")
AFTER_NATURE = section("after nature")
STORMS = section("storms")
RATHER_REGIONS = section("rather regions")
BEARERS = section("bearers")
INTRODUCES = section("introduces")
GIVEN_NAMES = section("given names")
JOINING_ROADS = section("joining roads")
_BESIDE = KINDS | DIRECTIONS | KIND_OF | BUILDINGS | AUTHORITIES | ROADS | section("beside names")
"""What may stand beside a name in the entity of a place without being a part of it."""
OLDEST = 110
"""Years: what stands between commas after a name is an age up to here."""
PERSON_LABELS = frozenset({"PERSON", "PER"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
ORG_LABELS = frozenset({"ORG", "NORP"})


@dataclass(frozen=True, slots=True)
class Around:
    """What speaks for a name being a place, and against."""

    cue: bool
    """A preposition that only places follow, a kind of place, or a neighbour place says so."""
    weak_cue: bool
    person: bool
    """A title or a given name stands before it, or a surname after it."""
    label: str
    """The entity label of the name's last token; empty where there are no entities."""
    inside: bool
    """The name is a part of something longer that is no place, or a person's."""
    partial: bool
    """Entities see a longer name of a place: "Abeche" in "Khor Abeche"."""
    prefixed: bool
    """Entities see a word of the same name before it: "Health Centre"."""
    directed: bool
    """"northern", "upper" or the like stands before it."""
    within: str
    """The country of a sure place that "in" joins to the name: "Beit Hanoun in Gaza"."""
    placed: bool
    """"in" or "near" stands right before it, or another place and a comma or "and"."""
    shouting: bool = False
    """The text is all upper case: any word may be a name, and a person's."""


def look_around(
    words: Words, named: Named, doc: Doc, places: frozenset[int], within: str = ""
) -> Around:
    """Evidence around one name; ``places`` are tokens of names that are surely places.

    ``within``: the country of a place that "in" joins to the name.
    """
    before = _before(words, named.start)
    previous = words.keys[before] if before >= 0 else ""
    after = words.keys[named.end] if named.end < len(words.keys) else ""
    theirs = after in AUTHORITIES
    cue = previous in LOCATIVE or after in KINDS or theirs or _kind_of(words, before)
    cue = cue or _listed(words, named, places) or words.keys[named.end - 1] in REGION_KINDS
    label, inside = ("", False) if theirs else _entity(doc, named)
    return Around(
        cue=cue,
        weak_cue=previous in MAYBE_LOCATIVE,
        person=not words.shouting and _is_person(words, named, places, cue=cue),
        label=label,
        inside=inside
        or of_road(words, named)
        or _borne(words, named)
        or _alone(words, named)
        or _of_code(words, named, doc),
        partial=_partial(words, named, doc, places),
        prefixed=_prefixed(words, named, doc),
        directed=named.start > 0 and words.keys[named.start - 1] in DIRECTIONS,
        within=within,
        placed=_placed(words, named, doc),
        shouting=words.shouting,
    )


def _of_code(words: Words, named: Named, doc: Doc) -> bool:
    """Whether it is a part of a code in capitals: "SARS-CoV-2", not "KABUL - Gunmen"."""
    last = doc[named.end - 1]
    if words.shouting or not last.text.isupper() or last.whitespace_ or named.end + 1 >= len(doc):
        return False
    dash = doc[named.end]
    return dash.text == "-" and not dash.whitespace_ and doc[named.end + 1].text[:1].isupper()


def _placed(words: Words, named: Named, doc: Doc) -> bool:
    """Whether a place is likelier to stand so than a person: "in Kismayo", "in Morek, Aleppo".

    What entities call the name itself counts for nothing here.
    """
    before = named.start - 1
    after = words.texts[named.end] if named.end < len(words.texts) else ""
    acts = after in {"'s", "’s"} or after[:1].isupper() or after in SPEAKING
    if before < 1 or words.shouting or acts:
        return False
    if after in KINDS | REFUGE:
        return True
    if words.texts[before] in PLACING:
        return words.keys[before - 1] not in TRUSTING
    named_before = doc[before - 1].ent_type_ in PLACE_LABELS or words.keys[before - 1] in KINDS
    return words.texts[before] in {",", "and"} and named_before


def _partial(words: Words, named: Named, doc: Doc, places: frozenset[int]) -> bool:
    """Whether the entity of a place has more of a name than this: "Goz Beida", not "Goma City".

    What goes before is often a quarter ("Hai Rumbek"), what follows seldom. A road joins two names.
    """
    if doc[named.end - 1].ent_type_ not in PLACE_LABELS:
        return False
    begin, end = named.start, named.end
    least, most = max(begin - LONGEST, 0), min(end + LONGEST, len(doc))
    while begin > least and doc[begin].ent_iob_ == "I" and words.texts[begin - 1] != ",":
        begin -= 1
    while end < most and doc[end].ent_iob_ == "I" and words.texts[end] != ",":
        end += 1
    if {*words.keys[named.end : end + 1]} & JOINING_ROADS:
        return False
    ahead = any(_of_name(words, at) for at in range(named.end, end) if at not in places)
    joined = words.texts[named.start - 1] in HYPHENS and begin < named.start - 1
    return ahead or (joined and _of_name(words, named.start - 2))


def _prefixed(words: Words, named: Named, doc: Doc) -> bool:
    """Whether the entity of a place begins a word before the name, with no kind or direction."""
    inside = doc[named.start].ent_iob_ == "I" and doc[named.start].ent_type_ in PLACE_LABELS
    return inside and _of_name(words, named.start - 1)


def _of_name(words: Words, at: int) -> bool:
    """Whether a word is a part of a name, no kind of place, direction or abbreviation."""
    return words.capital[at] and not words.texts[at].isupper() and words.keys[at] not in _BESIDE


def _borne(words: Words, named: Named) -> bool:
    """Whether a paper, airline or club bears the name: "the Jakarta Post", "Iran Air".

    Upper-case text does not tell ("KABUL POST"), nor do titles: "Kabul Post Attacked",
    "Syria Air Strikes".
    """
    at = named.end
    if words.shouting or at >= len(words.texts) or not words.capital[at]:
        return False
    key = words.keys[at]
    if key == "peoples" or (key == "people" and words.texts[at + 1 : at + 2] in (["'s"], ["’s"])):
        return True  # "the Sudan People's Liberation Movement"
    carrier = key.startswith("air") and key != "air"  # more follows: "Kenya Airways Boeing"
    after = at + 1 < len(words.texts) and words.capital[at + 1] and words.keys[at + 1] != "flight"
    return key in BEARERS and (carrier or not after)


def _alone(words: Words, named: Named) -> bool:
    """Whether it is a person called by one name: "Paris, 34, was found", "a man named Jordan"."""
    if named.end - named.start > 1:
        return False
    before = words.keys[named.start - 1] if named.start else ""
    age = words.texts[named.end : named.end + 3]
    aged = len(age) == 3 and age[0] == age[2] == "," and age[1].isdecimal() and len(age[1]) < 4
    if aged and int(age[1]) <= OLDEST:
        return before not in LOCATIVE  # "in Spain, 12, mostly tourists, were hurt"
    return before in INTRODUCES and words.keys[named.start] in GIVEN_NAMES


def _before(words: Words, start: int) -> int:
    """Index of the word before a name, past "the" and directions: "in the northern …"."""
    index = start - 1
    while index >= 0 and (words.keys[index] in DIRECTIONS or words.keys[index] == "the" or
                          words.texts[index] == "-") and start - index <= 4:  # fmt: skip
        index -= 1
    return index


def _kind_of(words: Words, before: int) -> bool:
    """Whether "city of", "south of", "the town" stands before."""
    if before < 0:
        return False
    if words.keys[before] == "of":
        return before > 0 and words.keys[before - 1] in KIND_OF
    return words.keys[before] in {"city", "town", "village", "province", "district"}


def _listed(words: Words, named: Named, places: frozenset[int]) -> bool:
    """Whether a comma, slash or "and" joins the name to a sure place."""
    joined = {",", "and", "/", "-"}
    back = named.start > 1 and words.texts[named.start - 1] in joined and named.start - 2 in places
    ahead = named.end + 1 < len(words.texts) and words.texts[named.end] == ","
    return back or (ahead and named.end + 1 in places)


def _is_person(words: Words, named: Named, places: frozenset[int], *, cue: bool) -> bool:
    previous = named.start - 1
    if previous >= 0 and words.keys[previous] in TITLES:
        return True
    following = named.end
    name_after = (
        following < len(words.texts)
        and words.capital[following]
        and words.texts[following].isalpha()
        and not words.texts[following].isupper()
        and following not in places
        and words.keys[following] not in KINDS | BUILDINGS | AUTHORITIES
    )
    name_before = (
        previous >= 0
        and words.capital[previous]
        and words.texts[previous].isalpha()
        and not words.texts[previous].isupper()
        and previous not in places
        and words.keys[previous] not in DIRECTIONS | LOCATIVE | MAYBE_LOCATIVE | {"the", "new"}
        and not _starts_sentence(words, previous)
    )
    return name_before or (name_after and not cue)


def _starts_sentence(words: Words, index: int) -> bool:
    return index == 0 or not words.texts[index - 1][-1:].isalnum()


def _entity(doc: Doc, named: Named) -> tuple[str, bool]:
    """Entity label of the name, and whether it is only a part of an entity that is no place."""
    token = doc[named.end - 1]
    label = token.ent_type_
    if not label or label in PLACE_LABELS:
        return label, False
    begins = doc[named.start].ent_iob_ != "I"
    ends = named.end >= len(doc) or doc[named.end].ent_iob_ != "I"
    return label, not (begins and ends)
