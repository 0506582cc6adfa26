"""What the words settle of a figure's time: rates, records, courts, fiction, what points back.

Log odds that are added to what the referee says of a figure; it has learned from few articles and
looks no farther than the sentence before.
"""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc

from wirewatch.extraction.context import Context, context, wordset
from wirewatch.extraction.factuality.bound import is_bound, is_long_since
from wirewatch.extraction.factuality.cues import cues
from wirewatch.extraction.factuality.granted.former import is_former
from wirewatch.extraction.factuality.totals import over_months
from wirewatch.extraction.referee.mention import Mention

_RATE, _COURT, _OLD, _NEW, _RECORD, _FICTION = -2.5, -2.0, -2.0, 1.0, 4.0, -8.0
_BOUND = 3.0
_BONES = -8.0
"""Who is found as bones died long ago, whatever day they were found on."""
_FORMER = -4.0
_VERDICT = -4.0
"""Pleas and judgements come months after the deed; a suspect may be caught on the day."""
_HARM = frozenset({"killed", "injured", "abducted", "missing"})
_STEPS = 3
"""Sentences that a chain of "it", "the attack", "those" may lead back."""
_EACH = wordset("every each per")
_SPELL = wordset("day week month year hour minute")
_NOT_RATE = wordset("ago after later earlier before old since long and")
_YEARLY = wordset("daily annually yearly")
_BACK = wordset("it they he she that those these this them its their both most many some all")
_DEED = wordset(
    "attack attacks blast blasts bombing bombings explosion explosions shooting raid raids clash "
    "clashes fighting violence crash accident incident incidents quake earthquake storm flood "
    "floods fire dead victims toll assault disaster killings massacre ambush unrest battle "
    "offensive operation"
)
_FLEE = wordset("fled flee fleeing")
_FLEE_REACH = 10
_OPENING = 6
_HOME = wordset(
    "return returned returning returns repatriate repatriated repatriation repatriating"
)
_FORETOLD = 2.0
_FORECAST = 6
"""Tokens from a figure to the modal verb of its forecast."""
_MODAL = wordset("could may might will would")
_TO_HARM = wordset("kill die cause claim injure cost")
_DISEASE = wordset(
    "virus flu influenza disease epidemic outbreak cholera ebola measles sars covid covid-19 "
    "coronavirus malaria dengue meningitis polio plague h5n1 h1n1"
)
_YEARS = wordset("since year years annually decade decades century")
_MOST = wordset(
    "worst deadliest bloodiest biggest largest heaviest highest most first strongest severest"
)
_RECORD_REACH = 12
_STRETCH = wordset("this in of for")
_SPANS = wordset("year years month months decade decades history memory")
_TOTAL = wordset("monthly weekly daily annual yearly quarterly")
"""The record of a stretch of time is a total, no event: "the highest monthly toll since"."""
_STORY = wordset("film movie novel thriller sitcom sequel videogame screenplay")
_IN = wordset("in of")
_PROFILE = -4.0
_RELATIVE, _BE = wordset("who that which"), wordset("is was are were been be goes pleads")
_JUDGED = wordset(
    "charged convicted sentenced acquitted jailed indicted arraigned executed paroled guilty tried"
)
_CLAUSE, _SENTENCE = 5, 14
_ENTRY, _SHORT_TITLE = 40, 6
"""Words looked at behind the title of an entry, its name in other tongues too; of the title."""
_IS, _A = wordset("is was are were"), wordset("a an the one")
_STORY_REACH = 4
_REMAINS = wordset(
    "skeleton skeletons skull skulls bones exhumed exhume exhumes exhuming exhumation exhumations"
)
_REMAINS_REACH = 5


def lean(doc: Doc, mention: Mention) -> float:
    """Log odds for (above zero) or against news, 0 where the words settle nothing."""
    seen = context(doc)
    first, last = seen.span(mention.token)
    score = _RATE if _is_rate(seen.words, mention, last) else 0.0
    score += _FICTION if _is_fiction(seen.words[first:last]) else 0.0
    score += _PROFILE if _dated(doc, first, last) is None and _is_profile(seen) else 0.0
    if _dated(doc, first, last) is None and _is_accused(seen.words, mention, last):
        score += _COURT
    score += _FORMER if _is_former(seen.words, mention, first, last) else 0.0
    score += _BONES if _is_exhumed(seen.words, mention, first, last) else 0.0
    if (since := _record(seen.words, mention.token, last)) is not None:
        score, last = score + _RECORD, since
    elif mention.kind in _HARM and _dated(doc, first, last) is None:
        score += _OLD if over_months(seen.words, mention.token, first, last) else 0.0
    start = min(mention.token, mention.start)
    verdict = _judged(doc, "guilt", first, start)
    if verdict is not None and _dated(doc, verdict, last) is None:
        return score + (_COURT if _judged(doc, "verdict", first, start) is None else _VERDICT)
    if is_bound(doc, mention.token):
        return score + _BOUND
    if is_long_since(doc, mention.token):
        return score - _BOUND
    own = _of_its_kind(doc, seen, mention)
    score += own
    if own > 0 or _dated(doc, first, last) is not None:  # no day told before is that of a plague
        return score
    if mention.kind in _HARM and _of_court(doc, seen):
        score += _COURT
    return score + _led_back(doc, seen, mention.token)


def _of_its_kind(doc: Doc, seen: Context, mention: Mention) -> float:
    """What some kinds of figures are by themselves: forecasts, refugees on their way home, plagues.

    What is foretold is news, an outbreak goes on until the words count it by years, and those who
    return fled long ago.
    """
    first, last = seen.span(mention.token)
    words = seen.words[first:last]
    if mention.kind == "displaced":
        return _OLD if _HOME.intersection(words) else 0.0
    if mention.kind not in {"killed", "injured"}:
        return 0.0
    if _foretold(seen.words, mention, first, last):
        return _FORETOLD
    start = seen.bounds[max(0, seen.sentence[first] - 1)][0]
    sick = bool(_DISEASE.intersection(seen.words[start:last]))
    years = any(first <= at < last for at in cues(doc).get("year", ()))
    return _NEW if sick and not years and not _YEARS.intersection(words) else 0.0


def _foretold(words: tuple[str, ...], mention: Mention, first: int, last: int) -> bool:
    """As in "could kill 500 people", "up to 5,000 people may die"."""
    low = max(first, mention.start - _FORECAST)
    near = words[low : min(last, mention.end + _FORECAST)]
    return any(
        word in _MODAL and not _TO_HARM.isdisjoint(near[i + 1 : i + 4])
        for i, word in enumerate(near)
    )


def _is_former(words: tuple[str, ...], mention: Mention, first: int, last: int) -> bool:
    """As in "an earlier offensive", and who "fled an earlier offensive" did so at that time."""
    if is_former(words, mention.token, first):
        return True
    if words[mention.token] not in _FLEE:
        return False
    end = min(last, mention.token + _FLEE_REACH)
    return any(
        words[i] in _DEED and is_former(words, i, mention.token)
        for i in range(mention.token + 1, end)
    )


def _is_exhumed(words: tuple[str, ...], mention: Mention, first: int, last: int) -> bool:
    """As in "skeletons of 57 people", "54 bodies were exhumed on Monday"."""
    low = max(first, mention.start - _REMAINS_REACH)
    near = words[low : min(last, mention.end + _REMAINS_REACH)]
    return mention.kind == "killed" and not _REMAINS.isdisjoint(near)


def _record(words: tuple[str, ...], token: int, last: int) -> int | None:
    """Where begins what the mention outdoes: "the worst since a 2014 …", "the worst this year"."""
    for i in range(token + 1, last):
        before = words[max(token, i - _RECORD_REACH) : i]
        if _begins_stretch(words[i : i + 3]) and not _MOST.isdisjoint(before):
            return i if _TOTAL.isdisjoint(before) else None
    return None


def _begins_stretch(words: tuple[str, ...]) -> bool:
    """As in "since", "this year", "in recent months", "in decades"."""
    return words[0] == "since" or (words[0] in _STRETCH and not _SPANS.isdisjoint(words[1:]))


def _is_fiction(words: tuple[str, ...]) -> bool:
    """As in "in the film", "in her second novel"."""
    return any(
        word in _STORY and not _IN.isdisjoint(words[max(0, i - _STORY_REACH) : i])
        for i, word in enumerate(words)
    )


def _is_accused(words: tuple[str, ...], mention: Mention, last: int) -> bool:
    """As in "the man who killed three is charged": the deed is told to say who he is."""
    start = min(mention.token, mention.start)
    if _RELATIVE.isdisjoint(words[max(0, start - _CLAUSE) : start]):
        return False
    after = words[mention.token + 1 : min(last, mention.token + _SENTENCE)]
    judged = (i for i, word in enumerate(after) if word in _JUDGED)
    return any(i == 0 or after[i - 1] in _BE for i in judged)


def _is_profile(seen: Context) -> bool:
    """An entry of an encyclopedia: title and text open alike, and what follows says what it is."""
    title = [word for word in seen.words[: seen.title_end] if word.isalnum()]
    body = [i for i in range(seen.title_end, len(seen.words)) if not seen.words[i].isspace()]
    body = body[: len(title) + _ENTRY]
    said = [seen.words[i] for i in body if seen.words[i].isalnum() or seen.words[i] in "()"]
    said = said[said[:1] == ["the"] :]
    if not title or len(title) > _SHORT_TITLE or said[: len(title)] != title:
        return False
    rest = said[len(title) :]
    if rest[:1] == ["("]:
        rest = rest[rest.index(")") + 1 :] if ")" in rest else []
    return rest[:1] != [] and rest[0] in _IS and rest[1:2] != [] and rest[1] in _A


def _is_rate(words: tuple[str, ...], mention: Mention, last: int) -> bool:
    """As in "kills 2,000 people every day", "some 300 deaths a year"."""
    after = words[mention.start : min(last, max(mention.end, mention.token) + _OPENING + 2)]
    if _YEARLY.intersection(after):
        return True
    for i, (one, other) in enumerate(pairwise(after)):
        if other not in _SPELL or _NOT_RATE.intersection(after[i + 2 : i + 3]):
            continue
        if one in _EACH or (one == "a" and after[i - 1 : i] and after[i - 1] not in _LEADS):
            return True
    return False


_LEADS = wordset("in for after within over of than about almost nearly half to last")


def _judged(doc: Doc, group: str, first: int, token: int) -> int | None:
    """Where a court's word governs the figure: "pleaded guilty to killing four people"."""
    found = [at for at in cues(doc).get(group, ()) if first <= at < token]
    return found[-1] if found else None


def _of_court(doc: Doc, seen: Context) -> bool:
    """Whether title or first sentence tell of a court or a memorial: the deed is not the news."""
    start = seen.bounds[seen.sentence[seen.title_end]] if seen.title_end < len(doc) else (0, 0)
    found = cues(doc)
    return any(at < start[1] for group in ("guilt", "justice") for at in found.get(group, ()))


def _dated(doc: Doc, first: int, last: int) -> bool | None:
    """Whether the sentence's points in time are recent; None: it has none that says so."""
    known = [
        d.recent
        for d in doc._.dates
        if first <= d.start < last and not d.duration and d.recent is not None
    ]
    return known[-1] if known else None


def _led_back(doc: Doc, seen: Context, token: int) -> float:
    """The date of the sentence that this one points back to, over others that point back too."""
    number = seen.sentence[token]
    for step in range(1, _STEPS + 1):
        start, end = seen.bounds[number - step + 1]
        if number < step or not _points_back(seen.words[start:end]):
            return 0.0
        recent = _dated(doc, *seen.bounds[number - step])
        if recent is not None:
            return _NEW if recent else _OLD
    return 0.0


def _points_back(words: tuple[str, ...]) -> bool:
    """Whether a sentence opens with what was just told: "It killed …", "The blast also …"."""
    opening = [w for w in words[:_OPENING] if w.isalpha()]
    if not opening:
        return False
    definite = opening[0] in ("the", "that", "those", "these", "this")
    return opening[0] in _BACK or (definite and not _DEED.isdisjoint(opening[1:4]))
