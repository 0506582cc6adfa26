"""Scores, causes, splits and suites, on documents small enough to reckon by hand."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from wirewatch.cli.main import app
from wirewatch.errors import ArticleError
from wirewatch.evaluation.findings import findings
from wirewatch.evaluation.labels import (
    Labelled,
    LabelledClaim,
    LabelledEvent,
    load_articles,
    load_labels,
    prediction,
    split_of,
)
from wirewatch.evaluation.predict import Reader, read_all
from wirewatch.evaluation.reliability import judged, reliability
from wirewatch.evaluation.score import score
from wirewatch.evaluation.suites import SUITES, load_cases, tally
from wirewatch.model import Article, ArticleRef, Claim, Event, Evidence
from wirewatch.show.reliability import reliability_svg

TEXT = "Raid on Orvale\n\nA raid killed 12 people and wounded 30. In 2009 a fire killed 90 there."


def labelled(*events: LabelledEvent) -> Labelled:
    return Labelled(doc="a", events=events)


def attack(*claims: LabelledClaim, when: str = "current") -> LabelledEvent:
    return LabelledEvent(type="attack", when=when, status="happened", claims=claims, quote="A raid")


def claim(kind: str, value: int, quote: str) -> LabelledClaim:
    return LabelledClaim(kind=kind, value=value, quote=quote, modifier="exact")


KILLED = claim("killed", 12, "killed 12 people")
WOUNDED = claim("injured", 30, "wounded 30")
FIRE = claim("killed", 90, "killed 90")
GOLD = labelled(attack(KILLED, WOUNDED), attack(FIRE, when="background"))


def causes(have: Labelled) -> set[str]:
    return {item.cause for item in findings(GOLD, have, TEXT) if item.verdict != "right"}


def test_the_labels_themselves_score_one() -> None:
    result = score({"a": GOLD}, {"a": GOLD})
    assert result.claims.f1 == result.claims_current.f1 == result.when_accuracy == 1
    assert result.background_false_alarms.documents == 0
    assert causes(GOLD) == set()


def test_an_article_without_prediction_is_all_missed() -> None:
    result = score({"a": GOLD}, {})
    assert (result.claims.tp, result.claims.fp, result.claims.fn) == (0, 0, 3)


def test_a_country_is_right_or_wrong_where_the_type_is_right() -> None:
    here = msgspec.structs.replace(attack(KILLED), country="AF")
    talks = LabelledEvent(type="talks", when="current", country="CH")
    gold = {"a": labelled(here, talks), "b": labelled(here), "c": labelled(attack(FIRE))}
    abroad = msgspec.structs.replace(here, country="PK")
    found = {"a": labelled(here), "b": labelled(abroad), "c": labelled(here)}
    assert score(gold, found).country_accuracy == 0.5


def test_history_read_as_news_raises_a_false_alarm() -> None:
    gold = labelled(attack(FIRE, when="background"))
    result = score({"a": gold}, {"a": labelled(attack(FIRE))})
    assert result.background_false_alarms.rate == 1
    assert result.claims.f1 == 1
    assert result.claims_current.fp == 1


def test_an_implied_claim_neither_helps_nor_hurts() -> None:
    implied = msgspec.structs.replace(KILLED, explicit=False)
    result = score({"a": labelled(attack(implied))}, {"a": labelled(attack(KILLED))})
    assert (result.claims.tp, result.claims.fp, result.claims.fn) == (0, 0, 0)


@pytest.mark.parametrize(
    ("have", "cause"),
    [
        (
            labelled(attack(KILLED, WOUNDED, FIRE)),
            "history read as news",
        ),
        (
            labelled(
                attack(claim("injured", 12, "killed 12 people"), WOUNDED),
                attack(FIRE, when="background"),
            ),
            "kind: killed read as injured",
        ),
        (
            labelled(
                attack(claim("killed", 120, "killed 12 people"), WOUNDED),
                attack(FIRE, when="background"),
            ),
            "number misread",
        ),
        (labelled(attack(KILLED), attack(FIRE, when="background")), "not counted: injured"),
        (
            labelled(
                attack(KILLED, WOUNDED, claim("killed", 2009, "In 2009")),
                attack(FIRE, when="background"),
            ),
            "counted what is none: killed",
        ),
        (labelled(attack(FIRE, when="background")), "event missed: attack"),
    ],
)
def test_errors_have_causes(have: Labelled, cause: str) -> None:
    assert cause in causes(have)


def test_errors_that_raise_alarms_weigh_more() -> None:
    items = findings(GOLD, labelled(), TEXT)
    weights = {item.what: item.weight for item in items}
    assert weights["labelled 12 killed (current)"] > weights["labelled 90 killed (background)"]


def test_splits_are_thirds_that_never_move() -> None:
    parts = [split_of(f"doc-{number}") for number in range(3000)]
    assert all(900 < parts.count(name) < 1100 for name in ("held-out", "look", "decide"))
    assert split_of("doc-0") == "decide"


def test_articles_may_be_named_by_id_or_doc(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(
        '{"id":"a","title":null,"published":"2026-03-04","text":"x"}\n\n{"doc":"b","text":"y"}\n'
    )
    first, second = load_articles(path)
    assert (first.id, second.id) == ("a", "b")
    assert first.published == datetime(2026, 3, 4, 12, tzinfo=UTC)
    assert second.published is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text":"x"}', "line 1: an article needs an 'id'"),
        ("{", "line 1: Input data was truncated"),
        ('{"id":"a","text":"x","published":"soon"}', "published 'soon' is no ISO date"),
        ('{"id":"a","text":5}', "line 1: Expected `str`, got `int`"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(line)
    with pytest.raises(ArticleError, match=message):
        list(load_articles(path))


def article(name: str, text: str = "x") -> Article:
    return Article(
        id=name,
        revision=1,
        feed="f",
        publisher="p",
        url=None,
        title="",
        text=text,
        fetched_at=datetime(2026, 3, 4, tzinfo=UTC),
    )


def event_of(item: Article, *claims: tuple[str, int, str | None]) -> Event:
    ref = ArticleRef(id=item.id, revision=1, url=None, publisher="p", title="", published=None)
    evidence = Evidence(start=0, end=1, quote="x")
    return Event(
        id="e",
        article=ref,
        type="attack",
        when="current",
        status="happened",
        evidence=evidence,
        claims=tuple(
            Claim(
                id=str(value),
                kind=kind,  # type: ignore[arg-type]
                value=value,
                low=value,
                high=value,
                modifier="exact",
                evidence=evidence,
                who=who,
            )
            for kind, value, who in claims
        ),
    )


def length_reader() -> Reader:
    """Stands for a reader: one event whose toll is the text's length; refuses 'bad'."""

    def read(item: Article) -> Sequence[Event]:
        if item.text == "bad":
            raise ValueError("cannot read this")
        return [event_of(item, ("killed", len(item.text), None))]

    return read


@pytest.mark.parametrize("processes", [1, 2])
def test_readings_keep_the_order_and_failures_are_values(processes: int) -> None:
    articles = [article(f"a{size}", "x" * size) for size in range(1, 80)] + [article("b", "bad")]
    readings = list(read_all(articles, processes=processes, make_reader=length_reader))
    assert [reading.article.id for reading in readings] == [item.id for item in articles]
    assert [reading.events[0].claims[0].value for reading in readings[:-1]] == list(range(1, 80))
    assert readings[-1].failure == "ValueError: cannot read this"


def test_a_prediction_survives_its_file(tmp_path: Path) -> None:
    found = prediction("a", [event_of(article("a"), ("killed", 3, None))])
    path = tmp_path / "predicted.jsonl"
    path.write_bytes(msgspec.json.encode(found))
    assert load_labels(path)["a"] == found


def test_aid_worker_figures_leave_out_other_people(tmp_path: Path) -> None:
    path = tmp_path / "aid.jsonl"
    path.write_text(
        '{"id":"1","year":"2020","month":"2","day":"3","killed":2,"injured":0,"abducted":0,'
        '"text":"Two relief workers and five villagers were killed."}\n'
    )
    suite = SUITES["aid-workers"]
    (case,) = load_cases(suite, path)
    assert case.article.published == datetime(2020, 2, 3, 12, tzinfo=UTC)
    event = event_of(case.article, ("killed", 2, "relief workers"), ("killed", 5, "villagers"))
    result = tally(suite, [(case, (event,))])
    assert (result["killed"].right, result["killed"].cases) == (1, 1)
    assert (result["injured"].right, result["injured"].cases_where_any) == (1, 0)


def write_set(tmp_path: Path) -> tuple[Path, Path, Path]:
    articles, gold, given = (tmp_path / name for name in ("a.jsonl", "g.jsonl", "p.jsonl"))
    title, _, text = TEXT.partition("\n\n")
    lines = [{"id": name, "title": title, "text": text} for name in ("doc-0", "doc-2")]
    articles.write_bytes(b"\n".join(map(msgspec.json.encode, lines)))
    gold.write_bytes(
        b"\n".join(
            msgspec.json.encode(msgspec.structs.replace(GOLD, doc=str(line["id"])))
            for line in lines
        )
    )
    given.write_text('{"doc":"doc-0","events":[]}\n')
    return articles, gold, given


def test_the_command_scores_given_predictions(tmp_path: Path) -> None:
    articles, gold, given = write_set(tmp_path)
    page = tmp_path / "page.html"
    arguments = ["evaluate", "--articles", str(articles), "--gold", str(gold)]
    arguments += ["--given", str(given), "--html", str(page)]
    shown = CliRunner().invoke(app, arguments)
    assert shown.exit_code == 0, shown.output
    assert "2 articles" in shown.stdout
    assert "not counted: killed" in shown.stdout
    assert '<mark class="missed"' in page.read_text()


def test_errors_of_the_held_out_third_stay_hidden(tmp_path: Path) -> None:
    articles, gold, given = write_set(tmp_path)
    text = articles.read_text() + gold.read_text()
    held_out = next(f"doc-{n}" for n in range(99) if split_of(f"doc-{n}") == "held-out")
    articles.write_text(articles.read_text().replace("doc-0", held_out).replace("doc-2", "doc-z"))
    gold.write_text(gold.read_text().replace("doc-0", held_out))
    assert held_out not in text
    arguments = ["evaluate", "--articles", str(articles), "--gold", str(gold)]
    arguments += ["--given", str(given), "--json"]
    hidden = msgspec.json.decode(CliRunner().invoke(app, arguments).stdout)
    assert hidden["worst"] == []
    assert hidden["scores"]["claims"]["fn"] == 3
    shown = msgspec.json.decode(CliRunner().invoke(app, [*arguments, "--reveal"]).stdout)
    assert {item["doc"] for item in shown["worst"]} == {held_out}


def dying_reader() -> Reader:
    """Stands for a reader whose process is killed."""

    def read(item: Article) -> Sequence[Event]:
        os._exit(1)

    return read


def test_the_death_of_a_reading_process_is_one_clear_line() -> None:
    with pytest.raises(ArticleError, match="a reading process died"):
        list(read_all([article("a"), article("b")], processes=2, make_reader=dying_reader))


def test_a_split_without_articles_is_named(tmp_path: Path) -> None:
    articles, gold, _ = write_set(tmp_path)
    gold.write_text('{"doc":"other","events":[]}')
    arguments = ["evaluate", "--articles", str(articles), "--gold", str(gold)]
    result = CliRunner().invoke(app, arguments)
    assert str(result.exception).endswith("no article of split 'all' of these labels")


def sure(kind: str, value: int, confidence: float) -> LabelledClaim:
    return LabelledClaim(kind=kind, value=value, modifier="exact", confidence=confidence)


def test_reliability_sets_what_was_promised_beside_what_was_kept() -> None:
    read = labelled(
        attack(sure("killed", 12, 0.95), sure("killed", 12, 0.4), sure("injured", 31, 0.91)),
        attack(sure("killed", 90, 0.55)),
    )
    found = reliability(judged(GOLD, read))
    assert [(each.low, each.claims, each.right) for each in found.bins] == [
        (0.5, 1, 1.0),
        (0.9, 2, 0.5),
    ]
    assert found.bins[1].confidence == pytest.approx(0.93)
    assert found.error == pytest.approx((1 * 0.45 + 2 * 0.43) / 3, abs=1e-4)
    assert reliability([]).bins == ()


def test_a_plot_has_a_dot_for_each_tenth() -> None:
    drawn = reliability_svg(reliability(judged(GOLD, GOLD)).bins)
    assert drawn.startswith("<svg ")
    assert drawn.count("<circle") == 1
    assert "3 claims of 1.00: 100.0% right" in drawn


def test_the_command_prints_and_draws_reliability(tmp_path: Path) -> None:
    articles, gold, plot = (tmp_path / name for name in ("a.jsonl", "g.jsonl", "plot.svg"))
    articles.write_text(msgspec.json.encode({"id": "a", "text": TEXT}).decode())
    gold.write_bytes(msgspec.json.encode(GOLD))
    arguments = ["evaluate", "--articles", str(articles), "--gold", str(gold)]
    arguments += ["--given", str(gold), "--reliability", "--plot", str(plot)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "0.9 to 1.0" in result.stdout
    assert "mean gap: 0.000" in result.stdout
    assert plot.read_text().count("<circle") == 1
    without = CliRunner().invoke(app, [*arguments[:3], "--reliability"])
    assert isinstance(without.exception, ArticleError)


def test_the_page_sets_right_and_wrong_side_by_side(tmp_path: Path) -> None:
    articles, gold, given, page = (tmp_path / f"{name}" for name in ("a", "g", "p", "page.html"))
    name = next(name for name in "abcdefgh" if split_of(name) == "look")
    articles.write_bytes(msgspec.json.encode({"id": name, "text": TEXT}))
    gold.write_bytes(msgspec.json.encode(Labelled(doc=name, events=GOLD.events)))
    read = (attack(KILLED, claim("injured", 40, "wounded 30")),)
    given.write_bytes(msgspec.json.encode(Labelled(doc=name, events=read)))
    arguments = ["evaluate", "--articles", str(articles), "--gold", str(gold)]
    result = CliRunner().invoke(app, [*arguments, "--given", str(given), "--html", str(page)])
    assert result.exit_code == 0, result.output
    shown = page.read_text()
    assert "number misread" in shown
    assert "labelled 30 injured (current), read 40 injured (current)" in shown
    for verdict in ("right", "missed"):
        assert f'class="{verdict}"' in shown
