"""Listing dead letters and sending them again."""

from __future__ import annotations

from collections.abc import Iterable

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from wirewatch.config.settings import Settings
from wirewatch.streams.codecs import Headers
from wirewatch.streams.connection import aiokafka_options, unreachable
from wirewatch.streams.consumers import consumer_of, read_to_end
from wirewatch.streams.deadletters import DeadLetter, read_dead_letter
from wirewatch.streams.topics import DEADLETTERS, MAX_RECORD_BYTES, TARGET_HEADER, topic_name


async def dead_letters(settings: Settings) -> tuple[DeadLetter, ...]:
    """All dead letters still kept, oldest first. Raises BrokerError if Kafka does not answer."""
    async with consumer_of(settings, topic_name(settings, DEADLETTERS)) as consumer:
        found = [read_dead_letter(record) async for record in read_to_end(consumer)]
    return tuple(sorted(found, key=lambda letter: letter.number))


async def replay(settings: Settings, letters: Iterable[DeadLetter]) -> int:
    """Send each to the topic it came from, as it was there; return how many.

    The dead letters stay where they are: ids are deterministic, so a repeat does no harm.
    """
    producer = AIOKafkaProducer(
        **aiokafka_options(settings), max_request_size=MAX_RECORD_BYTES, acks="all"
    )
    count = 0
    try:
        await producer.start()
        for letter in letters:
            await producer.send_and_wait(
                letter.topic, letter.value, key=letter.key, headers=_headers(letter)
            )
            count += 1
    except (KafkaError, OSError) as error:
        raise unreachable(settings, error) from error
    finally:
        await producer.stop()
    return count


def _headers(letter: DeadLetter) -> Headers:
    """Its own headers; what one target did not take goes to that one only."""
    own = [pair for pair in letter.original_headers if pair[0] != TARGET_HEADER]
    return own + ([(TARGET_HEADER, letter.target.encode())] if letter.target else [])
