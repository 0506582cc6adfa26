"""An alert that says it is none: what ``wirewatch deliver test`` sends."""

from __future__ import annotations

from datetime import datetime

from wirewatch.identity import stable_id
from wirewatch.model import Alert, AlertEvidence, AlertTimes, Incident, Place, Toll

RULE = "wirewatch-test"


def sample_alert(target: str, now: datetime) -> Alert:
    """A test alert for ``target``: invented, of severity minor, with an id of its own."""
    evidence = AlertEvidence(
        quote="This is a test: nothing has happened.", publisher="wirewatch", url=None,
        start=0, end=37,
    )  # fmt: skip
    incident = Incident(
        id=stable_id("test", target), revision=1, type="accident", status="happened",
        when="current", headline="Test of delivery: nothing has happened", first_seen=now,
        last_seen=now, place=Place(text="Nowhere", name="Nowhere (a test)"),
        tolls={"injured": Toll(best=0, low=0, high=0, rule="test", as_of=now)},
        evidence=(evidence,),
    )  # fmt: skip
    return Alert(
        id=stable_id("test", target, now.isoformat()), rule=RULE, severity="minor", kind="alert",
        reason="a test of delivery, nothing has happened", incident=incident, evidence=(evidence,),
        times=AlertTimes(published=None, fetched=None, extracted=None, linked=None, emitted=now),
    )  # fmt: skip
