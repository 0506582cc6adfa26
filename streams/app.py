"""One Faust app a stage, set so that it loses nothing."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import faust
import mode

from wirewatch.config.settings import Settings
from wirewatch.streams.connection import broker_urls, faust_credentials
from wirewatch.streams.hardening import harden
from wirewatch.streams.topics import MAX_FETCH_BYTES, MAX_RECORD_BYTES, group_name

_REQUEST_SECONDS = 60.0
"""How long a send or a request may take before the worker gives up; a broker may restart in it."""
_BUFFERED = {"extract": 64}
_USUALLY_BUFFERED = 256
"""Records of a partition read ahead; articles are large. What Faust reads at once must find room
beside what fills the buffer to four fifths, or one partition makes all others wait."""


def make_app(settings: Settings, stage: str, folder: Path, instance: str | None = None) -> Any:
    """A Faust app for ``stage`` with its tables under ``folder``; nothing is started yet.

    ``instance`` is the worker's lasting name: a worker that comes back under it within the session
    timeout gets its partitions at once. Topics are made beforehand, by wirewatch.streams.admin.
    """
    harden()
    logging.getLogger("faust.transport.consumer").addFilter(_no_creation)
    return faust.App(
        id=group_name(settings, stage),
        consumer_group_instance_id=f"{instance}-{stage}" if instance else None,
        datadir=folder / stage,
        store="rocksdb://?driver=rocksdict",
        autodiscover=False,
        web_enabled=False,
        processing_guarantee="at_least_once",
        agent_supervisor=mode.CrashingSupervisor,
        stream_wait_empty=False,
        stream_recovery_delay=0.0,
        **_topics(settings),
        **_connection(settings),
        **_consumer(_BUFFERED.get(stage, _USUALLY_BUFFERED)),
        **_producer(),
    )


def _topics(settings: Settings) -> dict[str, Any]:
    return {
        "topic_allow_declare": False,
        "topic_disable_leader": True,
        "topic_partitions": settings.partitions,
        "topic_replication_factor": settings.replication,
        "table_standby_replicas": 0,
    }


def _connection(settings: Settings) -> dict[str, Any]:
    session = settings.session_timeout_seconds
    return {
        "broker": broker_urls(settings),
        "broker_credentials": faust_credentials(settings),
        "broker_session_timeout": session,
        "broker_heartbeat_interval": min(3.0, session / 3),
        "broker_request_timeout": max(_REQUEST_SECONDS, session),
        "broker_rebalance_timeout": max(_REQUEST_SECONDS, session),
    }


def _consumer(buffered: int) -> dict[str, Any]:
    return {
        "stream_buffer_maxsize": buffered,
        "broker_commit_interval": 1.0,
        "broker_max_poll_records": buffered // 4,
        "consumer_auto_offset_reset": "earliest",
        "consumer_max_fetch_size": MAX_FETCH_BYTES,
    }


def _producer() -> dict[str, Any]:
    return {
        "producer_request_timeout": _REQUEST_SECONDS,
        "producer_max_request_size": MAX_RECORD_BYTES,
        "producer_max_batch_size": MAX_RECORD_BYTES,  # what a table writes at once is one batch
        "producer_compression_type": "lz4",
        "producer_linger": 0.002,
    }


def _no_creation(record: logging.LogRecord) -> bool:
    return "Topic creation disabled" not in record.msg
