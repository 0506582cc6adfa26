"""What the components write on a Doc for one another: ``doc._.figures`` and the like.

Token indices count in the Doc, ``end`` excluded; characters are those of ``doc.text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from wirewatch.model import (
    Actor,
    ClaimKind,
    ClaimStatus,
    DateSpan,
    EventType,
    Modifier,
    Place,
    Status,
    When,
)  # fmt: skip

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number mention: words that say how many, whatever it is that they count.

    ``start`` to ``end`` covers the number with its bounds ("at least 12", "between 36 and 40"); the
    learned heads are read at ``numbers.head_token(figure)``, the last token of the number proper.
    """

    start: int
    end: int
    value: int | None
    low: int | None
    high: int | None
    modifier: Modifier
    vague: str | None = None
    fraction: float | None = None
    base: int | None = None
    explicit: bool = True
    """False when the number is only implied ("a soldier was killed")."""
    not_people: str | None = None
    """Why it cannot count people ("age", "date", "money", "distance", …); None: it may."""
    head: int | None = None
    """Last token of the number proper, bounds left out; None: the token before ``end``."""
    ordinal: bool = False
    """"The third person to die": a place in a row, which says how many there were."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure read as a count of people hurt, taken or moved."""

    figure: Figure
    kind: ClaimKind
    anchor: int | None
    """Token of the word of harm or movement ("killed", "dead", "withdraw") that it hangs on."""
    start: int
    end: int
    """Tokens of the shortest quotation that holds the number and what happened."""
    subset: bool = False
    status: ClaimStatus = "asserted"
    who: str | None = None
    replaces: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Trigger:
    """One mention of an event: the word that names what happened."""

    token: int
    type: EventType
    when: When
    status: Status
    start: int
    end: int
    """Tokens of the clause that states it."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression, resolved against the publication date where there is one."""

    start: int
    end: int
    span: DateSpan | None
    """None when it cannot be resolved (no publication date and the words are relative)."""
    days_ago: int | None
    """Publication day minus last possible day; negative: the future; None: unknown. Without
    publication date a rough number for words of distance ("two weeks ago" about 11)."""
    duration: bool = False
    """A stretch or a repeat ("since 2003", "for 17 years", "every Monday"), not a point in time."""
    recent: bool | None = None
    """True: began within about two weeks before publication, as weekdays and "overnight" do;
    False: history ("in 1998"); None: unknown, or yet to come."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name and the place it was resolved to."""

    start: int
    end: int
    place: Place
    demonym: bool = False
    """Named by its people or as an adjective ("Afghan", "Iraqis")."""


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A party named in the text."""

    start: int
    end: int
    actor: Actor


@dataclass(slots=True)
class Heads:
    """What the learned heads say, one row a token; NaN rows where the encoder did not look."""

    kind: FloatArray
    """Log probabilities: none, then the claim kinds in the order of model.ClaimKind."""
    figure_when: FloatArray
    """Log probabilities: current, background."""
    figure_subset: FloatArray
    """Log probabilities: whole, part."""
    figure_status: FloatArray
    """Log probabilities: asserted, denied, hypothetical."""
    trigger: FloatArray
    """Log probabilities: none, then the event types in the order of model.EventType."""
    trigger_when: FloatArray
    """Log probabilities: current, background."""
    trigger_status: FloatArray
    """Log probabilities in the order of model.Status."""
    link: FloatArray | None = None
    """Vectors, one a token; a figure's and a trigger's dot product says they belong together."""
    asked: FloatArray | None = None
    """What place a token asks for, if it tells of an event: a vector, and a score for none."""
    given: FloatArray | None = None
    """Vectors, one a token; a trigger's and a place's dot product says it was there."""


def register() -> None:
    """Declare the Doc extensions; calling it again does nothing."""
    for name in ("figures", "counted", "triggers", "dates", "places", "actors", "events"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())
    if not Doc.has_extension("unread"):
        Doc.set_extension("unread", default=False)
    for name in ("published", "title_end", "heads", "article"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def published(doc: Doc) -> datetime | None:
    """When the article was published, if known."""
    value: datetime | None = doc._.published
    return value
