"""Days that words bind to the deed itself: "killed on 5 March", "the 5 March attack".

The date of a sentence may be another deed's, such as the saying. Only what stands beside the deed,
with no other clause and no other verb between, is surely its own.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from wirewatch.extraction.annotations import DateMention
from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.factuality.cues import cues
from wirewatch.extraction.factuality.denial import DEED

_NEWS_DAYS, _WEEKS = 6, 14
"""Of our own articles nineteen in twenty deeds older than two weeks are history."""
_BESIDE, _GAP, _OPENING = 3, 14, 40
"""Most words between the day and the deed: side by side, in a clause, from a sentence's start."""
_BREAKS = wordset(
    "who whom whose which that when where while before after since because as but if "
    '; : -- — – ( ) [ ] " `` “ ”'
)
_RESULT = wordset("killing wounding injuring leaving resulting causing")
_STAGED = wordset(
    "committed perpetrated carried staged launched mounted took taken occurred happened began "
    "started conducted placed planted lasted"
)
"""Verbs that only say that a deed was done: "the murder was committed this morning"."""
_AUXILIARY = wordset("was were been being has have had is are be")
_PAST = wordset(
    "said told went came left met held hit struck blew shot broke found gave made saw heard ran "
    "won fled sent spoke wrote thought knew became brought kept led lost paid read rose fell "
    "sought stood"
)
_NO_VERB = wordset(
    "armed unarmed hundred united alleged suspected unidentified masked hooded sacred indeed "
    "hatred uniformed retired so-called killed wounded injured"
)
"""They look like a past tense, or are a deed told beside the deed."""
_PREPOSITIONS = wordset("in by during at on near from when after as of for over about to against")
_OPENERS = wordset("] that -- — .")
_LAW = wordset(
    "trial hearing suspect suspects case cases charge charges investigation inquiry probe verdict "
    "sentence conviction"
)
"""The day of a murder hearing is not that of the murder."""
_HOURS = wordset("on in at the early late night morning afternoon evening dawn hours of")
_IN_WHICH = frozenset({("in", "which"), ("during", "which"), ("which", "was"), ("which", "were")})
_NOTE = 4
"""Most tokens of a note in brackets, the brackets too: "at 0930 [1530 GMT]"."""
_LOOKS_BACK = wordset("anniversary commemorate commemorated commemorating memorial")


def is_bound(doc: Doc, at: int) -> bool:
    """Whether a day of the last week is that of the deed named at a token.

    Not in a sentence of a court or a memorial, unless the day stands right beside the deed.
    """
    return _is_bound(doc, at, _of_these_days)


def is_long_since(doc: Doc, at: int) -> bool:
    """Whether a day of more than two weeks ago is that of the deed named at a token."""
    return _is_bound(doc, at, _long_since)


def _is_bound(doc: Doc, at: int, wanted: Callable[[DateMention], bool]) -> bool:
    seen = context(doc)
    words = seen.words
    first, last = seen.span(at)
    dates = [d for d in doc._.dates if first <= d.start < last and not d.duration]
    nearest = [d for d in dates if d.end <= at][-1:] + [d for d in dates if d.start > at][:1]
    days = [d for d in nearest if wanted(d)]
    if not days or not _LOOKS_BACK.isdisjoint(words[first:last]):
        return False
    if any(day.start == at + 1 or day.end == at for day in days):
        return True
    if any(first <= i < last for group in ("guilt", "verdict") for i in cues(doc).get(group, ())):
        return False
    direct = any(
        _after(words, at + 1, day) if day.start > at else _before(words, first, at, day)
        for day in days
    )
    return direct or _of_bound_deed(doc, words, first, at, wanted)


def _of_bound_deed(
    doc: Doc, words: tuple[str, ...], first: int, at: int, wanted: Callable[[DateMention], bool]
) -> bool:
    """As in "Saturday's bombings in the resort that killed 30": what did it is of that day."""
    if words[at - 1] not in ("that", "which"):
        return False
    for i in range(at - 2, max(first, at - _GAP) - 1, -1):
        if words[i] in DEED:
            return _is_bound(doc, i, wanted)
        if _is_verb(words[i]) or words[i] in _BREAKS:
            return False
    return False


def _of_these_days(date: DateMention) -> bool:
    ago = date.days_ago
    return date.recent is True and ago is not None and 0 <= ago <= _NEWS_DAYS


def _long_since(date: DateMention) -> bool:
    return date.span is not None and date.days_ago is not None and date.days_ago > _WEEKS


def _after(words: tuple[str, ...], end: int, day: DateMention) -> bool:
    """As in "killed five people on Monday", "the murder was committed early this morning"."""
    gap = _plain(words[end : day.start])
    if len(gap) > _GAP or "," in gap or not (_BREAKS | _LAW).isdisjoint(gap):
        return False
    if _about_another(gap):
        return False
    done = not _STAGED.isdisjoint(gap[:2]) and _only_done(gap[0])
    return not any(
        _is_verb(word) or word in _STAGED for word in gap if not (done and _only_done(word))
    )


def _about_another(gap: tuple[str, ...]) -> bool:
    """As in "protests over the killing in May": the day is that of the deed they are about."""
    return any(
        word in DEED and not _ABOUT.isdisjoint(gap[max(0, i - _BESIDE) : i])
        for i, word in enumerate(gap)
    )


_ABOUT = wordset("over about against into for concerning regarding")


def _before(words: tuple[str, ...], first: int, at: int, day: DateMention) -> bool:
    """As in "the 5 March attack", "on 5 March a mayor was killed"."""
    gap = _plain(words[day.end : at])
    lead = words[day.start - 1] if day.start > first else ""
    opens = lead in _OPENERS or _HOURS.issuperset(words[first : day.start])
    spoken = _is_verb(lead) and words[day.start] != "of"  # not "spoke of Tuesday's raid"
    if spoken or not _BREAKS.isdisjoint(gap) or len(gap) > (_OPENING if opens else _GAP):
        return False
    if "," in gap[:1] and not _RESULT.isdisjoint(gap[1:2]):  # "on 5 March, leaving two dead"
        return True
    if "," in gap and not opens:
        return False
    if any(_is_verb(word) for word in gap if not _only_done(word)):
        return False
    passive = not _AUXILIARY.isdisjoint(gap[-2:])
    active = _is_verb(words[at]) or words[at] in _NO_VERB
    active = active and _PREPOSITIONS.isdisjoint(words[at + 1 : at + 2])  # "the men killed in May"
    near = len(gap) <= _BESIDE and _PREPOSITIONS.isdisjoint(gap)
    staged = max((i for i, word in enumerate(gap) if word in _STAGED), default=len(gap))
    staged_it = staged < len(gap) and _PREPOSITIONS.isdisjoint(gap[staged:])
    return passive or active or near or staged_it


def _plain(gap: tuple[str, ...]) -> tuple[str, ...]:
    """Without short notes in brackets, and without the "in which" that leads on to the deed."""
    kept: list[str] = []
    i = 0
    while i < len(gap):
        closing = {"[": "]", "(": ")"}.get(gap[i])
        note = gap[i : i + _NOTE]
        if closing in note:
            i += note.index(closing)
        elif gap[i : i + 2] in _IN_WHICH:
            kept = kept[:-1] if kept[-1:] == [","] else kept
            i += 1
        else:
            kept.append(gap[i])
        i += 1
    return tuple(kept)


def _only_done(word: str) -> bool:
    return word in _AUXILIARY or word in _STAGED


def _is_verb(word: str) -> bool:
    past = word.endswith("ed") and len(word) > 3 and word not in _NO_VERB
    return past or word in _PAST or word in _AUXILIARY
