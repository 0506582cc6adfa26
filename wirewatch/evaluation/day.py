"""Articles in the order of publication through linking and rules: what was said, and rightly?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wirewatch.evaluation.predict import Reading
from wirewatch.evaluation.replay import Replay, RuleScore, raised
from wirewatch.model import Alert, Event
from wirewatch.rules import RuleSet


@dataclass(slots=True)
class Heard:
    """What subscribers hear on the way; ``hear`` takes each article's alerts as they come."""

    alerts: dict[str, Alert] = field(default_factory=dict)
    """Each alert by its id, in order."""
    most_open: int = 0
    """Most alerts of one rule on one incident that were open after an article: must be 1."""
    _open: Counter[tuple[str, str]] = field(default_factory=Counter)

    def hear(self, alerts: Iterable[Alert], state: Replay) -> None:
        """Take up what one article led to, with the incidents as they stand after it."""
        for alert in alerts:
            if alert.id not in self.alerts:
                self._open[alert.rule, alert.incident.id] += _OPENS[alert.kind]
            self.alerts[alert.id] = alert
        together: Counter[tuple[str, str]] = Counter()
        for (rule, incident), count in self._open.items():
            together[rule, survivor(incident, state)] += count
        self.most_open = max(self.most_open, *together.values(), 0)

    def counts(self) -> Counter[str]:
        """How many alerts of each kind."""
        return Counter(alert.kind for alert in self.alerts.values())


_OPENS = {"alert": 1, "update": 0, "cancel": -1}


def survivor(incident: str, state: Replay) -> str:
    """The incident that ``incident`` was merged into, at last; itself if it was not."""
    while target := state.incidents[incident].merged_into:
        incident = target
    return incident


def hear_day(readings: Iterable[Reading], rules: RuleSet) -> tuple[Heard, Replay]:
    """Link and decide on each article's events; give what was said, and the state at the end."""
    heard, state = Heard(), Replay(rules)
    for reading in readings:
        said = [alert for alerts in state.take(reading.events) for alert in alerts]
        heard.hear(said, state)
    return heard, state


def score_day(
    heard: Heard, state: Replay, rules: RuleSet, labels: Mapping[str, Sequence[Event]]
) -> list[RuleScore]:
    """Each rule against labels of the articles.

    An alert is right when one of the articles that report its incident, by the end of the day, is
    labelled with an event that the rule should speak on. An article with such a label is missed
    when the rule did not speak on any incident that it reports. Alerts on incidents of which no
    article is labelled do not count.
    """
    wanted = {article: raised(rules, events) for article, events in labels.items()}
    spoken: dict[str, dict[str, set[str]]] = {rule.name: {} for rule in rules.rules}
    for alert in heard.alerts.values():
        incident = state.incidents[survivor(alert.incident.id, state)]
        reports = {report.article for report in (*incident.reports, *alert.incident.reports)}
        spoken[alert.rule].setdefault(incident.id, set()).update(reports & labels.keys())
    return [_score(rule, list(on.values()), wanted) for rule, on in spoken.items()]


def _score(rule: str, spoken: Sequence[set[str]], wanted: Mapping[str, set[str]]) -> RuleScore:
    judged = [articles for articles in spoken if articles]
    right = sum(any(rule in wanted[article] for article in articles) for articles in judged)
    covered = set[str]().union(*judged)
    missed = sum(rule in rules and article not in covered for article, rules in wanted.items())
    return RuleScore(rule, right=right, false=len(judged) - right, missed=missed)
