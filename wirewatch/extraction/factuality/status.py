"""Happened, ongoing, announced, proposed or denied: by the mood of the words around."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.factuality import denial, headline, outlook, plots
from wirewatch.extraction.factuality.cues import Cues, cues, nearest
from wirewatch.extraction.factuality.granted import former, known, presupposed
from wirewatch.extraction.factuality.granted.called import called
from wirewatch.extraction.factuality.moves import settled as of_moves
from wirewatch.extraction.factuality.moves import stays
from wirewatch.extraction.factuality.questions import asks_about
from wirewatch.extraction.kinds import DEADLY, MEETINGS, MOVES
from wirewatch.extraction.referee.mention import Mention
from wirewatch.model import Status

_REACH = {"negation": 5, "demand": 8, "threat": 6, "modal": 7, "will": 9, "ongoing": 5}
_CLAUSE_ENDS = frozenset({",", ";", ":", "but", "after", "that", "—", "–", "when", "while", "and"})
_WHO = frozenset({"who", "which", "whose"})
_CONTINUE = wordset("continue keep remain")
_REFUSED = wordset("refused refuses refuse refusing declined declines unwilling")
_WARRANT = wordset("warrant warrants")
_LIST = 40
_AFTER = 9
_STOPS = wordset(", ; : . after that which who when by killed killing")


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in text.split(" | "))


_SAID_OF: dict[Status, frozenset[tuple[str, ...]]] = {
    "denied": _phrases(
        "called off | put off | cancelled | canceled | postponed | were rejected | was rejected"
        " | ruled out | not happen | never took | broke off | broken off | scrapped | shelved"
        " | fail to materialize | fail to materialise | failed to materialize"
        " | failed to materialise | not materialize | not materialise"
    ),
    "announced": _phrases(
        "is to | are to | will begin | will start | will be | will take"
        " | will come into | will go into | will enter into | would begin | would start"
        " | would take place | would take effect | scheduled | set to"
        " | due to | due in | planned for | is due | are due | to begin | to start"
    ),
    "ongoing": _phrases(
        "under way | underway | entered a | entered the | enters a | raging | spreading"
        " | continues | continue | continued | is continuing | are continuing | goes on"
        " | still going | entered its | enters its"
    ),
}
_WISH = wordset("seek seeks sought seeking demand demands demanded demanding want wants wanted")
_GOAL = wordset("pursue pursues pursued pursuing")
_WISHED = wordset("the a an immediate full complete")
_LASTING = wordset("lasting permanent nationwide unconditional sustained durable swift urgent")
_ASK = wordset(
    "ask asks asked asking call calls called calling appeal appeals appealed appealing plead "
    "pleaded beg begged press pressed pushed wait waited request requests requested"
)
_URGE = wordset("urge urges urged urging advise advises advised advising")
_OTHER_CLAUSE = wordset("after said says before when ; told since during while but because")
_DENY = wordset("denied denies deny denying")
_DENIED = wordset("that any it plan plans report reports intention intending having")
_NEAR = 6
_IMAGINED = wordset("modelled modeled simulated simulates imagined hypothetical scenario drill")
_MIGHT = wordset("could might may would")
_MORE = _MIGHT | {"is", "was", "are"}
_FORECAST = wordset("expected forecast forecasted predicted likely")
_HARM = wordset(
    "kill displace injure wound leave destroy hit strike flood spread trigger cause force "
    "make bring slam batter"
)
_DRIVE = wordset("force cause drive push compel prompt lead oblige")
_LONG = 12
_TOLL = wordset("killed infected sickened spread claimed reached affected struck hit")
_DECIDED = wordset(
    "decided ordered agreed vowed pledged promised voted decides orders agrees vows pledges "
    "promises votes"
)
_TO_COME = frozenset(
    (be, *planned, "to")
    for be in ("is", "are", "'s", "'re")
    for planned in ((), ("due",), ("set",), ("scheduled",))
)
"""What is fixed for later: "they are to meet again on Friday"."""
_FIGHT = wordset("insurgency fighting struggle struggling war campaign waging wage fought efforts")
"""What is fought for is an aim: "an insurgency to drive out international forces"."""


def status(doc: Doc, mention: Mention) -> Status:
    """The status that the words before the mention give it; "happened" where none speaks."""
    seen = context(doc)
    first, last = seen.span(mention.token)
    found = cues(doc)
    start = _clause(seen.words, first, mention.token)
    if exact := certain(doc, mention) or _predicate(seen.words, mention.end, last):
        return exact
    found = {
        **found,
        "negation": denial.denying(seen.words, found.get("negation", ()), mention, first),
    }
    inside = nearest(found["negation"], mention.token, mention.start, mention.end)
    if inside is not None or _before(found, "negation", mention, start):
        return "denied"
    if _before(found, "will", mention, start):
        return "announced"
    if any(_before(found, group, mention, start) for group in ("demand", "threat", "modal")):
        return "proposed"
    return "ongoing" if _goes_on(seen.words, found, mention, start) else "happened"


def certain(doc: Doc, mention: Mention) -> Status | None:
    """Where the words leave no choice: questions, aims, "will continue", "refused to", orders.

    This wins over the referee; None: the words do not settle it.
    """
    words, token = context(doc).words, mention.token
    first, last = context(doc).span(token)
    where = (words, mention, first, last)
    if unreal := _unreal(*where):
        return unreal
    if mention.type in DEADLY and known.presupposed(words, token, first):
        return "happened"
    before = words[max(first, token - 5) : token]
    aim = "to" in before[-2:]
    settled: tuple[tuple[bool, Status], ...] = (
        ("?" in words[token:last] and not asks_about(words, mention, first, last), "proposed"),
        (called(words, mention, first), "happened"),
        (_supposed(words, first, token), "proposed"),
        (_denied_clause(words, first, token), "denied"),
        (_could(words, mention, first, last), "proposed"),
        (_is_warrant(words, mention), "announced"),
        (aim and _might_force(words, first, token), "proposed"),
        (headline.announces(words, mention, first, context(doc).title_end), "announced"),
        ("should" in words[max(first, token - 3) : min(last, mention.end + 1)], "proposed"),
        ("no" in words[token + 1 : min(last, mention.end + 1)], "denied"),
        (bool(_IMAGINED.intersection(before)), "proposed"),
        (mention.type == "outbreak" and _has_done(words, mention.end, last), "ongoing"),
        (bool(_REFUSED.intersection(words[token : mention.end])), "denied"),
        (stays(words, mention), "denied"),
        ("will" in before and bool(_CONTINUE.intersection(before)), "ongoing"),
        (_wished(words, mention, first), "proposed"),
        (_asked_for(words, first, token), "proposed"),
        ((aim or "help" in before) and _called_on(words, first, token), "proposed"),
        (aim and bool(_REFUSED.intersection(before)), "denied"),
        (aim and bool(_DECIDED.intersection(before)), "announced"),
        (before[-2:] in _TO_COME or before[-3:] in _TO_COME, "announced"),
        (aim and bool(_FIGHT.intersection(words[first:token])), "proposed"),
    )
    found = next((mood for holds, mood in settled if holds), None)
    return found or of_moves(words, mention, first) or outlook.settled(*where)


def _unreal(words: tuple[str, ...], mention: Mention, first: int, last: int) -> Status | None:
    """What a denial, a plot, a fear or a promise makes of it, unless it is asked in a question."""
    if "?" in words[mention.token : last]:
        return None
    if granted := former.settled(words, mention, first, last):
        return granted
    return (
        denial.settled(words, mention, first, last)
        or plots.settled(words, mention, first, last)
        or presupposed.settled(words, mention, first, last)
    )


def _is_warrant(words: tuple[str, ...], mention: Mention) -> bool:
    """An arrest that a court asks for: "an arrest warrant", "a warrant for his arrest"."""
    if mention.type != "arrest":
        return False
    noun = not _WARRANT.isdisjoint(words[mention.token + 1 : mention.end + 1])
    before = words[max(0, mention.token - 4) : mention.token]
    return noun or any(w in _WARRANT and to == "for" for w, to in pairwise(before))


def _supposed(words: tuple[str, ...], first: int, token: int) -> bool:
    """The clause of an "if" that opens the sentence: "if the dam bursts, thousands could die"."""
    opening = next((word for word in words[first:token] if word.isalpha()), "")
    return opening == "if" and "," not in words[first:token]


def _has_done(words: tuple[str, ...], end: int, last: int) -> bool:
    """A disease that "has killed" so many goes on killing."""
    after = words[end : min(last, end + _AFTER)]
    return any(have in {"has", "have"} and act in _TOLL for have, act in pairwise(after))


def _denied_clause(words: tuple[str, ...], first: int, token: int) -> bool:
    """What somebody denies: "denied on Monday that troops would be withdrawn"."""
    return any(
        words[i] in _DENY and bool(_DENIED.intersection(words[i + 1 : min(token, i + _NEAR)]))
        for i in range(first, token)
    )


def _could(words: tuple[str, ...], mention: Mention, first: int, last: int) -> bool:
    """What might come: "an earthquake near the city could kill thousands".

    Not what a known deed might lead to: "Monday's attack could trigger a war".
    """
    if mention.type == "attack" and denial.known(words, mention.token, first):
        return False
    after = words[mention.end : min(last, mention.end + _AFTER)]
    # What "hit Cuba and is expected to bring rain" has come already.
    joint = (i for i, (j, be) in enumerate(pairwise(after)) if j == "and" and be in _MORE)
    after = after[: next(joint, len(after))]
    foretold = zip(after, after[1:], after[2:], strict=False)
    return any(mood in _MIGHT and act in _HARM for mood, act in pairwise(after)) or any(
        mood in _FORECAST and to == "to" and act in _HARM for mood, to, act in foretold
    )


def _might_force(words: tuple[str, ...], first: int, token: int) -> bool:
    """What people might be driven to: "could force as many as 5,000 people to leave"."""
    near = words[max(first, token - _LONG) : token]
    return any(mood in _MIGHT and act in _DRIVE for mood, act in pairwise(near))


def _wished(words: tuple[str, ...], mention: Mention, first: int) -> bool:
    """The object of a wish, however long the list: "seeks A, B and the removal of C"."""
    token = mention.token
    agreed = mention.type in MEETINGS | MOVES
    if words[token - 1] not in (_WISHED | _LASTING if agreed else _WISHED):
        return False
    for i in range(token - 1, max(first, token - _LIST) - 1, -1):
        if words[i] in _WISH or (agreed and _calls_for(words, i)):
            return True
        agreed = agreed and words[i] not in _WHO
        if words[i] in _OTHER_CLAUSE:
            return False
    return False


def _calls_for(words: tuple[str, ...], i: int) -> bool:
    """As in "called for", "pursue"."""
    return words[i] in _GOAL or (words[i] in _ASK and words[i + 1] == "for")


def _asked_for(words: tuple[str, ...], first: int, token: int) -> bool:
    """What somebody asks others for: "asked for soldiers to be posted at the gate"."""
    if words[token] in _ASK | _URGE:
        return True
    if words[token - 2 : token] != ("to", "be"):
        return False
    before = words[max(first, token - _REACH["demand"]) : token - 2]
    return any(ask in _ASK and goal in {"for", "that"} for ask, goal in pairwise(before))


def _called_on(words: tuple[str, ...], first: int, token: int) -> bool:
    """What somebody is called on or urged to do: "called on the government to bring home"."""
    for i in range(token - 1, max(first, token - _LIST) - 1, -1):
        if words[i] in _OTHER_CLAUSE:
            return False
        if words[i] in _URGE or (words[i] in _ASK and words[i + 1] in {"on", "upon"}):
            return True
    return False


def _predicate(words: tuple[str, ...], end: int, last: int) -> Status | None:
    """What is said of the event after its name: "the talks were called off", "is to begin"."""
    after = words[end : min(last, end + _AFTER)]
    stop = next((i for i, word in enumerate(after) if word in _STOPS), len(after))
    said = {after[i : i + size] for i in range(stop) for size in (1, 2, 3)}
    # Talks "due to begin on Monday" that "were postponed": what became of it counts most.
    return next((mood for mood, phrases in _SAID_OF.items() if phrases & said), None)


def _clause(words: tuple[str, ...], first: int, token: int) -> int:
    """First token of the clause: after the last divider, which itself is looked at.

    A comma right before the verb closes an insertion: "the rebels, who vowed revenge, attacked".
    """
    if words[token - 1 : token] == (",",) and _WHO.intersection(words[first:token]):
        return token
    for i in range(token - 1, first - 1, -1):
        if words[i] in _CLAUSE_ENDS and token - i > 2:
            return i
    return first


def _before(found: Cues, group: str, mention: Mention, start: int) -> bool:
    low = max(start, mention.token - _REACH[group])
    at = nearest(found.get(group, ()), mention.token, low, mention.token)
    return at is not None


def _goes_on(words: tuple[str, ...], found: Cues, mention: Mention, start: int) -> bool:
    if _before(found, "ongoing", mention, start):
        return True
    before = words[max(start, mention.token - 2) : mention.token]
    progressive = {"is", "are", "been", "'re", "'s"}.intersection(before)
    return bool(progressive) and words[mention.token].endswith("ing")
