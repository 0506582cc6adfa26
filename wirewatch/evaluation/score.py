"""Precision, recall and F1 of predicted events against labels.

Claims are compared by document, kind and number; claims that a label marks as implied, and counts
of zero, neither help nor hurt. The rows are those that docs/accuracy.md keeps for each release.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from wirewatch.evaluation.labels import Labelled, LabelledClaim, LabelledEvent

Number = int | tuple[int, int] | Literal["vague"]
Key = tuple[str, Number]
Outcome = Literal["tp", "fp", "fn"]
Documents = Mapping[str, Labelled]

ALERT_THRESHOLDS = (
    ("killed", 1), ("killed", 10), ("injured", 10), ("abducted", 1), ("displaced", 1000),
)  # fmt: skip
ACTUAL = frozenset({"happened", "ongoing"})
VAGUE_FLOOR = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000}


class Rate(msgspec.Struct, frozen=True):
    """Precision, recall, F1 (four decimals) and the counts behind them."""

    p: float
    r: float
    f1: float
    tp: int
    fp: int
    fn: int


class FalseAlarms(msgspec.Struct, frozen=True):
    """Articles whose only deaths are history, and how many of them raise an alarm."""

    documents: int
    fired: int
    rate: float


class Scores(msgspec.Struct, frozen=True):
    """The whole table."""

    documents: int
    claims: Rate
    claims_current: Rate
    claims_by_kind: dict[str, Rate]
    when_accuracy: float
    alerts: dict[str, Rate]
    background_false_alarms: FalseAlarms
    type_country_current: Rate
    country_accuracy: float
    """Of the types of current events that an article tells and the reader finds, the share whose
    country is right; types whose country no label says are left out."""


def score(gold: Documents, predicted: Documents) -> Scores:
    """Score ``predicted`` on the documents of ``gold``; a document without prediction is empty."""
    pairs = [(want, predicted.get(doc, Labelled(doc=doc))) for doc, want in gold.items()]
    total: Counter[str] = Counter()
    current: Counter[str] = Counter()
    when: Counter[bool] = Counter()
    by_kind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for want, have in pairs:
        for outcome, key in claim_outcomes(want, have):
            total[outcome] += 1
            by_kind[key[0]][outcome] += 1
        current.update(_current_outcomes(want, have))
        when.update(_when_right(want, have))
    return Scores(
        documents=len(gold),
        claims=rate(total),
        claims_current=rate(current),
        claims_by_kind={kind: rate(counts) for kind, counts in sorted(by_kind.items())},
        when_accuracy=round(when[True] / max(1, when.total()), 4),
        alerts=_alert_scores(pairs),
        background_false_alarms=_background_false_alarms(pairs),
        type_country_current=_country_score(pairs),
        country_accuracy=_country_accuracy(pairs),
    )


def rate(counts: Counter[str]) -> Rate:
    """Precision, recall and F1 of counts of "tp", "fp" and "fn"; 0 where undefined."""
    tp, fp, fn = counts["tp"], counts["fp"], counts["fn"]
    p = tp / (tp + fp) if tp + fp else 0.0
    r = tp / (tp + fn) if tp + fn else 0.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return Rate(round(p, 4), round(r, 4), round(f1, 4), tp, fp, fn)


def number(claim: LabelledClaim) -> Number:
    """The comparable figure of a claim: an integer, a range, or "vague"."""
    if claim.value is not None:
        return claim.value
    if claim.modifier == "range" and claim.low is not None and claim.high is not None:
        return claim.low, claim.high
    bound = claim.low if claim.low is not None else claim.high
    if claim.modifier != "vague" and bound is not None:
        return bound
    return "vague"


def floor(claim: LabelledClaim) -> int:
    """The least number of people a claim asserts, which thresholds read."""
    figure = number(claim)
    if isinstance(figure, int):
        return figure
    if isinstance(figure, tuple):
        return figure[0]
    word = (claim.vague or "").lower().split(" ")[0]
    return VAGUE_FLOOR.get(word, claim.low or 2)


def claim_outcomes(want: Labelled, have: Labelled) -> Iterator[tuple[Outcome, Key]]:
    """For each kind and number of one document: found, invented or missed."""
    wanted, ignored = _wanted(want)
    found = _whens(have)
    for key in wanted.keys() | found.keys():
        if key in wanted:
            yield ("tp" if key in found else "fn"), key
        elif not is_ignored(key, ignored):
            yield "fp", key


def is_ignored(key: Key, ignored: set[Key]) -> bool:
    """Whether a prediction that no label wants is one that a label only implies."""
    return key in ignored or (key[1] == "vague" and any(kind == key[0] for kind, _ in ignored))


def _wanted(document: Labelled) -> tuple[dict[Key, set[str | None]], set[Key]]:
    wanted: dict[Key, set[str | None]] = {}
    ignored: set[Key] = set()
    for event, claim in _claims(document):
        key = (claim.kind, number(claim))
        if key[1] == 0 or not claim.explicit:
            ignored.add(key)
        else:
            wanted.setdefault(key, set()).add(event.when)
    return wanted, ignored


def ignored_keys(document: Labelled) -> set[Key]:
    """Kinds and numbers that a document's labels only imply, and its counts of zero."""
    return _wanted(document)[1]


def _whens(document: Labelled) -> dict[Key, set[str | None]]:
    found: dict[Key, set[str | None]] = {}
    for event, claim in _claims(document):
        key = (claim.kind, number(claim))
        if key[1] != 0:
            found.setdefault(key, set()).add(event.when)
    return found


def _claims(document: Labelled) -> Iterator[tuple[LabelledEvent, LabelledClaim]]:
    return ((event, claim) for event in document.events for claim in event.claims)


def _when_right(want: Labelled, have: Labelled) -> Iterator[bool]:
    wanted, found = _wanted(want)[0], _whens(have)
    return (bool(wanted[key] & found[key]) for key in wanted.keys() & found.keys())


def _current_outcomes(want: Labelled, have: Labelled) -> Iterator[Outcome]:
    wanted, ignored = _wanted(want)
    wanted_now = {key for key, whens in wanted.items() if "current" in whens}
    found_now = {key for key, whens in _whens(have).items() if "current" in whens}
    for key in wanted_now | found_now:
        if key in wanted_now:
            yield "tp" if key in found_now else "fn"
        elif key in wanted or key not in ignored:
            yield "fp"


def alerts(document: Labelled) -> set[str]:
    """Which alarms a document raises: "type:…" for current events, "killed>=10" for tolls."""
    raised: set[str] = set()
    for event in document.events:
        if (event.when or "current") != "current":
            continue
        raised.add(f"type:{event.type}")
        if (event.status or "happened") in ACTUAL:
            raised.update(_thresholds(event))
    return raised


def _thresholds(event: LabelledEvent) -> Iterator[str]:
    for claim in event.claims:
        if claim.status in {"denied", "hypothetical"}:
            continue
        for kind, least in ALERT_THRESHOLDS:
            if claim.kind == kind and floor(claim) >= least:
                yield f"{kind}>={least}"


def _alert_scores(pairs: Sequence[tuple[Labelled, Labelled]]) -> dict[str, Rate]:
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for want, have in pairs:
        wanted, found = alerts(want), alerts(have)
        for name in wanted | found:
            outcome = "fp" if name not in wanted else "tp" if name in found else "fn"
            table[name][outcome] += 1
    return {name: rate(counts) for name, counts in sorted(table.items())}


def only_background_deaths(document: Labelled) -> bool:
    """Whether a document tells of deaths, all of them history."""
    history = any(
        event.when == "background" and any(claim.kind == "killed" for claim in event.claims)
        for event in document.events
    )
    return history and "killed>=1" not in alerts(document)


def _background_false_alarms(pairs: Sequence[tuple[Labelled, Labelled]]) -> FalseAlarms:
    quiet = [have for want, have in pairs if only_background_deaths(want)]
    fired = sum("killed>=1" in alerts(have) for have in quiet)
    return FalseAlarms(len(quiet), fired, round(fired / max(1, len(quiet)), 4))


def _countries(document: Labelled) -> dict[str, set[str]]:
    """Type → countries of its current events; empty where no country is known."""
    found: dict[str, set[str]] = {}
    for event in document.events:
        if (event.when or "current") == "current":
            found.setdefault(event.type, set()).update([event.country] if event.country else [])
    return found


def _country_accuracy(pairs: Sequence[tuple[Labelled, Labelled]]) -> float:
    right: Counter[bool] = Counter()
    for want, have in pairs:
        wanted, found = _countries(want), _countries(have)
        right.update(bool(wanted[t] & found[t]) for t in wanted.keys() & found.keys() if wanted[t])
    return round(right[True] / max(1, right.total()), 4)


def _country_score(pairs: Sequence[tuple[Labelled, Labelled]]) -> Rate:
    counts: Counter[str] = Counter()
    for want, have in pairs:
        wanted = {(e.type, e.country) for e in want.events if e.when == "current" and e.country}
        found = {
            (e.type, e.country)
            for e in have.events
            if (e.when or "current") == "current" and e.country
        }
        counts["tp"] += len(wanted & found)
        counts["fn"] += len(wanted - found)
        counts["fp"] += len(found - wanted)
    return rate(counts)
