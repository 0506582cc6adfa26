"""A worker for the tests: counts numbers per key in a table, and passes each on.

With ``PLAIN`` in the environment it runs on Faust as it comes.
"""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any

from wirewatch.config.sources import load
from wirewatch.streams import hardening
from wirewatch.streams.codecs import Outgoing
from wirewatch.streams.logs import configure_logs
from wirewatch.streams.stage import Stage
from wirewatch.streams.state import StateTable
from wirewatch.streams.topics import ARTICLES, EVENTS, topic_name
from wirewatch.streams.worker import Worker

SLOW = float(os.environ.get("SLOW", "0"))


def build(stage: Stage) -> None:
    table = StateTable(stage.app, "feeds")
    out = topic_name(stage.settings, EVENTS)

    async def handle(message: Any) -> None:
        partition = message.message.partition
        key = message.message.key.decode()
        seen = (table.get(partition, key) or b"").split()
        await asyncio.sleep(SLOW)
        numbers = seen if message.value in seen else [*seen, message.value]
        await stage.deliver([(out, Outgoing(message.message.key, message.value, []))])
        await table.put(partition, {key: b" ".join(numbers)})

    async def tally(stream: Any) -> None:
        await stage.consume(stream, handle)

    stage.agent(topic_name(stage.settings, ARTICLES), tally)


async def main() -> None:
    settings = load(None).settings
    configure_logs(settings)
    if os.environ.get("PLAIN"):
        hardening.harden()
        hardening.unharden()
        hardening.harden = lambda: None
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await Worker(settings, {"poll": build}).run(stop)


if __name__ == "__main__":
    asyncio.run(main())
