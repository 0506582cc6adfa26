from datetime import UTC, datetime, timedelta

import pytest

from wirewatch.config.settings import Settings
from wirewatch.streams.subscribe import _start_time, alert_topics, rules_without_topic


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


@pytest.mark.parametrize(
    "since", [timedelta(days=999_999), timedelta.max, datetime(1, 1, 2, tzinfo=UTC)]
)
def test_one_may_ask_for_more_than_was_ever_kept(since: timedelta | datetime) -> None:
    assert _start_time(since) == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_start_is_a_time_or_so_long_ago() -> None:
    noon = datetime(2031, 5, 6, 12, tzinfo=UTC)
    assert _start_time(noon) == noon
    before = datetime.now(UTC)
    start = _start_time(timedelta(hours=2))
    assert start
    assert before <= start + timedelta(hours=2) <= datetime.now(UTC)
    assert _start_time(None) is None


def test_rules_that_nobody_has_are_told() -> None:
    settings = Settings(topic_prefix="p-")
    topics = ("p-alerts.ceasefire", "alerts.disaster", "p-articles")
    asked = ("ceasefire", "disaster", "cease-fire")
    assert rules_without_topic(settings, asked, topics) == ("disaster", "cease-fire")
