"""Rules from YAML: what is refused, and with which words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.faults import assert_told
from tests.unit.incidents.build import at
from tests.unit.rules.test_decide import incident
from wirewatch.errors import RuleError
from wirewatch.rules import decide, load, read

SHIPPED = Path(__file__).parents[3] / "config/rules.yaml"


def rule(more: str = "", name: str = "test-rule") -> str:
    lines = "".join(f"    {line}\n" for line in more.splitlines())
    return f"rules:\n  - name: {name}\n    description: For a test.\n{lines}"


def test_shipped_rules_are_without_fault() -> None:
    rules = load(SHIPPED)
    assert [one.name for one in rules.rules] == [
        "mass-casualty", "troop-withdrawal", "troop-deployment", "ceasefire", "peace-talks",
        "mass-displacement", "mass-abduction", "disaster",
    ]  # fmt: skip
    assert rules.rules[0].toll[0].at_least == 10


def test_every_key_is_read() -> None:
    text = rule(
        "types: [attack]\ntoll: {killed: {low: 10}}\ncountries: [AF, 'NO']\nregions: [oceania]\n"
        "actors: [{country: US, role: MIL}, Taliban]\nstatus: happened\nconfirmed: true\n"
        "publishers: 2\nseverity: {severe: 50, minor: 10}\nsteps: [10, 50]\nquiet: 15m\n"
        "when: killed.low > injured.low"
    )
    (one,) = read(text, "test").rules
    assert {"AF", "NO", "FJ"} <= one.countries
    assert one.confirmed is True
    assert [grade.severity for grade in one.severity] == ["minor", "severe"]
    assert one.quiet == timedelta(minutes=15)
    assert one.actors[1].name == "Taliban"
    assert one.line == 2


def test_version_changes_with_the_text() -> None:
    assert read(rule(), "a").version == read(rule(), "b").version
    assert read(rule(), "a").version != read(rule("publishers: 2"), "a").version


@pytest.mark.parametrize(
    ("more", "line", "words"),
    [
        ("types: [atack]", 4, ["types", "atack", "attack", "abduction"]),
        ("tipes: [attack]", 4, ["tipes", "not known", "types"]),
        ("toll: {killed: {least: 10}}", 4, ["toll.killed.least", "low", "best", "high"]),
        ("toll: {killed: {low: ten}}", 4, ["toll.killed.low", "whole number"]),
        ("toll: {killed: {low: -3}}", 4, ["whole number"]),
        ("countries: [Afghanistan]", 4, ["Afghanistan", "ISO 3166"]),
        ("countries:\n  - AF\n  - XQ", 6, ["XQ"]),
        ("countries: []", 4, ["empty"]),
        ("regions: [narnia]", 4, ["narnia", "western asia"]),
        ("actors: [{role: soldiers}]", 4, ["role", "MIL"]),
        ("status: [planned]", 4, ["planned", "announced"]),
        ("confirmed: maybe", 4, ["confirmed", "false, true"]),
        ("quiet: soon", 4, ["quiet", "15m"]),
        ("severity: grave", 4, ["grave", "extreme"]),
        ("severity: {moderate: 1, severe: 9}", 4, ["need a toll", "never match"]),
        ("steps: [10, 50]", 4, ["need a toll"]),
        ("toll: {killed: {low: 10}}\nsteps: [5, 50]", 5, ["below the threshold 10"]),
        ("toll: {killed: {low: 10}}\nsteps: [50, 20]", 5, ["must rise"]),
        ("types: [talks]\ntoll: {troops: {low: 10}}", 5, ["troops", "can never match"]),
        ("publishers: 5000", 4, ["never counted"]),
        ("when: 1 > 2", 4, ["always false", "never match"]),
        ("when: killed.low > 5 && killed.low < 3", 4, ["always false", "never match"]),
        ("types: [talks]\nwhen: type == 'attack'", 5, ["other conditions", "never match"]),
        ("when: killed.low >=", 4, ["when", "not a CEL expression"]),
        ("when: deaths > 3", 4, ["deaths", "killed"]),
        ("when: killed.lo > 3", 4, ["low, best, high"]),
        ("when: killed.low + 1", 4, ["true or false"]),
        ("when: exec('x')", 4, ["exec"]),
        ("description: again", 4, ["given twice"]),
    ],
)
def test_fault_is_told_with_file_line_key_and_allowed_words(
    more: str, line: int, words: list[str]
) -> None:
    with pytest.raises(RuleError) as caught:
        read(rule(more), "my.yaml")
    assert_told(caught.value, line, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("rules: []", "empty"),
        ("other: 1", "not known"),
        ("- a", "mapping"),
        ("rules: [{name: a", "not YAML"),
        ("rules: &a [1]\nx: *a", "anchors"),
        ("rules: !!python/object:os.system x", "tags"),
        ("rules:\n  - {description: d}", "name is missing"),
        ("rules:\n  - {name: a}", "description is missing"),
        ("rules:\n  - {name: Ab, description: d}", "lower-case"),
        ("[" * 500, "not YAML|deep"),
        ("[" * 30 + "]" * 30, "deep"),
    ],
)
def test_file_that_is_none_of_ours_is_refused(text: str, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        read(text, "my.yaml")


def test_two_rules_of_one_name_are_refused() -> None:
    twice = rule() + rule().removeprefix("rules:\n")
    with pytest.raises(RuleError, match="line 4: rules: a rule named test-rule stands in line 2"):
        read(twice, "my.yaml")


def test_file_of_ten_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(b"#" * 10_000_000)
    with pytest.raises(RuleError, match="larger than 1,000,000 bytes"):
        load(path)


def test_missing_and_binary_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        load(tmp_path / "none.yaml")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(RuleError, match="not UTF-8"):
        load(tmp_path / "b.yaml")


NESTED = "titles.exists(a, titles.exists(b, a == b))"
MANY = " && ".join(["titles.all(a, a != 'x')"] * 4)


@pytest.mark.parametrize(
    ("expression", "words"),
    [(NESTED, "loop inside a loop"), (MANY, "more than 3 loops"), ("true || " * 200, "longer")],
)
def test_expression_that_could_run_long_is_refused(expression: str, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        read(rule(f'when: "{expression}"'), "my.yaml")


@pytest.mark.timeout(10)
def test_pattern_that_would_run_for_ever_elsewhere_is_quick() -> None:
    rules = read(rule("when: headline.matches('(a+)+$')"), "my.yaml")
    told = incident(1, 12, headline="a" * 10_000 + "!")
    assert decide(rules, told, None, at(0)).alerts == ()


def test_text_of_a_published_file_is_bounded_too() -> None:
    with pytest.raises(RuleError, match="larger than 1,000,000 bytes"):
        read("#" * 4_000_000, "rules")
