"""Whether a count is asserted, denied or only imagined, by the words that govern it."""

from __future__ import annotations

from wirewatch.extraction.claims.grammar import words
from wirewatch.extraction.claims.phrases import AUX, BELIEVE, is_adverb
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Mention, Text
from wirewatch.extraction.context import wordset
from wirewatch.extraction.factuality.denial import beyond_denial
from wirewatch.model import ClaimStatus

_HYPOTHETICAL, _DENIAL = words("hypothetical"), words("denial")
_FUTURE = frozenset(("will", "'ll", "shall"))
_MOVES = frozenset(("troops", "displaced", "arrested"))
_SAID = frozenset(("said", "says", "told", "announced", "confirmed", "pledged", "promised"))
_NEGATION = frozenset(("not", "n't", "never", "no"))
_BACK = 14
_CALLED_FOR = frozenset(
    ("killed", "murdered", "executed", "assassinated", "eliminated", "arrested", "detained",
     "captured", "jailed", "kidnapped")
)  # fmt: skip
_DRIVE = frozenset(("force", "cause", "drive", "push", "compel", "prompt", "lead", "oblige"))
_WARRANT = frozenset(("warrant", "warrants"))
_OPENING = wordset("did do does is are was were has have had will could can would")
_RELATIVE = words("relative")
_THREAT = wordset(
    "vowed vow vows vowing swore sworn threatened threatens threatening pledged pledge plotted "
    "planned planning plotting conspired wanted tried"
)
_BARE = frozenset(("make", "leave", "force", "drive", "displace", "injure", "wound", "kill"))
"""Verbs that after "and" can only be told as what might be: in the past they sound otherwise."""


def status_of(text: Text, mention: Mention, reading: Reading) -> ClaimStatus:
    """The status of a reading; denial and doubt are looked for in the words before it only."""
    if reading.pattern == "denied":
        return "denied"
    place = reading.anchor.start if reading.anchor else mention.head
    helpers = _helpers(text, place)
    if _NEGATION & helpers and reading.pattern != "state":
        return "denied"
    start = max(0, min(place, mention.start) - _BACK)
    before = [text.low[i] for i in range(start, place) if text.same(i, mention.head)]
    denial = max((i for i, word in enumerate(before) if word in _DENIAL), default=None)
    if denial is not None and not beyond_denial(before[denial:]):
        return "denied"
    if _promised(helpers, reading, before):
        return "asserted"
    if helpers & _HYPOTHETICAL or (helpers & _FUTURE and reading.kind not in _MOVES):
        return "hypothetical"
    sought = _has_to(text, place) or not _WARRANT.isdisjoint(before[-4:])
    if sought or _shares_mood(text, place) or _asked(text, place):
        return "hypothetical"
    if ("to" in helpers and _HYPOTHETICAL & set(before[-4:])) or _may_force(text, mention, place):
        return "hypothetical"
    open_ = "if" in before[-12:] or "threatened" in before[-5:] or "until" in before[-5:]
    return "hypothetical" if open_ else "asserted"


def _promised(helpers: set[str], reading: Reading, before: list[str]) -> bool:
    """The reported future of a move: "said it would send 300 troops", without an "if"."""
    would = helpers & _HYPOTHETICAL == {"would"} and reading.kind in _MOVES
    return would and not _SAID.isdisjoint(before) and "if" not in before


def _may_force(text: Text, mention: Mention, place: int) -> bool:
    """What might drive people to it: "could force some 5,000 people to flee"."""
    if "to" not in (text.at(place), text.at(place - 1)):
        return False
    near = range(max(0, mention.start - 3), mention.start)
    return any(text.low[i] in _DRIVE and _HYPOTHETICAL & _helpers(text, i) for i in near)


def _shares_mood(text: Text, place: int) -> bool:
    """Whether a verb before this one lends its "could": "could kill 50 and leave 900 homeless"."""
    start = max(0, place - _BACK)
    joints = [i for i in range(start, place) if text.low[i] == "and" and text.same(i, place)]
    if not joints or not any(text.low[i] in _BARE for i in range(joints[-1] + 1, place + 1)):
        return False
    before = range(max(0, joints[-1] - _BACK), joints[-1])
    return any(text.low[i] in _HYPOTHETICAL for i in before if text.same(i, place))


def _has_to(text: Text, place: int) -> bool:
    """What is called for: "some guards have to be killed", "had to be arrested"; not evacuated.

    Those who "had to be taken to hospital" were.
    """
    if text.at(place) not in _CALLED_FOR:
        return False
    before = tuple(text.at(place - i) for i in (3, 2, 1))
    return before[0] in ("have", "has", "had", "need", "needs", "ought") and before[1:] == (
        "to",
        "be",
    )


def _helpers(text: Text, place: int) -> set[str]:
    """Auxiliaries and adverbs directly before a verb."""
    found: set[str] = set()
    i = place - 1
    while i >= 0 and place - i < 6 and text.same(i, place):
        word = text.low[i]
        told = word in AUX or word in BELIEVE or is_adverb(word) or word in _NEGATION
        if not (told or word in ("yet", "even")):
            break
        if text.at(i - 1) != "than":  # "more likely than not killed"
            found.add(word)
        i -= 1
    return found


def _asked(text: Text, place: int) -> bool:
    """Whether a question asks if it happened: "Did police kill four men?"; not who did it."""
    first, last = place, place
    while first > 0 and text.same(first - 1, place) and text.low[first - 1] != ":":
        first -= 1
    while last + 1 < len(text.low) and text.same(last + 1, place):
        last += 1
    while last > place and text.low[last].isspace():
        last -= 1
    asks = text.low[last] == "?" and text.low[first] in _OPENING
    return asks and _RELATIVE.isdisjoint(text.low[first:place])


def shares_threat(text: Text, place: int) -> bool:
    """Whether a threat before "and" is meant of this verb too: "vowed to find and kill him"."""
    bare = not text.low[place].endswith(("ed", "ing", "s"))
    if not bare or text.at(place - 1) != "and":
        return False
    span = [i for i in range(max(0, place - _BACK), place - 1) if text.same(i, place)]
    return any(text.low[i] in _THREAT and text.low[i + 1] == "to" for i in span)
