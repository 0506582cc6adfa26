"""What the referees look at: a row of numbers for one mention (a trigger or a figure).

Missing evidence is NaN: the trees learned what to do without it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import get_args

import numpy as np
from spacy.tokens import Doc, Token

from wirewatch.extraction.annotations import Counted, DateMention, Heads, published
from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.factuality import status, when
from wirewatch.extraction.factuality.cues import cues
from wirewatch.extraction.referee.mention import Mention, of_counted
from wirewatch.extraction.triggers.match import Candidate
from wirewatch.model import ClaimKind, EventType, Modifier, Status

TYPES: tuple[EventType, ...] = get_args(EventType)
KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
STATUSES: tuple[Status, ...] = get_args(Status)
MODIFIERS: tuple[Modifier, ...] = get_args(Modifier)
GROUPS = (
    "recent", "old", "since", "said", "court", "will", "modal", "demand", "threat", "negation",
    "ongoing", "year", "month",
)  # fmt: skip
Others = Sequence[tuple[Candidate, float]]
"""The article's candidates with the odds of each."""
_ROWS_KEY = "wirewatch.rows"
_Kept = tuple[tuple[Counted, ...], dict[tuple[Mention, float, bool], list[float]]]
"""The counts of people that rows were made with, and the rows."""
_NAN = float("nan")
_FAR = 30
_WINDOW = 7
_FLAGS: tuple[frozenset[str], ...] = tuple(
    wordset(words)
    for words in (
        "the this that these those its their his her",
        "a an another one more new",
        "had",
        "has have",
        "was were been being",
        "is are",
        "to",
        "that which who whom whose",
        "after following since",
        "and or",
        "other separate elsewhere separately second third fourth meanwhile similar",
        "of in for over from",
        "killing leaving wounding injuring",
    )
)
_CARRIED = ("recent", "old", "since", "year", "month", "court", "will")
_POINTING = wordset("that those earlier previous these same")
_DEPS = ("root", "conj", "acl", "advcl", "ccomp", "xcomp", "nmod", "obl", "nsubj", "obj")


def place_in_text(doc: Doc, mention: Mention) -> list[float]:
    """Position: title, sentence number, share of the text, offset in the sentence."""
    seen = context(doc)
    number = seen.body_sentence(mention.token)
    first, last = seen.span(mention.token)
    return [
        float(mention.token < seen.title_end),
        float(min(number, 40)),
        mention.token / max(1, len(doc)),
        float(min(mention.token - first, 40)),
        float(min(last - mention.token, 40)),
        float(seen.upper),
    ]


def cue_distances(doc: Doc, mention: Mention) -> list[float]:
    """For each cue group the distance to the nearest before and after, in the sentence."""
    first, last = context(doc).span(mention.token)
    found = cues(doc)
    row: list[float] = []
    for group in GROUPS:
        positions = found.get(group, ())
        next_ = bisect_left(positions, mention.start)
        left = [mention.token - p for p in positions[max(0, next_ - 1) : next_] if p >= first]
        right = [p - mention.token for p in positions[next_ : next_ + 1] if p < last]
        row += [float(min([*left, _FAR])), float(min([*right, _FAR]))]
    return row


def around(doc: Doc, mention: Mention) -> list[float]:
    """Which small words stand within four tokens before, and next to, the word of the event."""
    seen = context(doc)
    first, _ = seen.span(mention.token)
    former = seen.words[max(first, mention.token - 4) : mention.token]
    word = seen.words[mention.token]
    row = [float(bool(flag.intersection(former))) for flag in _FLAGS]
    row += [float(bool(flag.intersection(former[-1:]))) for flag in _FLAGS]
    return [
        *row,
        float(word.endswith("ing")),
        float(word.endswith("ed")),
        float(word.endswith("s")),
    ]


def dates(doc: Doc, mention: Mention) -> list[float]:
    """What the dates of the sentence and of the one before say: how long ago, recent or not."""
    seen = context(doc)
    number = seen.sentence[mention.token]
    here = [d for d in doc._.dates if seen.sentence[d.start] == number]
    former = [d for d in doc._.dates if seen.sentence[d.start] == number - 1]
    first, _ = seen.span(mention.token)
    opening = next((d for d in here if d.start - first <= 3), None)
    points = [d for d in here if not d.duration]
    stretches = [d for d in here if d.duration]
    return [
        float(published(doc) is not None),
        *_nearest(points, mention.token),
        *_nearest(stretches, mention.token),
        *_nearest(former, mention.token),
        _recent(opening),
        *_apart([d for d in here if d.recent], mention.token),
        *_apart([d for d in here if d.recent is False], mention.token),
        float(len(here)),
    ]


def _nearest(found: list[DateMention], token: int) -> list[float]:
    """Days ago, recent or not, and distance of the nearest."""
    if not found:
        return [_NAN, _NAN, _NAN]
    best = min(found, key=lambda d: (abs(d.start - token), d.start))
    ago = _NAN if best.days_ago is None else float(max(-60, min(800, best.days_ago)))
    return [ago, _recent(best), float(max(-_FAR, min(_FAR, best.start - token)))]


def _recent(date: DateMention | None) -> float:
    return _NAN if date is None or date.recent is None else float(date.recent)


def _apart(found: list[DateMention], token: int) -> list[float]:
    left = [token - d.start for d in found if d.start < token]
    right = [d.start - token for d in found if d.start >= token]
    return [float(min([*left, _FAR])), float(min([*right, _FAR]))]


def sentence_before(doc: Doc, mention: Mention) -> list[float]:
    """Whether the sentence before speaks of now or of old, and whether this one points back."""
    seen = context(doc)
    number = seen.sentence[mention.token]
    low, high = seen.bounds[number - 1] if number else (0, 0)
    found = cues(doc)
    row = [float(any(low <= p < high for p in found.get(g, ()))) for g in _CARRIED]
    first, last = seen.span(mention.token)
    near = seen.words[max(first, mention.token - 3) : mention.token + 1]
    back = any(w in _POINTING for w in near)
    anywhere = any(w in _POINTING for w in seen.words[first:last])
    return [*row, float(back), float(anywhere)]


def syntax(doc: Doc, mention: Mention) -> list[float]:
    """Depth, relation to the head, and the auxiliaries of the clause; NaN without a parse."""
    if not doc.has_annotation("DEP"):
        return [_NAN] * (len(_DEPS) + 6)
    token = doc[mention.token]
    chain = _chain(token)
    deps = token.dep_.lower().partition(":")[0]
    verb = next((t for t in chain if t.pos_ in {"VERB", "AUX"}), token)
    auxiliaries = {c.lower_ for c in verb.children if c.dep_.lower().startswith("aux")}
    above = {t.dep_.lower().partition(":")[0] for t in chain}
    return [
        *(float(deps == d) for d in _DEPS),
        float(len(chain)),
        float("had" in auxiliaries),
        float(bool({"has", "have"} & auxiliaries)),
        float(bool({"acl"} & above)),
        float(bool({"ccomp", "parataxis"} & above)),
        float(token.pos_ == "NOUN"),
    ]


def _chain(token: Token) -> list[Token]:
    chain = [token]
    while chain[-1].head is not chain[-1] and len(chain) < 12:
        chain.append(chain[-1].head)
    return chain


def heads_of(doc: Doc, mention: Mention) -> list[float]:
    """The learned heads at the mention: when, status, the types' odds; NaN where not read.

    A figure's heads are read at the last token of the number proper, where they were trained. The
    trigger head marks one word of a quotation, not always the lexicon's: neighbours count too.
    """
    heads: Heads | None = doc._.heads
    if heads is None:
        return [_NAN] * (8 + len(STATUSES) + len(TYPES) + 1)
    span = sorted({*range(mention.start, mention.end), mention.token})
    at = mention.end - 1 if mention.head is None else mention.head
    return [
        _odds(heads.figure_when, [at]),
        _odds(heads.trigger_when, span),
        _odds(heads.trigger_when, [mention.token]),
        *_mean(heads.trigger_status, span),
        *_mean(heads.trigger, span, top=True),
        *_nearby(doc, mention, heads),
    ]


def _nearby(doc: Doc, mention: Mention, heads: Heads) -> list[float]:
    """The surest word for the mention's type near by, in the sentence, in the article."""
    first, last = context(doc).span(mention.token)
    low, high = max(first, mention.token - _WINDOW), min(last, mention.token + _WINDOW + 1)
    column = heads.trigger[:, 0] if mention.type is None else None
    sure = -column if column is not None else heads.trigger[:, 1 + TYPES.index(_type(mention))]
    best = _argmax(sure, low, high)
    here = _argmax(sure, first, last)
    return [
        _NAN if best is None else float(sure[best]),
        _NAN if best is None else _odds(heads.trigger_when, [best]),
        _NAN if here is None else float(sure[here]),
        _NAN if here is None else _odds(heads.trigger_when, [here]),
        float(np.nanmax(sure)) if np.isfinite(sure).any() else _NAN,
    ]


def _type(mention: Mention) -> EventType:
    assert mention.type is not None
    return mention.type


def _argmax(values: np.ndarray, low: int, high: int) -> int | None:
    window = values[low:high]
    known = np.isfinite(window)
    if not known.any():
        return None
    return low + int(np.where(known, window, -np.inf).argmax())


def _rows(matrix: np.ndarray, span: Sequence[int]) -> np.ndarray:
    picked: np.ndarray = matrix[list(span)]
    return picked[~np.isnan(picked).any(axis=1)] if picked.size else picked


def _odds(matrix: np.ndarray, span: Sequence[int]) -> float:
    if len(span) == 1:  # most are, and numpy takes its time over a single row
        return float(matrix[span[0], 0] - matrix[span[0], 1])
    rows = _rows(matrix, span)
    return float((rows[:, 0] - rows[:, 1]).mean()) if len(rows) else _NAN


def _mean(matrix: np.ndarray, span: Sequence[int], *, top: bool = False) -> list[float]:
    if len(span) == 1:
        only: list[float] = matrix[span[0]].tolist()
        return only
    rows = _rows(matrix, span)
    if not len(rows):
        return [_NAN] * matrix.shape[1]
    row = rows[rows[:, 0].argmin()] if top else rows.mean(axis=0)
    return [float(x) for x in row]


def company(doc: Doc, mention: Mention, others: Others) -> list[float]:
    """The article's other triggers: those of the type, and the surest of each type near by."""
    seen = context(doc)
    same = [c for c, _ in others if c.type == mention.type]
    title = any(c.start < seen.title_end for c in same)
    lead = any(0 <= seen.body_sentence(c.start) <= 1 for c in same)
    earlier = sum(c.start < mention.start for c in same)
    row = [float(title), float(lead), float(min(len(same), 15)), float(min(earlier, 15))]
    return [*row, *_surest(doc, mention, others)]


def _surest(doc: Doc, mention: Mention, others: Others) -> list[float]:
    """Per type the greatest odds of another mention, in the sentence and in the article."""
    number = context(doc).sentence
    here, anywhere = [-9.0] * len(TYPES), [-9.0] * len(TYPES)
    for candidate, odds in others:
        if candidate.start == mention.start and candidate.type == mention.type:
            continue
        k = TYPES.index(candidate.type)
        anywhere[k] = max(anywhere[k], odds)
        if number[candidate.start] == number[mention.token]:
            here[k] = max(here[k], odds)
    return [*here, *anywhere]


def figures(doc: Doc, mention: Mention) -> list[float]:
    """Counts of people near by: distance, kind, how many in the sentence and in the article."""
    number = context(doc).sentence
    here = [c for c in doc._.counted if number[c.figure.start] == number[mention.token]]
    near = min(here, key=lambda c: abs(c.figure.start - mention.token), default=None)
    return [
        float(_FAR if near is None else min(_FAR, abs(near.figure.start - mention.token))),
        -1.0 if near is None else float(KINDS.index(near.kind)),
        float(len(here)),
        float(min(10, len(doc._.counted))),
    ]


def amount(doc: Doc, counted: Counted) -> list[float]:
    """The figure itself: kind, size, modifier, part, and whether title or lead hold it too."""
    seen = context(doc)
    figure = counted.figure
    key = (counted.kind, figure.value, figure.low)
    twins = [c for c in doc._.counted if (c.kind, c.figure.value, c.figure.low) == key]
    first = min(seen.body_sentence(c.figure.start) for c in (*twins, counted))
    size = figure.value if figure.value is not None else figure.low
    return [
        float(KINDS.index(counted.kind)),
        _NAN if size is None else math.log1p(min(abs(size), 10**12)),
        float(MODIFIERS.index(figure.modifier)),
        float(counted.subset),
        float(len(twins)),
        float(min(first, 40)),
        float(figure.explicit),
        float(counted.confidence),
    ]


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
        *amount(doc, counted), float(type_), *_surest(doc, mention, others), *_shared(doc, mention),
    ]  # fmt: skip


def _shared(doc: Doc, mention: Mention) -> list[float]:
    mood = status.status(doc, mention)
    return [
        when.odds(doc, mention), *(float(mood == s) for s in STATUSES), *figures(doc, mention),
        *place_in_text(doc, mention), *cue_distances(doc, mention), *around(doc, mention),
        *dates(doc, mention), *sentence_before(doc, mention), *syntax(doc, mention),
        *heads_of(doc, mention),
    ]  # fmt: skip
