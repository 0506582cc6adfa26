"""One blocking call at a time in a thread of its own, which a hung call cannot outlive harm."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

T = TypeVar("T")


class StillBusyError(OSError):
    """The call before has not come back yet."""


class OwnThread:
    """Runs calls apart from the event loop and from each other target's.

    A call that hangs holds nobody up: not the pool of threads that the process shares, since it has
    none of them; not the process's end, since its thread is a daemon; and no second one is begun.
    """

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    async def run(self, call: Callable[[], T]) -> T:
        """The result of ``call``; raises what it raises, StillBusyError if the last one hangs."""
        if self._thread is not None and self._thread.is_alive():
            raise StillBusyError("the attempt before has not come back yet")
        loop = asyncio.get_running_loop()
        result: asyncio.Future[T] = loop.create_future()

        def work() -> None:
            try:
                value = call()
            except Exception as error:  # noqa: BLE001 - it is raised where the result is awaited
                _tell(loop, result, partial(result.set_exception, error))
            else:
                _tell(loop, result, partial(result.set_result, value))

        self._thread = threading.Thread(target=work, daemon=True, name="wirewatch-deliver")
        self._thread.start()
        return await result


def _tell(
    loop: asyncio.AbstractEventLoop, result: asyncio.Future[T], settle: Callable[[], object]
) -> None:
    def once() -> None:
        if not result.done():  # cancelled: nobody waits any more
            settle()

    if not loop.is_closed():
        loop.call_soon_threadsafe(once)
