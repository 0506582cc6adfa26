"""What is judged: a stretch of text with the word of an event in it."""

from __future__ import annotations

from dataclasses import dataclass

from wirewatch.extraction.annotations import Counted
from wirewatch.extraction.triggers.match import Candidate
from wirewatch.model import ClaimKind, EventType


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text judged: a candidate trigger, or a counted figure with its anchor."""

    start: int
    end: int
    token: int
    """The word of the event: the trigger itself, or the figure's anchor."""
    type: EventType | None = None
    kind: ClaimKind | None = None
    head: int | None = None
    """Last token of the number proper, of a figure."""


def of_candidate(candidate: Candidate) -> Mention:
    """The mention that a candidate trigger is."""
    return Mention(candidate.start, candidate.end, candidate.start, type=candidate.type)


def of_counted(counted: Counted) -> Mention:
    """The mention that a counted figure is."""
    figure = counted.figure
    anchor = counted.anchor if counted.anchor is not None else figure.start
    return Mention(figure.start, figure.end, anchor, kind=counted.kind, head=figure.head)
