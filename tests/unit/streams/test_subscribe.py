import pytest

from wirewatch.config.settings import Settings
from wirewatch.streams.subscribe import alert_topics


@pytest.mark.parametrize(
    ("rules", "topic", "wanted"),
    [
        ((), "p-alerts.ceasefire", True),
        ((), "p-alerts.a-rule-of-tomorrow", True),
        ((), "alerts.ceasefire", False),
        ((), "p-articles", False),
        ((), "p-alerts.", False),
        (("ceasefire",), "p-alerts.ceasefire", True),
        (("ceasefire",), "p-alerts.ceasefire-2", False),
        (("ceasefire",), "p-alerts.disaster", False),
        (("ceasefire", "disaster"), "p-alerts.disaster", True),
    ],
)
def test_the_topics_of_the_rules_asked_for_are_read(
    rules: tuple[str, ...], topic: str, wanted: bool
) -> None:
    pattern = alert_topics(Settings(topic_prefix="p-"), rules)
    assert bool(pattern.match(topic)) is wanted
