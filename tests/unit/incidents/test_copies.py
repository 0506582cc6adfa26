from __future__ import annotations

import random

from wirewatch.fingerprint import signature, similarity
from wirewatch.incidents.copies import groups
from wirewatch.model import ArticleRef

from .build import at

WORDS = [
    "river",
    "bridge",
    "mayor",
    "night",
    "lorry",
    "rescue",
    "harbour",
    "school",
    "market",
    "council",
    "border",
    "winter",
]


def text(seed: int, length: int = 120) -> str:
    rng = random.Random(seed)
    return " ".join(f"{rng.choice(WORDS)}{rng.randrange(40)}" for _ in range(length))


def article(name: str, hours: float, body: str, **more: str) -> ArticleRef:
    return ArticleRef(
        id=name, revision=1, url=None, publisher=more.get("publisher", f"{name}.example"),
        title=name, published=at(hours), signature=signature(body), agency=more.get("agency"),
        owner=more.get("owner"),
    )  # fmt: skip


def test_reports_in_their_own_words_are_independent() -> None:
    assert groups([article("a", 0, text(1)), article("b", 1, text(2))]) == {"a": "a", "b": "b"}


def test_copy_counts_with_its_original_however_they_come() -> None:
    one, copy = article("a", 0, text(1)), article("b", 1, f"{text(1)} (Reporting by Nob Ody)")
    assert groups([one, copy]) == groups([copy, one]) == {"a": "a", "b": "a"}


def test_copy_with_a_cut_end_is_still_a_copy() -> None:
    body = text(1)
    assert groups([article("a", 0, body), article("b", 1, body[: len(body) * 3 // 4])])["b"] == "a"


def test_one_agency_counts_once() -> None:
    found = groups([article("a", 0, text(1), agency="AFP"), article("b", 1, text(2), agency="afp")])
    assert found == {"a": "a", "b": "a"}


def test_one_publisher_and_one_owner_count_once() -> None:
    one = article("a", 0, text(1), publisher="Daily.example")
    other = article("b", 1, text(2), publisher="daily.example")
    sister = article("c", 2, text(3), publisher="sunday.example", owner="Press House")
    brother = article("d", 3, text(4), publisher="evening.example", owner="press house")
    assert groups([one, other, sister, brother]) == {"a": "a", "b": "a", "c": "c", "d": "c"}


def test_articles_without_text_are_not_copies_of_one_another() -> None:
    assert len(set(groups([article("a", 0, ""), article("b", 1, "")]).values())) == 2


def test_similarity_follows_the_share_of_common_words() -> None:
    body = text(1, 400)
    half = body[: len(body) // 2]
    assert similarity(signature(body), signature(body)) == 1.0
    assert 0.3 < similarity(signature(body), signature(half)) < 0.7
    assert similarity(signature(body), "") == 0.0
