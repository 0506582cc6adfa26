"""Targets from YAML: what is refused, with which words, and that no secret is shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.delivery.build import target
from tests.unit.faults import assert_told
from wirewatch.clock import SystemClock
from wirewatch.delivery import load, make_sender, read, shipped
from wirewatch.delivery.secret import masked
from wirewatch.delivery.target import Rate
from wirewatch.errors import SettingsError

SHIPPED = Path(__file__).parents[3] / "config/deliver.yaml"
SAFE = "{variable: DESK_SECRET}"


def chat(more: str = "") -> str:
    lines = "".join(f"    {line}\n" for line in more.splitlines())
    return f"targets:\n  - name: chat\n    apprise: {SAFE}\n{lines}"


def test_the_shipped_file_enables_nothing_and_needs_no_secret() -> None:
    assert load(SHIPPED) == load(SHIPPED)
    assert [one.name for one in shipped()] == [one.name for one in load(SHIPPED)]
    assert [one.name for one in shipped() if one.enabled] == []


def test_every_key_is_read() -> None:
    one = target(
        "enabled: true\nrules: [ceasefire, disaster]\nseverities: [severe, extreme]\nrate: 30/m\n"
        "allow_private: true\ntimeout: 20s\ngive_up_after: 2h"
    )
    assert one.rules == {"ceasefire", "disaster"}
    assert one.severities == {"severe", "extreme"}
    assert one.rate == Rate(30, 60)
    assert (one.allow_private, one.enabled) == (True, True)
    assert (one.timeout, one.give_up_after) == (timedelta(seconds=20), timedelta(hours=2))


def test_no_targets_are_none() -> None:
    assert read("targets: []", "my.yaml") == read("targets:", "my.yaml") == ()


@pytest.mark.parametrize(
    ("more", "line", "words"),
    [
        ("rule: [ceasefire]", 5, ["rule", "not known", "rules", "severities"]),
        ("severities: [grave]", 5, ["severities", "grave", "extreme, minor, moderate, severe"]),
        ("severities: []", 5, ["empty"]),
        ("rules: [Mass Casualty]", 5, ["rules", "lower-case"]),
        ("rate: 30", 5, ["rate", "30/m"]),
        ("rate: 0/s", 5, ["rate"]),
        ("enabled: maybe", 5, ["enabled", "false, true"]),
        ("timeout: 5m", 5, ["timeout", "1s to 60s"]),
        ("give_up_after: 30d", 5, ["give_up_after", "7d"]),
        ("apprise: {variable: X}", 2, ["one of webhook, apprise"]),
        ("name: again", 5, ["given twice"]),
    ],
)
def test_a_fault_is_told_with_file_line_key_and_allowed_words(
    more: str, line: int, words: list[str]
) -> None:
    with pytest.raises(SettingsError) as caught:
        target(more)
    assert_told(caught.value, line, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("target: []", "not known"),
        ("targets:\n  - webhook: https://a.example", "line 2: targets: name is missing"),
        ("targets:\n  - {name: a}", "one of webhook, apprise"),
        ("targets:\n  - {name: A b, apprise: {variable: X}}", "line 2: targets.name: lower-case"),
        ("targets:\n  - {name: a, webhook: ftp://x.example, secret: s}", "http or https"),
        ("targets:\n  - {name: a, webhook: 'https://u:p@x.example', secret: s}", "no user"),
        ("targets:\n  - {name: a, webhook: 'https://x.example'}", "secret is missing"),
        ("targets:\n  - {name: a, apprise: {variable: A, file: B}}", "one of variable, file"),
        ("targets:\n  - {name: a, apprise: {variable: WIREWATCH_X}}", "are for settings"),
        ("targets:\n  - {name: a, apprise: {variable: 'a b'}}", "name of a variable"),
        (chat("allow_private: true"), "line 4: targets.allow_private: this key is for webhooks"),
        (chat() + chat().removeprefix("targets:\n"), "named chat stands in line 2"),
        ("targets: &a [1]", "anchors"),
        ("[" * 500, "not YAML|deep"),
    ],
)
def test_a_file_that_is_wrong_is_refused(text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read(text, "my.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "targets:\n  - {name: a, webhook: 'https://x.example', secret: tulip-0042}",
        "targets:\n  - {name: a, apprise: 'slack://tulip-0042/x'}",
        "targets:\n  - {name: a, webhook: 'https://x.example/', secret: [tulip-0042]}",
        "targets:\n  - {name: a, webhook: 'tulip-0042://x', secret: {variable: A}}",
        "targets:\n  - {name: a, webhook: 'https://u:tulip-0042@x.example', secret: {file: A}}",
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(text, "my.yaml")
    assert "tulip" not in str(caught.value)


def test_missing_secrets_are_named_when_they_are_needed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DESK_SECRET")
    with pytest.raises(SettingsError, match=r"my\.yaml, line 4: .*DESK_SECRET is not set or empty"):
        make_sender(target(), SystemClock(), lambda _: ("", ""))
    missing = tmp_path / "none"
    text = f"targets:\n  - name: a\n    apprise: {{file: {missing}}}\n"
    with pytest.raises(SettingsError, match=r"line 3: .*none cannot be read: No such file"):
        make_sender(read(text, "my.yaml")[0], SystemClock(), lambda _: ("", ""))
    missing.write_text("  \n")
    with pytest.raises(SettingsError, match="not set or empty"):
        make_sender(read(text, "my.yaml")[0], SystemClock(), lambda _: ("", ""))
    missing.write_bytes(b"x" * 20_000)
    with pytest.raises(SettingsError, match="larger than"):
        make_sender(read(text, "my.yaml")[0], SystemClock(), lambda _: ("", ""))


@pytest.mark.parametrize("value", ["tulip-0042", "whsec_???", "whsec_c2hvcnQ="])
def test_a_secret_that_cannot_sign_is_refused_and_not_repeated(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_SECRET", value)
    with pytest.raises(
        SettingsError, match=r"line 4: targets\.secret: the secret cannot"
    ) as caught:
        make_sender(target(), SystemClock(), lambda _: ("", ""))
    assert value not in str(caught.value)


def test_an_address_apprise_does_not_know_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DESK_SECRET", "tulip://0042")
    with pytest.raises(SettingsError, match=r"line 3: .*not one address that apprise") as caught:
        make_sender(read(chat(), "my.yaml")[0], SystemClock(), lambda _: ("", ""))
    assert "tulip" not in str(caught.value)


def test_targets_and_senders_show_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    sender = make_sender(target(), SystemClock(), lambda _: ("", ""))
    assert "tulip" not in repr(target()) + repr(sender)


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("POST /services/T0X/kEy", "slack://T0X/kEy9", "POST /services/T0X/kEy"),
        ("user anna: denied", "mailtos://anna:tulip1@desk.example", "user ********: denied"),
        ("no hook/x7Rk-22 here", "https://a.example/hook/x7Rk-22", "no ******** here"),
        ("cannot connect to a.example", "https://a.example/hook", "cannot connect to a.example"),
        ("token=wordonly", "https://a.example/?token=wordonly", "********"),
    ],
)
def test_reasons_quote_no_secret_of_an_address(text: str, address: str, shown: str) -> None:
    assert masked(text, address) == shown
