"""``wirewatch rules``: a file checked, tried on past articles, compared with another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from wirewatch.cli.main import app

RULES = """
rules:
  - name: casualty
    description: At least ten people killed.
    types: [attack]
    toll: {killed: {low: 10}}
    quiet: 0s
"""
BOMB = "A bomb killed 12 people at the Lorva market in Kabul on Monday, police said."
MORE = "The toll of the bomb at the Lorva market in Kabul rose to 15 people killed, police said."
CALM = "Bread prices fell at the Lorva market in Kabul on Monday, traders said."


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    lines: list[dict[str, Any]] = [
        {"id": "a2", "published": "2031-03-04T12:00:00Z", "publisher": "b.example", "text": MORE,
         "title": "Kabul market bomb toll rises to 15"},
        {"id": "a1", "published": "2031-03-03T12:00:00Z", "publisher": "a.example", "text": BOMB,
         "title": "Bomb kills 12 at Kabul market"},
        {"id": "a3", "published": "2031-03-03T15:00:00Z", "publisher": "a.example", "text": CALM,
         "title": "Bread is cheaper"},
    ]  # fmt: skip
    killed = {"kind": "killed", "value": 12, "modifier": "exact"}
    event = {"type": "attack", "when": "current", "country": "AF", "claims": [killed]}
    labels = [
        {"doc": "a1", "events": [event]}, {"doc": "a2", "events": []}, {"doc": "a3", "events": []},
    ]  # fmt: skip
    contents = {
        "rules": RULES,
        "strict": RULES.replace("low: 10", "low: 14"),
        "wrong": RULES.replace("toll", "tol"),
        "broken": RULES + "    when: 10 / (publishers - 1) > 0\n",
        "articles": "\n".join(map(json.dumps, lines)),
        "labels": "\n".join(map(json.dumps, labels)),
    }
    paths = {name: tmp_path / f"{name}.yaml" for name in contents}
    for name, text in contents.items():
        paths[name].write_text(text)
    return {name: str(path) for name, path in paths.items()}


def rules(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["rules", *arguments])


def test_a_faultless_file_is_said_to_be_so_and_a_faulty_one_is_not(files: dict[str, str]) -> None:
    assert "1 rules, version" in rules("check", files["rules"]).stdout
    wrong = rules("check", files["wrong"])
    assert wrong.exit_code == 1
    assert "line 6" in str(wrong.exception) or "line 6" in wrong.output


def test_a_try_shows_alerts_in_their_order_with_evidence(files: dict[str, str]) -> None:
    shown = rules("try", files["rules"], "--articles", files["articles"], "--processes", "1")
    assert shown.exit_code == 0, shown.output
    first, quote, *_ = shown.stdout.splitlines()
    assert "casualty" in first
    assert "killed is 12 (threshold 10)" in first
    assert quote == "    “kills 12” a.example"
    assert "1 alerts on 3 articles" in shown.stdout


def test_labels_give_precision_and_recall(files: dict[str, str]) -> None:
    arguments = ["try", files["rules"], "--articles", files["articles"], "--labels"]
    found = rules(*arguments, files["labels"], "--processes", "1", "--json")
    document = json.loads(found.stdout)
    assert (document["articles"], document["unread"], document["errors"]) == (3, 0, [])
    assert document["scores"] == [
        {"rule": "casualty", "right": 1, "false": 1, "missed": 0, "precision": 0.5, "recall": 1.0}
    ]
    assert document["alerts"][0]["evidence"][0]["quote"]


def test_a_change_of_rules_shows_what_it_adds_and_removes(files: dict[str, str]) -> None:
    arguments = ["--articles", files["articles"], "--processes", "1"]
    stricter = rules("diff", files["rules"], files["strict"], *arguments)
    removed, added, summary = stricter.stdout.splitlines()
    assert removed.startswith("- casualty alert: killed is 12")
    assert added.startswith("+ casualty alert: killed is 15")
    assert summary == "1 alerts removed, 1 added on 3 articles"
    same = json.loads(rules("diff", files["rules"], files["rules"], *arguments, "--json").stdout)
    assert (same["removed"], same["added"]) == ([], [])


def test_a_rule_that_fails_is_named(files: dict[str, str]) -> None:
    arguments = ["--articles", files["articles"], "--processes", "1", "--json"]
    (error,) = json.loads(rules("try", files["broken"], *arguments).stdout)["errors"]
    assert error.startswith("casualty: the expression cannot be evaluated")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "give either --articles FILE or --topic articles"),
        (["--articles", "{articles}", "--topic", "articles"], "give either"),
        (["--articles", "{articles}", "--since", "2d"], "--since goes with --topic"),
        (["--topic", "articles", "--since", "soon"], "'soon' is no time span"),
        (["--articles", "nowhere.jsonl"], "nowhere.jsonl: No such file"),
    ],
)
def test_a_wrong_source_of_articles_is_one_clear_line(
    files: dict[str, str], arguments: list[str], words: str
) -> None:
    given = [one.format(**files) for one in arguments]
    result = rules("try", files["rules"], *given)
    assert result.exit_code != 0
    assert words in f"{result.exception} {result.output}"
