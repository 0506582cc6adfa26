from datetime import timedelta

import pytest

from wirewatch.cli.alerts import duration
from wirewatch.errors import SettingsError


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30s", timedelta(seconds=30)),
        ("15m", timedelta(minutes=15)),
        ("2h", timedelta(hours=2)),
        ("7d", timedelta(days=7)),
        ("999999d", timedelta(days=3650)),
    ],
)
def test_spans_are_read(text: str, span: timedelta) -> None:
    assert duration(text) == span


@pytest.mark.parametrize("text", ["", "2", "h", "-2h", "2 weeks", "1e9d", "99999999d"])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="time span"):
        duration(text)
