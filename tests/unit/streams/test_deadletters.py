import pytest

from wirewatch.streams.deadletters import (
    DeadLetterLimit,
    TooManyDeadLettersError,
    dead_letter_headers,
    read_dead_letter,
)


def give_up(limit: DeadLetterLimit, count: int) -> None:
    for _ in range(count):
        limit.dead()


def test_a_few_bad_records_do_not_stop_a_worker() -> None:
    limit = DeadLetterLimit(recent=100, most=0.5, least=5)
    for _ in range(4):
        limit.dead()
    for _ in range(96):
        limit.well()
    give_up(limit, 50)  # 50 of the last 100, just the share that is borne
    with pytest.raises(TooManyDeadLettersError, match="51 of the last 100"):
        limit.dead()


def test_a_bad_deploy_does() -> None:
    limit = DeadLetterLimit(recent=100, most=0.5, least=5)
    for _ in range(100):
        limit.well()
    with pytest.raises(TooManyDeadLettersError, match="51 of the last 100"):
        give_up(limit, 100)


def test_the_first_records_alone_can_do_it() -> None:
    limit = DeadLetterLimit(recent=100, most=0.5, least=5)
    with pytest.raises(TooManyDeadLettersError, match="5 of the last 5"):
        give_up(limit, 5)


class Read:
    """A record as aiokafka gives it."""

    offset = 7
    key = b"k"
    value = b"\x00v"

    def __init__(self, headers: list[tuple[str, bytes]]) -> None:
        self.headers = headers


def test_what_happened_stands_in_the_headers_and_the_own_ones_stay() -> None:
    own = [("ce_id", b"1"), ("content-type", b"application/json")]
    headers = dead_letter_headers(
        own, stage="link", topic="events", partition=3, offset=99, error="ValueError",
        reason="no", attempts=2, at="2026-01-01",
    )  # fmt: skip
    letter = read_dead_letter(Read(headers))
    assert letter.original_headers == own
    assert (letter.stage, letter.topic, letter.partition, letter.offset) == (
        "link",
        "events",
        3,
        99,
    )
    assert (letter.error, letter.reason, letter.attempts) == ("ValueError", "no", 2)
    assert letter.value == b"\x00v"
    assert ("ww_version", b"0.1.0") in headers


def test_a_record_that_dies_twice_tells_of_the_last_time() -> None:
    once = dead_letter_headers([("a", b"1")], stage="extract", reason="first")
    twice = dead_letter_headers(once, stage="extract", reason="second")
    assert read_dead_letter(Read(twice)).reason == "second"
    assert len([name for name, _ in twice if name == "ww_reason"]) == 1
