"""What a set of rules would have said of past articles: read, link, decide, without Kafka."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wirewatch.evaluation.labels import Labelled, LabelledClaim, LabelledEvent
from wirewatch.identity import stable_id
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.model import (
    Alert,
    Article,
    ArticleRef,
    Claim,
    DateSpan,
    Event,
    Evidence,
    Incident,
    Place,
)  # fmt: skip
from wirewatch.rules import AlertState, RuleSet, decide

_START = datetime(1970, 1, 1, tzinfo=UTC)


class Replay:
    """Takes events in the order given and says what ``rules`` make of them; keeps all state.

    An incident is decided on by each rule set apart, so that two can be compared on one linking.
    """

    def __init__(self, *rules: RuleSet) -> None:
        self._rules = rules
        self._linker = Linker(MemoryStore())
        self._states: list[dict[str, AlertState]] = [{} for _ in rules]
        self.incidents: dict[str, Incident] = {}
        """The incidents as last told."""
        self.errors: dict[str, None] = {}
        """Rules whose expression failed, and why."""

    def take(self, events: Iterable[Event]) -> Iterator[tuple[Alert, ...]]:
        """For each incident that ``events`` change: one tuple of alerts a rule set, joined."""
        for event in events:
            now = event.article.fetched_at or event.article.published or _START
            for incident in self._linker.link(event, now):
                self.incidents[incident.id] = incident
                yield from (self._decide(number, incident, now) for number in self._numbers())

    def _numbers(self) -> range:
        return range(len(self._rules))

    def _decide(self, number: int, incident: Incident, now: datetime) -> tuple[Alert, ...]:
        states = self._states[number]
        decision = decide(self._rules[number], incident, states.get(incident.id), now)
        states[incident.id] = decision.state
        self.errors.update(dict.fromkeys(decision.errors))
        return decision.alerts


def replay(readings: Iterable[Sequence[Event]], rules: RuleSet) -> Iterator[Alert]:
    """The alerts that ``rules`` raise on articles in the order given, each article's events."""
    state = Replay(rules)
    for events in readings:
        for alerts in state.take(events):
            yield from alerts


@dataclass(frozen=True, slots=True)
class RuleScore:
    """How often a rule was right on labelled articles, each taken alone."""

    rule: str
    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Share of articles it spoke on that it should have; None when it never spoke."""
        return self.right / (self.right + self.false) if self.right + self.false else None

    @property
    def recall(self) -> float | None:
        """Share of articles it should have spoken on that it did; None when there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


def score_rules(
    rules: RuleSet, readings: Mapping[str, Sequence[Event]], labels: Mapping[str, Sequence[Event]]
) -> list[RuleScore]:
    """Each rule on each article alone: what the reader's events raise against what labels do."""
    found = {doc: raised(rules, events) for doc, events in readings.items()}
    wanted = {doc: raised(rules, labels[doc]) for doc in readings}
    scores = []
    for rule in rules.rules:
        pairs = [(rule.name in found[doc], rule.name in wanted[doc]) for doc in readings]
        scores.append(
            RuleScore(
                rule.name,
                right=pairs.count((True, True)),
                false=pairs.count((True, False)),
                missed=pairs.count((False, True)),
            )
        )
    return scores


def raised(rules: RuleSet, events: Sequence[Event]) -> set[str]:
    """Names of the rules that speak on ``events`` of one article, and do not take it back."""
    spoken: dict[tuple[str, str], str] = {}
    for alert in replay([events], rules):
        spoken[alert.rule, alert.incident.id] = alert.kind
    return {rule for (rule, _), kind in spoken.items() if kind != "cancel"}


def labelled_events(labelled: Labelled, article: Article) -> list[Event]:
    """A person's labels as the events a faultless reader would give."""
    return [_event(event, article, number) for number, event in enumerate(labelled.events)]


def _event(event: LabelledEvent, article: Article, number: int) -> Event:
    place = Place(text=event.place or "", country=event.country) if event.country else None
    date = DateSpan(start=event.date, end=event.date, precision="day") if event.date else None
    return Event(
        id=stable_id("label", article.id, number),
        article=ArticleRef(
            id=article.id, revision=1, url=article.url, publisher=article.publisher,
            title=article.title, published=article.published, fetched_at=article.fetched_at,
            terms=(f"label {number}",),
        ),
        type=event.type,  # type: ignore[arg-type]
        when=event.when or "background",  # type: ignore[arg-type]
        status=event.status or "happened",  # type: ignore[arg-type]
        evidence=Evidence(start=number, end=number, quote=event.quote),
        place=place,
        date=date,
        claims=tuple(
            _claim(claim, f"{article.id} {number} {index}", index)
            for index, claim in enumerate(event.claims)
        ),
    )  # fmt: skip


def _claim(claim: LabelledClaim, name: str, index: int) -> Claim:
    low, high = _bounds(claim)
    return Claim(
        id=stable_id(name), kind=claim.kind, value=claim.value, low=low,  # type: ignore[arg-type]
        high=high, modifier=claim.modifier or "exact",  # type: ignore[arg-type]
        evidence=Evidence(start=index * 1000, end=index * 1000 + 1, quote=claim.quote),
        subset=claim.subset, status=claim.status, who=claim.who,  # type: ignore[arg-type]
    )  # fmt: skip


VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "several": 3}
"""What the record's ``low`` is for vague words (docs of the event record)."""


def _bounds(claim: LabelledClaim) -> tuple[int | None, int | None]:
    if claim.modifier == "vague":
        return VAGUE.get((claim.vague or "").split(" ")[0].lower(), 1), None
    low = claim.low if claim.low is not None else claim.value
    high = claim.high if claim.high is not None else claim.value
    if claim.modifier == "at_most":
        return None, high
    return low, None if claim.modifier == "at_least" else high
