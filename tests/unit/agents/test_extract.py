"""Under which keys an article's events go to Kafka."""

from __future__ import annotations

from msgspec.structs import replace

from tests.unit.incidents.build import KABUL, event
from wirewatch.agents.extract import partition_keys
from wirewatch.streams.codecs import NO_COUNTRY

HERE = event("a", 0, place=KABUL)
NOWHERE = event("b", 0, place=None)


def test_an_event_without_a_place_goes_where_its_article_goes() -> None:
    abroad = event("c", 0, place=replace(KABUL, country="PK"))
    assert partition_keys([abroad, NOWHERE, HERE, HERE]) == ["PK", "AF", "AF", "AF"]


def test_an_article_without_places_has_a_key_of_its_own() -> None:
    assert partition_keys([NOWHERE]) == [NO_COUNTRY]
    assert partition_keys([]) == []
