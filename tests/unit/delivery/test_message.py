"""Alerts as messages for chat: what they say, and that feed content acts as nothing."""

from __future__ import annotations

from msgspec.structs import replace

from tests.unit.delivery.build import alert
from wirewatch.model import Alert, AlertEvidence, Place
from wirewatch.show.message import alert_message

EVIL = "@everyone <!channel> [win](http://evil.example) `x` *y* \x1b[31m\u202egpj"


def hostile() -> Alert:
    quote = AlertEvidence(
        quote=EVIL, publisher=EVIL, url="https://evil.example/@everyone", start=0, end=1
    )
    one = alert()
    incident = replace(one.incident, headline=EVIL, place=Place(text=EVIL, name=EVIL, country="KE"))
    return replace(one, reason=EVIL, incident=incident, evidence=(quote, *one.evidence))


def test_a_message_says_what_where_how_many_and_who_says_so() -> None:
    title, text = alert_message(alert())
    assert title == "● MODERATE alert: attack, Oxdale (KE), at least 12 killed"
    assert text.splitlines() == [
        "attack · Oxdale (KE) · date unknown",
        "at least 12 killed",
        "killed is at least 12 (threshold 10)",
        "0 outlets",
        "“killing at least 12 people” halden.example",
        "mass-casualty · a1",
        "https://halden.example/bomb",
    ]


def test_a_cancellation_is_told_as_one() -> None:
    title, text = alert_message(alert(kind="cancel", reason="denied by the ministry"))
    assert title.startswith("✕ MODERATE cancel:")
    assert "denied by the ministry" in text


def test_nothing_from_a_feed_mentions_anybody_or_is_markup() -> None:
    title, text = alert_message(hostile())
    for sign in "@<>[]`*\x1b\u202e":
        assert sign not in title + text
    assert text.endswith("https://halden.example/bomb"), "a plain address stays, another does not"
    assert "evil.example/@" not in text


def test_a_message_is_bounded() -> None:
    long = replace(alert(), reason="x" * 10_000)
    evidence = tuple(
        replace(long.evidence[0], quote="y" * 10_000, url=f"https://a.example/{n}")
        for n in range(50)
    )
    title, text = alert_message(replace(long, evidence=evidence))
    assert len(title) < 250
    assert len(text) < 1500, "a chat's limit is 2,000 characters"
