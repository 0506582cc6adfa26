"""Who gets what."""

from __future__ import annotations

import pytest

from tests.unit.delivery.build import alert, target
from wirewatch.model import Alert


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("", True),
        ("rules: [mass-casualty]", True),
        ("rules: [ceasefire, disaster]", False),
        ("severities: [moderate]", True),
        ("severities: [severe, extreme]", False),
        ("rules: [mass-casualty]\nseverities: [severe]", False),
        ("rules: [ceasefire]\nseverities: [moderate]", False),
    ],
)
def test_rules_and_severities_both_must_fit(more: str, wanted: bool) -> None:
    assert target(more).wants(alert()) is wanted


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (alert(kind="update", severity="moderate", told=("severe",)), True),
        (alert(kind="cancel", severity="moderate", told=("severe", "moderate")), True),
        (alert(kind="cancel", severity="moderate", told=("minor", "moderate")), False),
        (alert(kind="update", severity="severe", told=("moderate",)), True),
    ],
)
def test_who_heard_of_something_grave_hears_that_it_was_not(one: Alert, wanted: bool) -> None:
    assert target("severities: [severe, extreme]").wants(one) is wanted
