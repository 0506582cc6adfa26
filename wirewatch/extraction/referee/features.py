"""What the referees look at: a row of numbers for one mention (a trigger or a figure).

Missing evidence is NaN: the referees learned what to do without it.
"""

from __future__ import annotations

from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted
from wirewatch.extraction.factuality import status, when
from wirewatch.extraction.referee.company import Others, amount, company, figures, surest
from wirewatch.extraction.referee.dated import carried, dates
from wirewatch.extraction.referee.labels import STATUSES, TYPES
from wirewatch.extraction.referee.marks import heads_of
from wirewatch.extraction.referee.mention import Mention, of_counted
from wirewatch.extraction.referee.neighbours import linked, other_figures, sentences_around
from wirewatch.extraction.referee.wording import (
    around,
    article_cues,
    cue_distances,
    place_in_text,
    sentence_before,
    syntax,
)

_ROWS_KEY = "wirewatch.mention_rows"
_Kept = tuple[tuple[Counted, ...], dict[tuple[Mention, float, bool], list[float]]]
"""The counts of people that rows were made with, and the rows."""


def trigger_row(
    doc: Doc, mention: Mention, others: Others, prior: float, weak: bool
) -> list[float]:
    """The row that the trigger referees read; made once for all who ask."""
    kept: _Kept | None = doc.user_data.get(_ROWS_KEY)
    if kept is None or kept[0] is not doc._.counted:
        kept = doc.user_data[_ROWS_KEY] = (doc._.counted, {})
    key = mention, prior, weak
    if key not in kept[1]:
        kept[1][key] = _trigger_row(doc, mention, others, prior, weak)
    return kept[1][key]


def _trigger_row(
    doc: Doc, mention: Mention, others: Others, prior: float, weak: bool
) -> list[float]:
    assert mention.type is not None
    return [
        float(TYPES.index(mention.type)), prior, float(weak),
        *company(doc, mention, others), *_shared(doc, mention),
    ]  # fmt: skip


def claim_row(doc: Doc, counted: Counted, others: Others) -> list[float]:
    """The row that the claims' referee reads."""
    mention = of_counted(counted)
    nearest = min(
        (c for c, _ in others), key=lambda c: (abs(c.start - mention.token), c.start), default=None
    )
    type_ = -1 if nearest is None else TYPES.index(nearest.type)
    return [
        *amount(doc, counted), float(type_), *surest(doc, mention, others), *_shared(doc, mention),
        *other_figures(doc, counted), *linked(doc, counted),
    ]  # fmt: skip


def _shared(doc: Doc, mention: Mention) -> list[float]:
    mood = status.status(doc, mention)
    return [
        when.odds(doc, mention), *(float(mood == s) for s in STATUSES), *figures(doc, mention),
        *place_in_text(doc, mention), *cue_distances(doc, mention), *around(doc, mention),
        *dates(doc, mention), *sentence_before(doc, mention), *syntax(doc, mention),
        *heads_of(doc, mention), *sentences_around(doc, mention), *article_cues(doc),
        *carried(doc, mention),
    ]  # fmt: skip
