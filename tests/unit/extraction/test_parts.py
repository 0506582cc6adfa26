"""Signatures, agency credits and cleaning, each alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from wirewatch.extraction.agency import agency
from wirewatch.extraction.clean import is_english, is_link_list, masked
from wirewatch.fingerprint import signature
from wirewatch.model import Article

REPORT = (
    "A ferry carrying fishermen sank in heavy seas off the northern coast on Tuesday and rescuers "
    "searched through the night for the crew, the coast guard said. The vessel had left port "
    "before dawn although a storm warning was in force, and its radio fell silent two hours later."
)


def likeness(one: str, other: str) -> float:
    pairs = list(zip(*(iter_groups(signature(text)) for text in (one, other)), strict=True))
    return sum(a == b for a, b in pairs) / len(pairs)


def iter_groups(text: str) -> list[str]:
    return [text[i : i + 8] for i in range(0, len(text), 8)]


def test_copies_have_like_signatures() -> None:
    assert likeness(REPORT, REPORT.upper()) == 1
    assert likeness(REPORT, REPORT + " More follows.") > 0.8
    assert likeness(REPORT, "Ministers met in the capital to discuss the price of bread.") < 0.1
    assert not signature(" \n")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PORT SELM (Reuters) - Rebels attacked a convoy.", "Reuters"),
        ("SELM, March 3 (AFP) — Rebels attacked a convoy.", "AFP"),
        ("Rebels attacked a convoy.\n\nSource: Xinhua", "Xinhua"),
        ("By Associated Press\nRebels attacked a convoy.", "AP"),
        ("Rebels attacked a convoy.\n\nAFP\n", "AFP"),
        ("Rebels attacked a convoy. - Bernama", "Bernama"),
        ("Rebels attacked a convoy. (With inputs from PTI)", "PTI"),
        ("Rebels attacked a convoy, a spokesman told AFP.", None),
        ("A correspondent of the AP\nsaw it.", None),
        ("The company's app (APP) was released.", None),
        ("", None),
    ],
)
def test_agency_credits(text: str, name: str | None) -> None:
    assert agency(story(text)) == name


def story(text: str, **more: Any) -> Article:
    fields = {"publisher": "daily.example", **more}
    return Article(
        id="a", revision=1, feed="f", url=None, title="t", text=text,
        fetched_at=datetime(2031, 3, 4, tzinfo=UTC), **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("AFP", "AFP"),
        ("By Reuters Staff", "Reuters"),
        ("Nob Ody, The Associated Press", "AP"),
        ("Nob Ody (dpa)", "dpa"),
        ("Nob Ody of AP High School", None),
        ("Pa Ody", None),
    ],
)
def test_an_agency_may_be_the_author(author: str, name: str | None) -> None:
    assert agency(story("Rebels attacked a convoy.", authors=(author,))) == name


def test_an_agency_may_publish_itself_and_its_text_counts_more() -> None:
    assert agency(story("Rebels attacked a convoy.", publisher="apnews.com")) == "AP"
    assert agency(story("SELM (AFP) - Rebels attacked.", publisher="upi.com")) == "AFP"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<b>Nine</b> dead", "Nine dead"),
        ("Nine&nbsp;dead", "Nine dead"),
        ("See https://example.org/12-killed now", "See now"),
        ("Dead.\nRead more: 12 killed\nEnd.", "Dead. End."),
        ("This site uses cookies to count visits.\nNine dead.", "Nine dead."),
        ("Nine\x00 dead\u202e", "Nine dead"),
    ],
)
def test_what_is_no_prose_is_blanked(text: str, kept: str) -> None:
    assert masked(text).split() == kept.split()


WRAPPED = (
    "Three people were hurt when a lorry ran into a queue of cars on the bridge at San\n"
    "Salvador on Monday, and the driver, who had worked for the port of the city since\n"
    "the November strike and slept for two hours, was held by the police, officials of\n"
    "the province said.\nHe was 40.\n\nThe bridge was closed."
)


def test_lines_broken_amid_a_sentence_are_joined() -> None:
    text = masked(WRAPPED)
    assert "at San Salvador" in text
    assert text.endswith("the province said.\nHe was 40.\n\nThe bridge was closed.")
    assert masked(WRAPPED.upper()) == text.upper()


@pytest.mark.parametrize(
    "text",
    [
        "Bomb kills twelve people at a market in the north\n" * 4,
        "Bomb kills 12\nStorm hits coast\nTalks resume\nStocks fall\n",
        "Three were hurt when a lorry ran into a queue of cars on the bridge at San\nMiguel.",
        "The lorry ran into a queue of cars on the bridge at noon, the police said on Monday.\n"
        * 3,
    ],
)
def test_other_line_breaks_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Bei einem Anschlag auf einen Markt sind am Montag in der Stadt zwölf Menschen gestorben.",
        "Al menos doce personas murieron el lunes en un ataque a un mercado, dijo la policía.",
        "Bij een aanslag op een markt in de stad zijn maandag twaalf doden gevallen, was gemeld.",
        "Pelo menos doze pessoas morreram na segunda num ataque a um mercado, disse a polícia.",
    ],
)
def test_other_languages_are_not_read(text: str) -> None:
    assert not is_english(text)


def test_one_sentence_full_of_names_is_english() -> None:
    assert is_english(
        "Israel launched air strikes near Damascus on Tuesday, wounding three soldiers, Syria's "
        "state news agency said."
    )


def test_languages_and_lists() -> None:
    assert is_english(REPORT)
    assert not is_english(
        "Le ferry a coulé mardi au large de la côte nord avec douze pêcheurs à bord."
    )
    assert is_english(
        "3 staff killed, 1 driver hurt when convoy stopped near bridge, May 7, northern road"
    )
    assert is_english(
        "4 NGO national staff drivers kidnapped when running mobile classes, later released."
    )
    assert is_link_list("Bomb kills 12\nStorm hits coast\nTalks resume\nStocks fall\n" * 4)
    assert not is_link_list(REPORT.replace(" and ", " and\n"))
