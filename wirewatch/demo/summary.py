"""What the demo says at its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from statistics import median

from wirewatch.demo.day import Day
from wirewatch.demo.outcome import differences
from wirewatch.demo.run import Seen

NEXT = (
    ("make up", "watch the world's news feeds"),
    ("wirewatch alerts", "follow the alerts, from another terminal"),
    ("wirewatch read FILE --published 2026-03-03", "see what it understands of an article"),
    ("wirewatch rules try", "see what your own rules would have raised"),
)


def summary(day: Day, seen: Seen) -> Iterator[str]:
    """Lines for people: what went through, what stayed silent and why, how fast it was."""
    revised = sum(revision > 1 for _, revision in seen.articles)
    yield (
        f"{len(seen.articles) - revised} articles and {revised} edits of {len(day.outlets)} outlets"
        f" → {len(seen.events)} events → {len(seen.incidents)} incidents"
        f" → {len(seen.alerts)} alerts"
    )
    told = {report.url for alert in seen.alerts.values() for report in alert.incident.reports}
    for story in day.stories:
        url = f"https://{day.outlets[story.outlet].publisher}/{story.slug}"
        if story.silent and url not in told:
            yield f"silent: “{story.title}” ({story.silent})"
    if delays := [delay.total_seconds() for delay in _delays(seen)]:
        yield f"from an article fetched to its alert: {median(delays):.2f} s (median)"
    for difference in differences(day, seen.alerts.values()):
        yield f"not as it should be: {difference}"


def _delays(seen: Seen) -> Iterator[timedelta]:
    for alert in seen.alerts.values():
        if alert.times.fetched is not None:
            yield alert.times.emitted - alert.times.fetched
