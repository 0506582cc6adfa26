"""Consumer lag, and whether a partition stands still: the figures that expose a stall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Place = tuple[str, int]
"""Topic and partition."""


@dataclass(frozen=True)
class Progress:
    """Of one partition: its end, and the offset committed."""

    end: int
    committed: int

    @property
    def lag(self) -> int:
        """Records not yet committed."""
        return max(0, self.end - self.committed)


class StallDetector:
    """Tells which partitions have had records waiting and nothing done for ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[Place, tuple[int, float]] = {}

    def stalled(self, progress: Mapping[Place, Progress], now: float) -> tuple[Place, ...]:
        """Partitions that stand still at ``now`` (monotonic seconds), with all held ones given."""
        for place in set(self._since) - set(progress):
            del self._since[place]
        return tuple(place for place, step in progress.items() if self._still(place, step, now))

    def _still(self, place: Place, step: Progress, now: float) -> bool:
        if not step.lag:
            self._since.pop(place, None)
            return False
        committed, since = self._since.get(place, (-1, now))
        if committed != step.committed:
            self._since[place] = (step.committed, now)
            return False
        return now - since >= self._seconds


def lag_by_topic(progress: Mapping[Place, Progress]) -> Mapping[str, int]:
    """Sum of the lag of each topic's partitions."""
    totals: Counter[str] = Counter()
    for (topic, _), step in progress.items():
        totals[topic] += step.lag
    return totals


async def measure(app: Any, topics: frozenset[str]) -> dict[Place, Progress]:
    """Progress of the partitions of ``topics`` that the Faust app holds; asks Kafka.

    Raises what aiokafka raises while Kafka is away.
    """
    consumer = app.consumer
    held = [tp for tp in consumer.assignment() if tp.topic in topics]
    if not held:
        return {}
    ends = await consumer.highwaters(*held)
    begins = await consumer.earliest_offsets(*held)
    return {
        (tp.topic, tp.partition): Progress(
            ends[tp] or 0,
            max(consumer._committed_offset[tp] or 0, begins[tp] or 0),  # noqa: SLF001
        )
        for tp in held
    }
