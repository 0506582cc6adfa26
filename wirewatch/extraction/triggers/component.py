"""``wirewatch_triggers``: which words of the Doc tell an event, and of which type."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Trigger, register
from wirewatch.extraction.context import Context, context
from wirewatch.extraction.factuality.when import probability
from wirewatch.extraction.kinds import HOSTS
from wirewatch.extraction.referee.company import Others
from wirewatch.extraction.referee.rows import candidate_rows
from wirewatch.extraction.referee.weights import STRONG, WEAK, scores, weighed
from wirewatch.extraction.triggers.charges import without_charges
from wirewatch.extraction.triggers.harm import may_be_attack, without_mere_harm
from wirewatch.extraction.triggers.match import Candidate
from wirewatch.extraction.triggers.mishaps import without_malice

_LEAST = 0.12
KEEP = 0.58
"""A mention less certain than this is no trigger."""
_KEEP_BY_RULES = 0.5
"""The same where no learned head has spoken: the rules' own odds are less sharp."""
SURE = 3.0
"""Log odds that a phrase adds whose words settle the type."""
_LEFT, _RIGHT = 14, 16
Judged = list[tuple[Candidate, float]]
_DIVIDERS = frozenset({",", ";", ":", "(", ")", "—", "–", '"', "“", "”"})


@Language.factory("wirewatch_triggers", assigns=["doc._.triggers"], default_config={"keep": KEEP})
def make_triggers(nlp: Language, name: str, keep: float) -> Triggers:  # noqa: ARG001 (spaCy passes it)
    """Build the component; ``keep`` is the least probability of a trigger (0 to 1)."""
    return Triggers(name, keep)


class Triggers:
    """Sets ``doc._.triggers``; reads places (parties to talks) and heads where they are set."""

    def __init__(self, name: str, keep: float = KEEP) -> None:
        register()
        self.name = name
        self.keep = keep

    def __call__(self, doc: Doc) -> Doc:
        """Find, judge, keep the best type of each word."""
        found = weighed(doc)
        judged = zip(found, chances(doc, found), strict=True)
        weighted = [(c, p) for (c, _), p in judged]
        least = _KEEP_BY_RULES if doc._.heads is None else self.keep
        kept = without_mere_harm(doc, [(c, p) for c, p in weighted if p >= least])
        kept += _needed(doc, weighted, kept)
        chosen = without_charges(doc, without_malice(doc, _best(kept)))
        doc._.triggers = tuple(trigger(doc, c, p) for c, p in chosen)
        return doc


def chances(doc: Doc, found: Others) -> list[float]:
    """Probability of each candidate to tell an event of its type."""
    judged = scores("trigger", doc, candidate_rows(doc))
    alone = [(o + (WEAK if c.weak else STRONG)) / 2 for c, o in found]
    odds = alone if judged is None else judged[:, 0].tolist()
    return [probability(o + SURE * c.sure) for (c, _), o in zip(found, odds, strict=True)]


def _needed(doc: Doc, found: Judged, kept: Judged) -> Judged:
    """The likeliest trigger for a count of people whose sentence kept none that fits it."""
    number = context(doc).sentence
    needed = []
    for counted in doc._.counted:
        at, fitting = number[counted.figure.start], HOSTS[counted.kind]
        here = [
            (c, p)
            for c, p in found
            if number[c.start] == at and c.type in fitting and may_be_attack(doc, c, kept)
        ]
        told = any(number[c.start] == at and c.type in fitting for c, _ in kept)
        best = max(here, key=lambda cp: (cp[1], -cp[0].start), default=None)
        if not told and best is not None and best[1] >= _LEAST:
            needed.append(best)
    return needed


def _best(kept: Judged) -> Judged:
    """One type a stretch of text: that beyond doubt, then the likeliest, then the longer phrase."""
    chosen: Judged = []
    order = sorted(kept, key=_rank)
    taken: set[int] = set()
    for candidate, chance in order:
        span = set(range(candidate.start, candidate.end))
        if not span & taken:
            taken |= span
            chosen.append((candidate, chance))
    return sorted(chosen, key=lambda cp: cp[0].start)


def _rank(judged: tuple[Candidate, float]) -> tuple[bool, float, int, int, str]:
    candidate, chance = judged
    size = candidate.end - candidate.start
    return not candidate.sure, -chance, -size, candidate.start, candidate.type


def trigger(doc: Doc, candidate: Candidate, chance: float) -> Trigger:
    """The candidate as a trigger with its clause; news or history and status are yet open."""
    start, end = clause(context(doc), candidate.start, candidate.end)
    return Trigger(
        candidate.start, candidate.type, "current", "happened", start, end, round(chance, 4)
    )


def clause(seen: Context, start: int, end: int) -> tuple[int, int]:
    """The stretch between the nearest dividers of the sentence, of bounded length."""
    first, last = seen.span(start)
    left = start
    while left > max(first, start - _LEFT) and seen.words[left - 1] not in _DIVIDERS:
        left -= 1
    right = end
    while right < min(last, end + _RIGHT) and seen.words[right] not in _DIVIDERS:
        right += 1
    while right > end and seen.words[right - 1] in {".", "!", "?"}:
        right -= 1
    return left, right
