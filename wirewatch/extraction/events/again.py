"""What is told again of the news: later mentions that no word makes history.

Each mention is judged by its sentence, and "the shooting closed the road" says nothing of when.
Where the article has told the happening as news before, it is the same. Figures keep their own
chance: more of theirs that are history would raise an alarm than are news.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from statistics import fmean

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.events.mentions import Mention
from wirewatch.extraction.factuality.cues import cues
from wirewatch.extraction.kinds import DEADLY

_SURE = 0.7
"""So likely news must be what is taken up."""
_DOUBTFUL, _KNOWN = 0.3, 0.1
"""The least chance of a mention to be news: of any, and of one that names a known deed."""
_NEWS = 0.51
_BEFORE = 3
_HISTORY = ("old", "since", "year", "guilt", "verdict", "justice")
"""Groups of words of which one in the sentence says that something else is meant."""
_THE = wordset("the this that")
_DEED = wordset(
    "attack shooting stabbing blast bombing explosion raid ambush massacre crash collision "
    "accident fire blaze derailment quake earthquake storm flood incident"
)


def told_again(doc: Doc, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions, with those as news that take up what was told as news before."""
    found = _of_one_mind(doc, found)
    news = [m for m in found if m.current >= _SURE and m.status in {"happened", "ongoing"}]
    return tuple(
        replace(m, current=_NEWS) if _may_take_up(m) and _takes_up(doc, m, news) else m
        for m in found
    )


def _of_one_mind(doc: Doc, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Figures that hang on one trigger are news or history together: "killed two and hurt three".

    Not where a date in their sentence may part them: "killed two and, last year, hurt three".
    """
    judged: dict[int, list[float]] = defaultdict(list)
    for m in found:
        if m.host is not None:
            judged[m.host].append(m.current)
    triggers = {m.token: m.current for m in found if m.claim is None}
    return tuple(
        replace(m, current=fmean([triggers[m.host], *judged[m.host]]))
        if m.host in triggers and len(judged[m.host]) > 1 and not _past(doc, m.token)
        else m
        for m in found
    )


def _past(doc: Doc, token: int) -> bool:
    first, last = context(doc).span(token)
    return any(first <= d.start < last and d.recent is False for d in doc._.dates)


def _may_take_up(mention: Mention) -> bool:
    return mention.claim is None and mention.type in DEADLY


def _takes_up(doc: Doc, mention: Mention, news: list[Mention]) -> bool:
    if not _KNOWN <= mention.current < 0.5 or mention.fresh:
        return False
    seen = context(doc)
    first, last = seen.span(mention.token)
    known = any(
        seen.words[i] in _DEED and not _THE.isdisjoint(seen.words[max(first, i - 2) : i])
        for i in range(first, last)
    )
    if mention.current < (_KNOWN if known else _DOUBTFUL):
        return False
    if _tells_history(doc, first, last) or _after_history(doc, first):
        return False
    return any(m.type == mention.type and m.token < first for m in news)


def _after_history(doc: Doc, first: int) -> bool:
    """Whether one of the sentences before tells of another day: "in that attack" is that one."""
    seen = context(doc)
    number = seen.sentence[first]
    start = seen.bounds[max(0, number - _BEFORE)][0]
    months = cues(doc).get("month", ())
    return any(
        d.recent is False or (d.recent is None and any(d.start <= at < d.end for at in months))
        for d in doc._.dates
        if start <= d.start < first
    )


def _tells_history(doc: Doc, first: int, last: int) -> bool:
    found = cues(doc)
    if any(first <= at < last for group in _HISTORY for at in found.get(group, ())):
        return True
    return _past(doc, first)
