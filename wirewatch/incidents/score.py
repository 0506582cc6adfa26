"""How likely two events are reports of one incident: a logistic regression that can explain itself.

The features' meanings and the data behind the weights stand in docs/linking.md.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from operator import eq

import msgspec

from wirewatch.incidents.node import Node, distance

NEAR_KM = 25.0
"""Two places nearer than this may be one city and its suburb."""
VETO = -1.0
"""Score of a pair that no third report can bring together."""
FAR_KM = 300.0
WITHIN_KM = 150.0
"""A spot nearer than this to a region's middle may well lie in it."""
OUTSIDE_KM = 500.0
"""One farther than this lies outside all but the greatest, and beyond twice that outside any."""
ALIKE = 0.1
"""Likeness of terms, and of headlines to a part, from which two reports speak of the same."""
MASS = 53.0
"""Weight of shared terms that makes two reports speak of the same: eight words that few articles
have."""
TITLE_SHARE = 0.7
"""Headlines share words by chance more than telling words do."""
_NOTHING: frozenset[str] = frozenset()
_MONTH = 31


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fitted model: weights by feature, threshold, and how much each common word tells."""

    bias: float
    weights: dict[str, float]
    threshold: float
    """Probability from which two groups of reports are one incident."""
    rare: float
    """How much a word tells that is not among ``words`` (inverse document frequency)."""
    words: dict[str, float]
    """How much a common word tells."""


@cache
def shipped() -> Weights:
    """The weights that ship with wirewatch (training/fit_linking.py makes them)."""
    data = (files("wirewatch.incidents") / "weights.json").read_bytes()
    return msgspec.json.decode(data, type=Weights)


class Scorer:
    """Scores pairs of events; pure, the same pair has the same score either way round."""

    def __init__(self, weights: Weights) -> None:
        self.threshold = weights.threshold
        self._weights = weights

    def probability(self, one: Node, other: Node) -> float:
        """How likely both are reports of one incident (0 to 1); VETO: certainly not."""
        if one.article == other.article and contradict(one, other):
            return VETO
        get = self._weights.weights.get
        total = self._weights.bias
        for name, value in self.features(one, other).items():
            total += get(name, 0.0) * value
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def why(self, one: Node, other: Node) -> dict[str, float]:
        """What each feature adds to the log-odds, greatest effect first."""
        parts = {
            name: round(self._weights.weights.get(name, 0.0) * value, 2)
            for name, value in self.features(one, other).items()
        }
        ranked = sorted(parts.items(), key=lambda item: (-abs(item[1]), item[0]))
        return {"bias": round(self._weights.bias, 2), **{k: v for k, v in ranked if v}}

    def tells(self, word: str) -> float:
        """How much ``word`` tells about which incident a report is about."""
        return self._weights.words.get(word, self._weights.rare)

    def features(self, one: Node, other: Node) -> dict[str, float]:
        """The features of a pair that are not zero.

        Where the place is the same, its name is not counted again among the words. Two events of
        one article have its words in common whatever they are, so those say nothing then.
        """
        found: dict[str, float] = {}
        for part in (_types, _dates, _published, _places, _figures, _parties):
            part(one, other, found)
        if one.article != other.article:
            _copies(one, other, found)
            self._words(one, other, found)
        return found

    def _words(self, one: Node, other: Node, found: dict[str, float]) -> None:
        here = one.here if one.place and one.place == other.place else _NOTHING
        found["terms"], mass = self._cosine(one.terms, other.terms, here)
        found["terms_mass"] = min(1.0, mass / MASS)
        found["title"] = self._cosine(one.title, other.title, here)[0]
        found["words_apart"] = max(0.0, 1 - (found["terms"] + TITLE_SHARE * found["title"]) / ALIKE)

    def _cosine(
        self, one: frozenset[str], other: frozenset[str], but: frozenset[str]
    ) -> tuple[float, float]:
        """Weighted cosine of two sets of words less those of a third, and the weight they share."""
        shared = one & other
        if but:
            shared -= but
        if not shared:
            return 0.0, 0.0
        if but:
            one, other = one - but, other - but
        mass = self._mass(shared)
        return mass / math.sqrt(self._mass(one) * self._mass(other)), mass

    def _mass(self, words: frozenset[str]) -> float:
        get, rare = self._weights.words.get, self._weights.rare
        return sum([get(word, rare) for word in words]) or 1.0


def contradict(one: Node, other: Node) -> bool:
    """Whether two events differ in date, place or a figure, as two of one article may not.

    The reader took them for two already; only what it could not fill in may make them one.
    """
    apart: dict[str, float] = {}
    _dates(one, other, apart)
    _places(one, other, apart)
    _figures(one, other, apart)
    return not apart.keys().isdisjoint(
        {
            "date_apart",
            "date_next",
            "place_differs",
            "place_apart",
            "place_told",
            "place_namesake",
            "place_outside",
            "country_differs",
            "figures_differ",
        }
    )


def _types(one: Node, other: Node, found: dict[str, float]) -> None:
    if one.type != other.type:
        found["type_differs"] = 1.0
    if one.article == other.article:
        found["same_article"] = 1.0


def _dates(one: Node, other: Node, found: dict[str, float]) -> None:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        found["date_unknown"] = 1.0
        return
    gap = max(one.start, other.start) - min(one.end, other.end)
    if gap > 1:
        found["date_apart"] = min(1.0, 0.8 + gap / 20)
        if one.fresh and other.fresh:
            found["news_apart"] = 1.0
    elif gap == 1:
        found["date_next"] = 1.0
    elif one.start == one.end and other.start == other.end:
        found["date_same"] = 1.0
    else:
        found["date_overlaps"] = 1.0


def _published(one: Node, other: Node, found: dict[str, float]) -> None:
    if one.published is not None and other.published is not None:
        gap = abs(one.published - other.published)
        found["published_apart"] = min(1.0, math.log1p(gap) / math.log1p(_MONTH))


def _places(one: Node, other: Node, found: dict[str, float]) -> None:
    if one.abroad(other):
        found["country_differs"] = 1.0
    elif one.place is None or other.place is None:
        found["place_named" if one.names(other) or other.names(one) else "place_wide"] = 1.0
    elif one.place == other.place:
        found["place_same"] = 1.0
    elif one.region != other.region:
        _region(one, other, found)
    else:
        _spots(one, other, found)


def _region(one: Node, other: Node, found: dict[str, float]) -> None:
    """A region and a spot: which may lie in it is judged by the region's middle."""
    far = distance(one.middle, other.middle) if one.middle and other.middle else None
    if far is None or WITHIN_KM <= far <= OUTSIDE_KM:
        found["place_wide"] = 1.0
    elif far < WITHIN_KM:
        found["place_within"] = 1.0
    else:
        found["place_outside"] = min(1.0, far / OUTSIDE_KM - 1)


def _spots(one: Node, other: Node, found: dict[str, float]) -> None:
    known = one.point is not None and other.point is not None
    far = distance(one.point, other.point) if one.point and other.point else math.inf
    apart = min(1.0, 0.5 + far / FAR_KM)
    if far < NEAR_KM:
        found["place_near"] = 1.0
    elif one.namesake(other):
        found["place_namesake"] = 1.0
    elif one.tells_of(other) or other.tells_of(one):
        found["place_told"] = apart
    else:
        found["place_apart" if known else "place_differs"] = apart


def _figures(one: Node, other: Node, found: dict[str, float]) -> None:
    agree = differ = 0.0
    for kind, (low, high) in one.figures.items():
        theirs = other.figures.get(kind)
        if theirs is None:
            continue
        if low <= theirs[1] and theirs[0] <= high:
            agree += 1.0 + math.log10(max(low, theirs[0]))
        else:
            ratio = max(low, theirs[0]) / min(high, theirs[1])
            differ += min(1.0, math.log10(ratio))
    if agree:
        found["figures_agree"] = min(3.0, agree)
    if differ:
        found["figures_differ"] = differ


def _parties(one: Node, other: Node, found: dict[str, float]) -> None:
    for name, mine, theirs in (
        ("actors", one.actors, other.actors),
        ("targets", one.targets, other.targets),
    ):
        if mine and theirs:
            shared = len(mine & theirs) / min(len(mine), len(theirs))
            found[f"{name}_share" if shared else f"{name}_differ"] = shared or 1.0


def _copies(one: Node, other: Node, found: dict[str, float]) -> None:
    if one.signature and len(one.signature) == len(other.signature):
        same = sum(map(eq, one.signature, other.signature)) / len(one.signature)
        if same > 0.1:
            found["copied"] = same
