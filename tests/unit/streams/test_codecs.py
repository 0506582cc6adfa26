from datetime import UTC, datetime

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
from cloudevents.core.formats.json import JSONFormat

from wirewatch.model import Article
from wirewatch.streams.codecs import DecodeError, decode, encode, header

NOW = datetime(2026, 3, 3, 12, 30, tzinfo=UTC)
ARTICLE = Article(
    id="a1", revision=2, feed="f", publisher="example.org", url=None, title="Bridge opens",
    text="The bridge at Oxdale opened.", fetched_at=NOW,
)  # fmt: skip


def test_a_record_comes_back_as_it_went() -> None:
    assert decode(encode(ARTICLE, "poll", NOW).value, Article) == ARTICLE


def test_the_cloudevents_library_reads_our_records() -> None:
    out = encode(ARTICLE, "poll", NOW)
    message = KafkaMessage(headers=dict(out.headers), key=out.key, value=out.value)
    event = from_binary_event(message, JSONFormat())
    assert event.get_id() == "a1-2"
    assert event.get_type() == "wirewatch.article.v1"
    assert event.get_source() == "/wirewatch/poll"
    assert event.get_time() == NOW
    assert event.get_data()["title"] == "Bridge opens"


@pytest.mark.parametrize(
    "value",
    [None, b"", b"{", b"[]", b"\xff\xfe", b'{"id": 5}', b"[" * 100_000, b'{"id": "a"}'],
)
def test_bytes_that_are_no_article_are_refused_in_one_line(value: bytes | None) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(value, Article)
    assert "\n" not in str(caught.value)


def test_fields_of_later_versions_are_passed_over() -> None:
    value = encode(ARTICLE, "poll", NOW).value.replace(b'{"id"', b'{"new": [1], "id"')
    assert decode(value, Article) == ARTICLE


def test_a_header_is_found_in_pairs_and_in_mappings() -> None:
    assert header([("a", b"1"), ("b", b"2")], "b") == "2"
    assert header({"a": b"1"}, "a") == "1"
    assert not header(None, "a")
