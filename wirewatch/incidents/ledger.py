"""The toll ledger: best, low and high of one kind from all claims, by the rule of docs/tolls.md.

The result depends on the set of claims alone, not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from wirewatch.incidents.statement import (
    UNATTRIBUTED,
    Statement,
    counts,
    enumerations,
    statement,
    whole,
)  # fmt: skip
from wirewatch.model import Toll, TollClaim

STALE = timedelta(hours=3)
"""So much newer, even a higher figure of unsure source stands: tolls rise."""
MOST_STATEMENTS = 200
_EARLY = datetime(1, 1, 1, tzinfo=UTC)


def toll(
    claims: Sequence[TollClaim], sources: Mapping[str, str], aside: Collection[str] = ()
) -> Toll:
    """Best, low and high over ``claims`` of one kind.

    ``sources`` maps article id to its independent source (``copies.groups``). Claims that do not
    count (retracted, denied, supposed, of an event in ``aside``) stay in the list.
    """
    ranked = tuple(sorted(claims, key=_order))
    read = [kept for kept in ranked if counts(kept) and kept.event not in aside]
    every = _statements(whole(read), dict(sources))
    said = _Said(every)
    standing = [one for one in every if not any(_supersedes(new, one, said) for new in every)]
    if not standing:
        return _parts_only(ranked, read)
    best = max(standing, key=lambda one: _rank(one, said))
    parts = [kept for kept in read if kept.claim.subset]
    low = max([best.low, *(part for part in map(_part, parts) if _fits(part, best))])
    return Toll(
        best=best.value if best.value is not None else _middle(best),
        low=low,
        high=_high(best, standing),
        rule=_rule(best, standing, every),
        as_of=max(_time(kept) for kept in read),
        claims=ranked,
    )


class _Said:
    """Who gave which figure when: found at once, for there may be hundreds of statements."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._first: dict[int, datetime] = {}
        self._last: dict[int, dict[str, datetime]] = {}
        for one in statements:
            self._first[one.figure] = min(one.time, self._first.get(one.figure, one.time))
            by_source = self._last.setdefault(one.figure, {})
            by_source[one.group] = max(one.time, by_source.get(one.group, one.time))

    def known(self, one: Statement, other: Statement) -> bool:
        """Whether the figure of ``one`` had been given before the time of ``other``."""
        return self._first[one.figure] < other.time

    def support(self, one: Statement, after: datetime = _EARLY) -> int:
        """Independent sources that give the figure (after a time)."""
        return sum(time > after for time in self._last[one.figure].values())


def _statements(claims: Sequence[TollClaim], sources: dict[str, str]) -> list[Statement]:
    """One statement for each figure that a publisher gives on one authority: its newest."""
    by_event: dict[str, list[TollClaim]] = {}
    for kept in claims:
        by_event.setdefault(kept.event, []).append(kept)
    newest: dict[tuple[object, ...], Statement] = {}
    for event in sorted(by_event):
        for group in enumerations(by_event[event]):
            made = statement(group, sources, _time(group[0]))
            key = (made.publisher, made.source, made.low, made.high, made.value)
            if key not in newest or (made.time, made.order) > (newest[key].time, newest[key].order):
                newest[key] = made
    said = [one for one in newest.values() if not _shortened(one, newest.values())]
    ranked = sorted(said, key=lambda one: (one.time, one.order))
    return ranked[-MOST_STATEMENTS:]


def _shortened(one: Statement, said: Iterable[Statement]) -> bool:
    """Whether the publisher gives the same figure as a bound: headlines leave "at least" out."""
    return one.high is not None and any(
        other.publisher == one.publisher and other.low == one.low and other.high is None
        and not other.vague and other.time == one.time
        for other in said
    )  # fmt: skip


def _supersedes(new: Statement, old: Statement, said: _Said) -> bool:
    """Whether ``new`` takes ``old`` out of the count."""
    if new.figure == old.figure and new.vague == old.vague:
        return False
    if new.time <= old.time and not _lags(new, old, said):
        return False
    if new.vague and _within(old, new):
        return False
    own = new.publisher == old.publisher or _same_source(new, old)
    if own and new.authority >= old.authority:
        return True
    prevails = _overtakes if new.figure > old.figure else _corrects
    return prevails(new, old, said)


def _overtakes(new: Statement, old: Statement, said: _Said) -> bool:
    """Whether a higher figure stands against the older one: tolls rise."""
    firm = new.authority >= min(old.authority, UNATTRIBUTED)
    return firm or new.time - old.time >= STALE or said.support(new) > 1


def _corrects(new: Statement, old: Statement, said: _Said) -> bool:
    """Whether a lower figure from elsewhere stands against the older one."""
    if new.authority != old.authority:
        return new.authority > old.authority
    return not said.known(new, old) and said.support(new, old.time) > 1


def _lags(new: Statement, old: Statement, said: _Said) -> bool:
    """Whether ``old`` only repeats, later or in the same article, what ``new`` has overtaken.

    A figure given again by whoever gave the higher one is no repetition but a correction.
    """
    own = new.publisher == old.publisher or _same_source(new, old)
    corrected = own and old.time > new.time
    return new.figure > old.figure and not corrected and said.known(old, new)


def _same_source(new: Statement, old: Statement) -> bool:
    return bool(new.source) and new.source == old.source


def _within(old: Statement, new: Statement) -> bool:
    return new.low <= old.figure and (new.high is None or old.figure <= new.high)


def _rank(one: Statement, said: _Said) -> tuple[object, ...]:
    return (
        not one.vague,
        said.support(one),
        one.authority,
        one.value is not None,
        one.figure,
        one.time,
        one.order,
    )


def _high(best: Statement, standing: Sequence[Statement]) -> int | None:
    """Greatest number that the best statement or one that stands beside it allows."""
    if best.high is None:
        return None
    return max([best.high, *(one.high for one in standing if one.high is not None)])


def _middle(best: Statement) -> int | None:
    if best.vague or best.high is None:
        return best.low
    return (best.low + best.high) // 2


def _rule(best: Statement, standing: Sequence[Statement], said: Sequence[Statement]) -> str:
    if len(said) == 1:
        return "only figure"
    if len({one.figure for one in standing}) == 1:
        return "agreed" if len({one.figure for one in said}) == 1 else "newest"
    if _Said(standing).support(best) > 1:
        return "most sources"
    if best.authority > max((one.authority for one in standing if one != best), default=-1):
        return "best authority"
    return "greatest of equals"


def _parts_only(claims: tuple[TollClaim, ...], read: Sequence[TollClaim]) -> Toll:
    least = max((_part(kept) for kept in read if kept.claim.subset), default=0)
    if not least:
        return Toll(best=None, low=None, high=None, rule="none", as_of=None, claims=claims)
    newest = max(_time(kept) for kept in read)
    rule = "largest part"
    return Toll(best=least, low=least, high=None, rule=rule, as_of=newest, claims=claims)


def _part(kept: TollClaim) -> int:
    return kept.claim.low or kept.claim.value or 0


def _fits(part: int, best: Statement) -> bool:
    """A part raises the bound of an open or vague whole, never beyond an exact one."""
    return best.high is None or part <= best.high


def _order(kept: TollClaim) -> tuple[datetime, str, int, str]:
    return (_time(kept), kept.article, kept.revision, kept.claim.id)


def _time(kept: TollClaim) -> datetime:
    return kept.published or _EARLY
