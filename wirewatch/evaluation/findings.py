"""What a prediction got right and wrong in one document, and the likely cause of each error."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wirewatch.evaluation.labels import Labelled, LabelledClaim, LabelledEvent
from wirewatch.evaluation.score import (
    ACTUAL,
    alerts,
    floor,
    ignored_keys,
    is_ignored,
    number,
)  # fmt: skip

Verdict = Literal["right", "wrong", "missed"]


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the article's ``full_text`` something stands."""

    start: int
    end: int

    def touches(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim or event, right or wrong, with its places in label and prediction."""

    doc: str
    verdict: Verdict
    cause: str
    """Why it is wrong, in words that group alike errors; empty when right."""
    what: str
    quote: str
    labelled: Span | None
    read: Span | None
    weight: float
    """How much it matters: alarms before figures, great figures before small ones."""


@dataclass(frozen=True, slots=True)
class _Placed:
    event: LabelledEvent
    claim: LabelledClaim
    span: Span | None

    @property
    def key(self) -> tuple[str, object]:
        return self.claim.kind, number(self.claim)


def findings(want: Labelled, have: Labelled, full_text: str) -> list[Finding]:
    """Every claim of both sides judged once, then the event types missed and invented."""
    wanted, found = _placed(want, full_text), _placed(have, full_text)
    return [
        *_judged_labels(want.doc, wanted, found),
        *_inventions(want, wanted, found),
        *_types(want, have, full_text),
    ]


def _placed(document: Labelled, full_text: str) -> list[_Placed]:
    return [
        _Placed(event, claim, span_of(claim, full_text))
        for event in document.events
        for claim in event.claims
        if number(claim) != 0
    ]


def span_of(item: LabelledClaim | LabelledEvent, full_text: str) -> Span | None:
    """Where an item stands: by its offsets, else by the first place of its quotation."""
    if item.evidence is not None:
        return Span(item.evidence.start, item.evidence.end)
    start = full_text.find(item.quote) if item.quote else -1
    return None if start < 0 else Span(start, start + len(item.quote))


def _judged_labels(
    doc: str, wanted: Sequence[_Placed], found: Sequence[_Placed]
) -> Iterator[Finding]:
    for label in wanted:
        if not label.claim.explicit:
            continue
        same = [other for other in found if other.key == label.key]
        read = next((other for other in same if other.event.when == label.event.when), None)
        if read is not None:
            yield _finding(doc, "right", "", label, read)
        elif same:
            cause = _when_cause(label.event.when)
            yield _finding(doc, "wrong", cause, label, same[0])
        else:
            yield _missed(doc, label, found)


def _when_cause(when: str | None) -> str:
    return "news read as history" if when == "current" else "history read as news"


def _missed(doc: str, label: _Placed, found: Sequence[_Placed]) -> Finding:
    near = _touching(label, found)
    for other in near:
        if number(other.claim) == number(label.claim):
            cause = f"kind: {label.claim.kind} read as {other.claim.kind}"
            return _finding(doc, "missed", cause, label, other)
    for other in near:
        if other.claim.kind == label.claim.kind:
            return _finding(doc, "missed", "number misread", label, other)
    return _finding(doc, "missed", f"not counted: {label.claim.kind}", label, None)


def _touching(one: _Placed, others: Sequence[_Placed]) -> list[_Placed]:
    span = one.span
    if span is None:
        return []
    return [other for other in others if other.span is not None and span.touches(other.span)]


def _inventions(
    want: Labelled, wanted: Sequence[_Placed], found: Sequence[_Placed]
) -> Iterator[Finding]:
    ignored = ignored_keys(want)
    keys = {label.key for label in wanted if label.claim.explicit}
    for read in found:
        key = (read.claim.kind, number(read.claim))
        if key not in keys and not is_ignored(key, ignored):
            yield _finding(want.doc, "wrong", _invention_cause(read, wanted), None, read)


def _invention_cause(read: _Placed, wanted: Sequence[_Placed]) -> str:
    near = _touching(read, wanted)
    if any(number(label.claim) == number(read.claim) for label in near):
        return "kind confused"
    if any(label.claim.kind == read.claim.kind for label in near):
        return "number misread"
    return f"counted what is none: {read.claim.kind}"


def _finding(
    doc: str, verdict: Verdict, cause: str, label: _Placed | None, read: _Placed | None
) -> Finding:
    shown = label or read
    assert shown is not None
    quote = shown.claim.quote
    return Finding(
        doc=doc,
        verdict=verdict,
        cause=cause,
        what=_what(label, read),
        quote=quote,
        labelled=label.span if label else None,
        read=read.span if read else None,
        weight=0.0 if verdict == "right" else _weight(shown),
    )


def _what(label: _Placed | None, read: _Placed | None) -> str:
    if label is None or read is None:
        return (f"labelled {_words(label)}" if label else "") + (
            f"read {_words(read)}" if read else ""
        )
    wanted, found = _words(label), _words(read)
    return wanted if wanted == found else f"labelled {wanted}, read {found}"


def _words(item: _Placed | None) -> str:
    if item is None:
        return "nothing"
    figure = number(item.claim)
    if isinstance(figure, tuple):
        shown = f"{figure[0]:,} to {figure[1]:,}"
    elif isinstance(figure, int):
        shown = f"{figure:,}"
    else:
        shown = item.claim.vague or "some"
    return f"{shown} {item.claim.kind} ({item.event.when})"


def _weight(item: _Placed) -> float:
    alarming = item.event.when == "current" and (item.event.status or "happened") in ACTUAL
    return math.log10(floor(item.claim) + 1) + (2.0 if alarming else 0.0)


def _types(want: Labelled, have: Labelled, full_text: str) -> Iterator[Finding]:
    wanted, found = _current_types(want), _current_types(have)
    for name in sorted(wanted.keys() | found.keys()):
        label, read = wanted.get(name), found.get(name)
        if label and read:
            continue
        shown = label or read
        assert shown is not None
        yield Finding(
            doc=want.doc,
            verdict="missed" if label else "wrong",
            cause=f"event missed: {name}" if label else f"event invented: {name}",
            what=f"{'labelled' if label else 'read'} {name} ({shown.status})",
            quote=shown.quote,
            labelled=span_of(label, full_text) if label else None,
            read=span_of(read, full_text) if read else None,
            weight=1.0,
        )


def _current_types(document: Labelled) -> dict[str, LabelledEvent]:
    raised = alerts(document)
    return {
        event.type: event
        for event in reversed(document.events)
        if f"type:{event.type}" in raised and (event.when or "current") == "current"
    }
