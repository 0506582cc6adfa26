"""Totals over months or years, which are history: "has killed dozens in recent months"."""

from __future__ import annotations

from wirewatch.extraction.context import wordset

_IN = wordset("in over during within")
_PAST = wordset("recent past last previous preceding")
_LONG = wordset("months years decades")
_GAP, _PHRASE = 12, 6
"""Most words between the harm and the months that it is counted over; of the months' own."""
_BREAKS = wordset(
    "who whom whose which that when where while before after since because as but if and worst "
    "deadliest bloodiest biggest largest heaviest most first second third fourth fifth latest "
    'another series string wave spate such , ; : -- — – ( ) " “ ”'
)
"""The months may be those of something else: "killed six in the third raid in recent months"."""


def over_months(words: tuple[str, ...], at: int, first: int, last: int) -> bool:
    """Whether the harm named at ``at`` is counted over months, in the sentence ``first``-``last``.

    As in "killed dozens of rebels in recent months", "Over the past two years 40 people drowned".
    """
    if _stretch(words[first : first + _GAP]) == 0 and _BREAKS.isdisjoint(
        words[first + _PHRASE : at]
    ):
        return True
    after = words[at + 1 : last]
    start = _stretch(after[: _GAP + _PHRASE])
    return start is not None and start <= _GAP and _BREAKS.isdisjoint(after[:start])


def _stretch(words: tuple[str, ...]) -> int | None:
    """Where "in recent months", "over the last two years" begins."""
    for i, word in enumerate(words):
        rest = words[i + 1 : i + _PHRASE]
        rest = rest[rest[:1] == ("the",) :]
        if word in _IN and rest and rest[0] in _PAST and not _LONG.isdisjoint(rest[1:4]):
            return i
    return None
