"""What people see: words that hold every bound, and nothing from a feed that acts as markup."""

import io
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from wirewatch.model import (
    Actor,
    Alert,
    AlertEvidence,
    AlertTimes,
    Article,
    ArticleRef,
    Attribution,
    Claim,
    DateSpan,
    Event,
    Evidence,
    Incident,
    Place,
    Report,
    Toll,
    TollClaim,
)
from wirewatch.show.alerts import alert_block, alert_line, print_alert
from wirewatch.show.compare import Judged, compared_html
from wirewatch.show.events import article_view, event_text
from wirewatch.show.highlight import Mark, event_marks, marked_html, marked_terminal
from wirewatch.show.html import article_html, fragment, page
from wirewatch.show.words import (
    bounds_words,
    claim_words,
    date_words,
    outlets_words,
    parties_words,
    place_words,
    toll_words,
)

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
TITLE = "Blast in Orvale"
TEXT = "A bomb killed at least 43 people in Orvale on Monday, the ministry said."
QUOTE = "killed at least 43 people"


def claim(**changes: Any) -> Claim:
    start = f"{TITLE}\n\n{TEXT}".index(QUOTE)
    fields: dict[str, Any] = {
        "id": "c",
        "kind": "killed",
        "value": 43,
        "low": 43,
        "high": None,
        "modifier": "at_least",
        "evidence": Evidence(start=start, end=start + len(QUOTE), quote=QUOTE),
    }
    return Claim(**{**fields, **changes})


def event(**changes: Any) -> Event:
    fields: dict[str, Any] = {
        "id": "e",
        "article": ArticleRef(
            id="a", revision=1, url=None, publisher="p", title=TITLE, published=NOON
        ),
        "type": "attack",
        "when": "current",
        "status": "happened",
        "evidence": Evidence(start=len(TITLE) + 2, end=len(TITLE) + 2 + len(TEXT), quote=TEXT),
        "place": Place(text="Orvale", name="Orvale", country="AF", precision="city"),
        "date": DateSpan(start="2026-03-02", end="2026-03-02", precision="day"),
        "claims": (claim(),),
        "attribution": Attribution(source="the ministry", verb="said"),
    }
    return Event(**{**fields, **changes})


def article(text: str = TEXT, title: str = TITLE) -> Article:
    return Article(
        id="a",
        revision=1,
        feed="f",
        publisher="p",
        url=None,
        title=title,
        text=text,
        fetched_at=NOON,
    )


def alert(**changes: Any) -> Alert:
    entry = TollClaim(
        claim=claim(),
        event="e",
        article="a",
        revision=1,
        publisher="herald.example",
        url=None,
        published=NOON,
    )
    report = Report(
        article="a",
        revision=1,
        publisher="herald.example",
        url=None,
        title=TITLE,
        published=NOON,
    )
    copy = msgspec.structs.replace(report, publisher="copy.example", independent=False)
    incident = Incident(
        id="i",
        revision=1,
        type="attack",
        status="happened",
        when="current",
        headline=TITLE,
        first_seen=NOON,
        last_seen=NOON,
        place=event().place,
        date=event().date,
        attribution=Attribution(source="the ministry", verb="said"),
        tolls={
            "killed": Toll(best=43, low=43, high=None, rule="latest", as_of=NOON, claims=(entry,))
        },
        reports=(report, copy),
        publishers=1,
    )
    fields: dict[str, Any] = {
        "id": "x1",
        "rule": "mass-casualty",
        "severity": "severe",
        "kind": "alert",
        "reason": "killed is at least 43 (threshold 10)",
        "incident": incident,
        "evidence": (
            AlertEvidence(quote=QUOTE, publisher="herald.example", url=None, start=0, end=5),
        ),
        "times": AlertTimes(
            published=NOON, fetched=NOON, extracted=NOON, linked=NOON, emitted=NOON
        ),
    }
    return Alert(**{**fields, **changes})


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((43, 43, 43), "43"),
        ((43, 43, None), "at least 43"),
        ((None, 24, None), "at least 24"),
        ((None, 36, 40), "36 to 40"),
        ((40, 36, 44), "40 (36 to 44)"),
        ((None, None, 50), "at most 50"),
        ((60, 43, None), "60 (at least 43)"),
        ((7000, None, None), "7,000"),
        ((None, None, None), "some"),
    ],
)
def test_every_bound_is_said(bounds: tuple[int | None, int | None, int | None], words: str) -> None:
    assert bounds_words(*bounds) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "at least 43 killed"),
        ({"modifier": "exact", "high": 43}, "43 killed"),
        (
            {"modifier": "vague", "vague": "dozens", "value": None, "low": 24},
            "dozens (at least 24)",
        ),
        ({"kind": "troops", "modifier": "approx", "value": 7000, "base": 14000}, "about 7,000 of"),
        ({"modifier": "range", "value": None, "low": 36, "high": 40}, "36 to 40 killed"),
        ({"subset": True, "who": "children"}, "children among them"),
        ({"status": "denied"}, "at least 43 killed, denied"),
    ],
)
def test_claims_in_words(changes: dict[str, Any], words: str) -> None:
    assert words in claim_words(claim(**changes))


def test_a_toll_speaks_as_its_claim_does_until_others_widen_it() -> None:
    toll = alert().incident.tolls["killed"]
    assert toll_words("killed", toll) == "at least 43 killed"
    widened = msgspec.structs.replace(toll, low=40, high=50)
    assert toll_words("killed", widened) == "43 (40 to 50) killed"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (("2026-03-02", "2026-03-02", "day"), "2 Mar 2026"),
        (("2026-02-23", "2026-03-01", "week"), "23 Feb to 1 Mar 2026"),
        (("2026-03-01", "2026-03-31", "month"), "Mar 2026"),
        (("2009-01-01", "2009-12-31", "year"), "2009"),
    ],
)
def test_dates_in_words(span: tuple[str, str, Any], words: str) -> None:
    assert date_words(DateSpan(start=span[0], end=span[1], precision=span[2])) == words


def test_what_is_unknown_is_said_to_be() -> None:
    assert place_words(None) == "place unknown"
    assert date_words(None) == "date unknown"


def test_a_party_is_named_once() -> None:
    parties = [
        Actor(text="Kenya", role="GOV"),
        Actor(text="rebels"),
        Actor(text="Kenyan", name="Kenya"),
    ]
    assert parties_words(parties) == "Kenya, rebels"
    assert parties_words(parties, most=1) == "Kenya"
    assert parties_words(()) == ""


def test_an_alert_line_holds_all_at_a_glance() -> None:
    line = alert_line(alert())
    assert "\n" not in line
    for part in (
        "SEVERE",
        "mass-casualty",
        "attack",
        "Orvale (AF)",
        "2 Mar 2026",
        "at least 43 killed",
        "the ministry",
        "1 outlet, 1 copy",
        "killed is at least 43 (threshold 10)",
        "x1",
    ):
        assert part in line


def test_a_cancelled_alert_says_so_and_why() -> None:
    block = alert_block(alert(kind="cancel", reason="the report was withdrawn")).plain
    assert "CANCEL" in block
    assert "the report was withdrawn" in block


def test_terminals_get_blocks_and_pipes_one_line() -> None:
    pipe = io.StringIO()
    print_alert(Console(file=pipe, width=40), alert())
    assert pipe.getvalue().count("\n") == 1
    terminal = io.StringIO()
    print_alert(Console(file=terminal, force_terminal=True, width=80), alert())
    assert terminal.getvalue().count("\n") > 4


def test_hostile_words_reach_no_terminal() -> None:
    bad = "x\x1b[31m\u202egnp\r\n[bold]y[/bold]"
    hostile = alert(rule=bad, reason=bad, id=bad)
    for shown in (alert_line(hostile), alert_block(hostile).plain):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "[bold]" in shown
    hurt = event(place=Place(text=bad), attribution=Attribution(source=bad))
    assert "\x1b" not in event_text(hurt).plain


def test_an_event_shows_claims_quotation_and_source() -> None:
    shown = event_text(event()).plain
    assert "attack · Orvale (AF) · 2 Mar 2026 · happened · news" in shown
    assert f"at least 43 killed  “{QUOTE}”" in shown
    assert "says the ministry" in shown


def test_the_article_view_marks_the_words_of_the_claim() -> None:
    text = article().full_text
    shown = marked_terminal(text, event_marks([event()]))
    marked = {text[span.start : span.end] for span in shown.spans}
    assert marked == {QUOTE, TEXT}
    console = Console(file=io.StringIO(), width=60)
    console.print(article_view(article(title=""), []))


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(0, 60),
        st.integers(0, 60),
        st.sampled_from(["claim", "event", "right"]),
        st.text(max_size=5),
    ),
    max_size=6,
)


@given(text=st.text(max_size=50), marks=MARKS)
def test_marks_change_no_character_of_the_text(text: str, marks: list[Mark]) -> None:
    parsed = Elements()
    parsed.feed(marked_html(text, marks))
    parsed.close()
    assert parsed.tags <= {"mark"}
    assert len(parsed.text.replace("\r\n", "\n")) <= len(text)
    assert marked_terminal(text, []).plain.count("\x1b") == 0


def test_feed_markup_is_inert_in_html() -> None:
    hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    pieces = [
        article_html(article(hostile, hostile), [event(place=Place(text=hostile))]),
        compared_html(hostile, hostile, [], [], [Judged("wrong", hostile, hostile, hostile)]),
    ]
    for piece in pieces:
        parsed = Elements()
        parsed.feed(page(hostile, piece))
        assert not parsed.tags & {"script", "img"}


def test_the_notebook_style_touches_only_our_own_elements() -> None:
    rules = [line for line in fragment("").splitlines() if "{" in line and "@media" not in line]
    assert rules
    assert all(".wirewatch" in line.partition("{")[0] for line in rules)


def test_html_holds_the_claim_and_the_marked_quotation() -> None:
    shown = article_html(article(), [event()])
    assert "<b>at least 43 killed</b>" in shown
    assert f'<mark class="event claim" title="attack; killed">{QUOTE}</mark>' in shown


def test_copies_are_counted_apart() -> None:
    incident = alert().incident
    assert outlets_words(incident) == "1 outlet, 1 copy"
    again = msgspec.structs.replace(incident.reports[0], article="b", independent=False)
    reports = (*incident.reports, again)
    assert outlets_words(msgspec.structs.replace(incident, reports=reports)) == "1 outlet, 1 copy"
