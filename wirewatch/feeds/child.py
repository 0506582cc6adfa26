"""The process behind ``ChildReader``: jobs on standard input, answers on standard output."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
from typing import BinaryIO

import msgspec

from wirewatch.errors import FeedError
from wirewatch.feeds.digest import FeedJob, digest
from wirewatch.feeds.page import PageJob, read_page
from wirewatch.feeds.reader import MEMORY_LIMIT, READY, Answer


def main() -> None:
    """Answer jobs until the parent closes the pipe; an interrupt is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and refuses it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # no library may write into the pipe
    answers.write(READY)
    answers.flush()
    serve(sys.stdin.buffer, answers)


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Read length-prefixed jobs to the end of ``jobs``, write one answer for each."""
    while head := jobs.read(4):
        request = jobs.read(int.from_bytes(head, "big"))
        reply = msgspec.msgpack.encode(_answer(request))
        answers.write(len(reply).to_bytes(4, "big") + reply)
        answers.flush()


def _answer(request: bytes) -> Answer:
    try:
        job = msgspec.msgpack.decode(request, type=FeedJob | PageJob)
        result = digest(job) if isinstance(job, FeedJob) else read_page(job)
        return Answer(result=msgspec.msgpack.encode(result))
    except FeedError as error:
        return Answer(failure=str(error))
    except Exception as error:  # noqa: BLE001 - one document's trouble is that document's alone
        return Answer(failure=f"the document cannot be read: {type(error).__name__}: {error}"[:300])


if __name__ == "__main__":
    main()
