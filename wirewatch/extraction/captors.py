"""Who took the people: gunmen and rebels abduct, the police and an army arrest.

Works on any sequence of lower-case words. ``armed`` holds the places of words that name such a
party, where names are known ("held by the Northern Front").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset

CAPTORS = wordset(
    "gunmen gunman militants rebels kidnappers pirates insurgents guerrillas terrorists bandits "
    "hijackers abductors militiamen extremists attackers assailants raiders jihadists jihadis "
    "islamists clansmen tribesmen clan clans gang gangs gangsters herdsmen herders cultists "
    "mutineers separatists hostage-takers robbers traffickers militia militias captors"
)
LAWFUL = wordset(
    "police policemen authorities officials court courts judge judges government intelligence "
    "detectives investigators prosecutors customs immigration marshals coastguard coastguards "
    "officer officers agents security sheriff"
)
"""Lawful, whatever they are called besides: "armed police"."""
FORCES = wordset(
    "soldiers forces troops army coalition military marines commandos warship navy guards junta "
    "operatives gendarmes"
)
"""Lawful, unless a word such as "rebel" stands with them."""
_LAWLESS = wordset("rebel militant insurgent guerrilla separatist opposition jihadist extremist")
_BANDS = wordset("group groups faction factions men persons individuals elements fighters band")
_BANDED = _LAWLESS | wordset("armed masked unknown unidentified anti-government splinter criminal")
_ROLES = frozenset({"REB", "UAF", "CRM", "RAD"})
_TO_AGENT = 10
"""Words from the verb to "by": "detained on the road for seven days by"."""
_AGENT = 8
_SPELL = wordset("hour hours day days night nights week weeks month months year years")
_TURNS = wordset(
    "after following when while as over who which that and but or since before amid with despite "
    "because of , ; : ("
)
_ENDS = wordset(
    "in on at near from when while after before who which that during for to as and , ; : ( ."
)
_BESIDE = wordset("for of with against by to from hunting on near between among after")
_FAR = 30


def armed_parties(doc: Doc) -> frozenset[int]:
    """Tokens that name rebels, gangs and other unlawful forces, where actors are known."""
    words = context(doc).words
    return frozenset(
        i
        for mention in doc._.actors
        if mention.actor.role in _ROLES and "and" not in words[mention.start : mention.end]
        for i in range(mention.start, mention.end)
    )


def took(
    words: Sequence[str],
    verb: range,
    sentence: range,
    armed: Collection[int],
    counted: Collection[int] = (),
) -> bool:
    """Whether such a party is who did it, named before the verb: "gunmen seized 12".

    Those at places ``counted`` may be victims themselves, unless the verb follows directly.
    """
    for i in range(verb.start - 1, max(sentence.start, verb.start - _FAR) - 1, -1):
        if _is_captor(words, i, armed):
            beside = _BESIDE.intersection(words[max(sentence.start, i - 2) : i])
            if not beside and (i not in counted or i == verb.start - 1):
                return True
        elif (words[i] in LAWFUL or words[i] in FORCES) and not _worn(words, i):
            return False
    return False


def _worn(words: Sequence[str], i: int) -> bool:
    """Whether the word only says what somebody wears: "gunmen in |police| uniform"."""
    return i + 1 < len(words) and words[i + 1] in _DRESS


_DRESS = wordset("uniform uniforms fatigues dress gear clothes clothing vests disguise garb")


def _is_captor(words: Sequence[str], i: int, armed: Collection[int]) -> bool:
    before = set(words[max(0, i - 2) : i])
    if words[i] in LAWFUL:
        return False
    if words[i] in FORCES:
        return not _LAWLESS.isdisjoint(before) or i - 1 in armed
    if words[i] in CAPTORS or i in armed:
        return True
    return words[i] in _BANDS and not _BANDED.isdisjoint(before)


def taken_by(words: Sequence[str], verb: range, sentence: range, armed: Collection[int]) -> bool:
    """Whether "by" names such a party: "were seized on the road by masked men"."""
    by = verb.stop
    while by < min(sentence.stop, verb.stop + _TO_AGENT) and words[by] != "by":
        if words[by] in _TURNS or (words[by] == "for" and not _for_days(words, by)):
            return False
        by += 1
    if by >= sentence.stop or words[by] != "by":
        return False
    stop = by + 1
    while stop < min(sentence.stop, by + 1 + _AGENT) and words[stop] not in _ENDS:
        stop += 1
    said = {words[i] for i in range(by + 1, stop) if not _worn(words, i)}
    if not LAWFUL.isdisjoint(said):
        return False
    return any(_is_captor(words, i, armed) for i in range(by + 1, stop))


def caught_up(words: Sequence[str], end: int) -> bool:
    """Whether nobody took those who were caught: "caught in the crossfire", "caught amid a riot".

    ``end`` is the word behind "caught".
    """
    following = words[end : end + _CAUGHT_IN]
    if _AMID.intersection(following[:1]):
        return True
    return "in" in following[:1] and not _TROUBLE.isdisjoint(following)


_CAUGHT_IN = 5
_AMID = wordset("up amid amidst among amongst between off")
_TROUBLE = wordset(
    "crossfire cross-fire cross fire fighting attack clash clashes riot riots mob violence battle "
    "gunfight shootout shelling blast explosion storm flood floods avalanche stampede traffic "
    "middle protest protests unrest bombing bombardment"
)


def _for_days(words: Sequence[str], i: int) -> bool:
    return not _SPELL.isdisjoint(words[i + 1 : i + 5])


_SEIZED = wordset("detained detaining held holding seized captured capturing apprehended taken")
_AT_GUNPOINT = frozenset({("at", "gunpoint"), ("at", "knifepoint")})
_OBJECT = wordset("him them her us dozens hundreds several")
_SUFFERS = wordset("is are was were be been being")
_NOUN = 4
"""Words behind a number or verb among which the people are named."""


def suffered(doc: Doc, verb: range) -> bool:
    """Whether a word of arrest at ``verb`` is said of captors' victims: "was held by rebels"."""
    seen = context(doc)
    if seen.words[verb.stop : verb.stop + 2] in _AT_GUNPOINT:
        return True
    sentence = range(*seen.span(verb.start))
    seized = seen.words[verb.start] in _SEIZED
    return seized and taken_by(seen.words, verb, sentence, armed_parties(doc))


def acted(doc: Doc, verb: range) -> bool:
    """Whether a word of arrest at ``verb`` is said of captors: "rebels detained two drivers"."""
    seen = context(doc)
    object_ = seen.words[verb.stop : verb.stop + _NOUN]
    people = [f for f in doc._.figures if f.start == verb.stop and f.not_people is None]
    if seen.words[verb.start] not in _SEIZED or not (people or _OBJECT.intersection(object_[:1])):
        return False
    before = seen.words[max(0, verb.start - 2) : verb.start]
    if not CAPTORS.isdisjoint(object_) or _SUFFERS.intersection(before):
        return False
    counted = {i for f in doc._.figures for i in range(f.end, f.end + _NOUN)}
    sentence = range(*seen.span(verb.start))
    return took(seen.words, verb, sentence, armed_parties(doc), counted)
