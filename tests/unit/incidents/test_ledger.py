"""The toll rule of docs/tolls.md, line by line."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from msgspec.structs import replace

from wirewatch.incidents.ledger import toll
from wirewatch.model import Evidence, Toll, TollClaim

from .build import at, claim


def said(
    publisher: str, hours: float, value: int | None, article: str | None = None, **more: Any
) -> TollClaim:
    kept = claim("killed", value, **more)
    return TollClaim(
        claim=kept, event=f"event of {article or publisher}", article=article or publisher,
        revision=1, publisher=publisher, url=None, published=at(hours),
        attribution=kept.attribution,
    )  # fmt: skip


def told(*claims: TollClaim) -> tuple[int | None, int | None, int | None, str]:
    results = {ordered(order) for order in permutations(claims)}
    assert len(results) == 1, "the order of claims must not matter"
    return results.pop()


def ordered(claims: tuple[TollClaim, ...]) -> tuple[int | None, int | None, int | None, str]:
    result = toll(claims, {})
    return (result.best, result.low, result.high, result.rule)


def test_one_figure_stands() -> None:
    assert told(said("a", 0, 12)) == (12, 12, 12, "only figure")


def test_bound_is_kept() -> None:
    assert told(said("a", 0, 43, modifier="at_least"))[:3] == (43, 43, None)


def test_up_to_gives_no_lower_bound() -> None:
    assert told(said("a", 0, 40, modifier="at_most", low=None))[:3] == (40, 0, 40)


def test_vague_words_give_their_floor() -> None:
    vague = said("a", 0, None, modifier="vague", low=24, high=None, vague="dozens")
    assert told(vague)[:3] == (24, 24, None)


def test_range_gives_its_ends_and_its_middle() -> None:
    assert told(said("a", 0, None, modifier="range", low=36, high=40))[:3] == (38, 36, 40)


def test_newer_higher_figure_takes_the_place_of_the_older() -> None:
    assert told(said("a", 0, 12), said("b", 1, 31)) == (31, 31, 31, "newest")


def test_headline_without_at_least_does_not_close_the_bound() -> None:
    headline = said("a", 0, 43, start=0)
    body = said("a", 0, 43, modifier="at_least", start=300)
    assert told(headline, body)[:3] == (43, 43, None)


def test_lower_later_figure_of_the_same_authority_is_a_correction() -> None:
    assert told(said("a", 0, 50, source="police"), said("b", 2, 41, source="Police"))[0] == 41


def test_lower_later_figure_of_the_same_publisher_is_a_correction() -> None:
    assert told(said("a", 0, 50), said("a", 2, 41, article="a2"))[0] == 41


def test_lower_later_figure_from_elsewhere_is_not() -> None:
    best, low, high, rule = told(said("a", 0, 50), said("b", 2, 41))
    assert (best, low, high, rule) == (50, 50, 50, "greatest of equals")


def test_lower_later_figure_of_two_sources_is() -> None:
    assert told(said("a", 0, 50), said("b", 2, 41), said("c", 3, 41))[0] == 41


def test_lower_later_figure_of_an_authority_corrects_a_rumour() -> None:
    assert told(said("a", 0, 500, source="social media"), said("b", 1, 7, source="the ministry"))[
        0
    ] == 7  # fmt: skip


def test_authority_prevails_over_a_higher_rumour_for_three_hours() -> None:
    police = said("a", 0, 9, source="police")
    assert told(police, said("b", 1, 30, source="social media"))[:3] == (9, 9, 30)
    assert told(police, said("b", 3, 30, source="social media"))[0] == 30


def test_newer_higher_figure_without_a_source_takes_the_place_of_an_official_one() -> None:
    assert told(said("a", 0, 12, source="police"), said("b", 1, 31))[0] == 31


def test_figure_that_an_article_recalls_is_set_aside() -> None:
    recalled = said("b", 2, 12, start=300)
    assert told(said("a", 0, 12), said("b", 2, 31), recalled)[:3] == (31, 31, 31)


def test_outlets_that_lag_behind_correct_nothing() -> None:
    claims = said("a", 0, 12), said("b", 2, 31), said("c", 3, 12), said("d", 4, 12)
    assert told(*claims)[:3] == (31, 31, 31)


def test_publisher_that_takes_its_higher_figure_back_corrects_it() -> None:
    claims = said("a", 0, 12), said("b", 2, 31), said("b", 3, 12, article="b2")
    assert told(*claims)[0] == 12


def test_vague_word_does_not_take_the_place_of_a_figure_it_covers() -> None:
    vague = said("b", 5, None, modifier="vague", low=24, high=None, vague="dozens")
    assert told(said("a", 0, 43), vague)[0] == 43


def test_figure_most_sources_give_is_best_and_the_others_widen_it() -> None:
    claims = said("a", 0, 41), said("b", 0, 41), said("c", 0, 45)
    assert told(*claims) == (41, 41, 45, "most sources")


def test_copies_are_one_source() -> None:
    claims = [said("a", 0, 41), said("b", 0, 41), said("c", 0, 45)]
    sources = {"a": "a", "b": "a", "c": "c"}
    assert toll(claims, sources).best == 45


def test_article_that_says_what_it_revises_gives_one_toll() -> None:
    risen = said("a", 0, 14, replaces=9, start=10)
    assert told(risen, said("a", 0, 9, start=40))[:3] == (14, 14, 14)


def test_part_is_no_second_toll() -> None:
    assert told(said("a", 0, 43), said("a", 0, 11, subset=True, who="children"))[0] == 43


def test_part_raises_the_bound_of_a_vague_whole() -> None:
    vague = said("a", 0, None, modifier="vague", low=24, high=None, vague="dozens")
    assert told(vague, said("a", 0, 30, subset=True, who="children"))[1] == 30


def test_parts_alone_give_a_bound() -> None:
    assert told(said("a", 0, 11, subset=True), said("a", 0, 4, subset=True, start=9)) == (
        11, 11, None, "largest part",
    )  # fmt: skip


def test_enumeration_of_one_sentence_is_added_up() -> None:
    policemen = said("a", 0, 2, who="policemen", start=100)
    civilian = said("a", 0, 1, who="civilian", start=124)
    assert told(policemen, civilian)[:3] == (3, 3, 3)


def test_others_are_added_to_those_named_before_them() -> None:
    mayor = said("a", 0, 1, who="the mayor", start=100)
    others = said("a", 0, 9, start=100)
    quoted = Evidence(start=100, end=140, quote="killed the mayor and nine others")
    others = replace(others, claim=replace(others.claim, evidence=quoted))
    assert told(mayor, others)[:3] == (10, 10, 10)


@pytest.mark.parametrize("status", ["denied", "hypothetical"])
def test_denied_and_supposed_figures_are_kept_and_not_counted(status: str) -> None:
    result = toll([said("a", 0, 12), said("b", 1, 4000, status=status)], {})
    assert result.best == 12
    assert len(result.claims) == 2


def test_retracted_figure_is_kept_and_not_counted() -> None:
    result: Toll = toll([said("a", 0, 12), replace(said("b", 1, 43), retracted=True)], {})
    assert result.best == 12
    assert [kept.retracted for kept in result.claims] == [False, True]


def test_nothing_that_counts_gives_no_figure() -> None:
    assert told(replace(said("a", 0, 12), retracted=True)) == (None, None, None, "none")


def test_no_deaths_is_a_figure_of_nought_until_there_are_some() -> None:
    assert told(said("a", 0, 0))[:3] == (0, 0, 0)
    assert told(said("a", 0, 0), said("b", 1, 3))[:3] == (3, 3, 3)


def test_as_of_is_the_newest_claim_that_counts() -> None:
    result = toll([said("a", 0, 12), said("b", 5, 12)], {})
    assert result.as_of == at(0) + timedelta(hours=5)
