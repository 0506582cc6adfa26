import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from wirewatch.config.settings import Settings
from wirewatch.streams.logs import RateLimit, configure_logs


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def test_lines_are_json_where_nobody_watches() -> None:
    out = io.StringIO()
    configure_logs(Settings(), out)
    structlog.get_logger(stage="link").info("done", topic="events", partition=1, offset=2)
    entry = json.loads(out.getvalue())
    assert entry | {"timestamp": ""} == {
        "event": "done", "stage": "link", "topic": "events", "partition": 1, "offset": 2,
        "level": "info", "timestamp": "",
    }  # fmt: skip


def test_feed_content_cannot_write_to_the_terminal() -> None:
    out = io.StringIO()
    configure_logs(Settings(log_format="console"), out)
    structlog.get_logger().info("polled", feed="\x1b]0;owned\x07Evil\nsecond line")
    assert "\x1b" not in out.getvalue()
    assert out.getvalue().count("\n") == 1


def test_an_outage_of_kafka_is_one_line_in_ten_seconds() -> None:
    out = io.StringIO()
    configure_logs(Settings(), out)
    for number in range(200):
        logging.getLogger("aiokafka.conn").error("Unable to connect to %s", f"host-{number}")
        structlog.get_logger().info("ours")
    lines = [json.loads(line)["event"] for line in out.getvalue().splitlines()]
    assert len([line for line in lines if "Unable" in line]) == 1
    assert lines.count("ours") == 200


def test_what_was_left_out_is_counted() -> None:
    limit = RateLimit(seconds=0.0)
    entry = logging.LogRecord("aiokafka", logging.ERROR, "", 0, "gone %s", ("a",), None)
    limit._left_out[("aiokafka", "gone %s")] = 41
    assert limit.filter(entry)
    assert entry.getMessage() == "gone a (41 such lines left out)"


def test_libraries_say_only_what_is_wrong() -> None:
    out = io.StringIO()
    configure_logs(Settings(), out)
    logging.getLogger("faust.tables.recovery").info("Resuming flow...")
    assert not out.getvalue()
