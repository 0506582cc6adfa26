"""``wirewatch broker``: our own Kafka alone."""

from __future__ import annotations

import signal
import threading
import time

import typer

from wirewatch.cli.kafka import local_broker
from wirewatch.cli.options import console
from wirewatch.cli.options import settings as effective
from wirewatch.errors import BrokerError


def broker(ctx: typer.Context) -> None:
    """Run our own Kafka until Ctrl-C or SIGTERM; its address is printed on standard output."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with local_broker(effective(ctx)) as running:
        console().print(running.url)
        while not stop.is_set():
            if not running.running:
                raise BrokerError(f"Kafka has ended: {running.last_words()}")
            time.sleep(0.2)
