"""What the documents point at exists: files, commands, settings, rules, Python."""

import ast
import re
from pathlib import Path

import pytest
import typer

from wirewatch.cli.main import app
from wirewatch.config.settings import PREFIX, Settings
from wirewatch.config.sources import FILE_VARIABLE
from wirewatch.rules import read as read_rules

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)")
CALL = re.compile(
    r"(?:^\$ |`)(?:WIREWATCH_\w+=\S+ )?wirewatch ([a-z]+)((?: [a-z-]+)*)", re.MULTILINE
)


def pages() -> list[object]:
    return [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES]


@pytest.mark.parametrize("page", pages())
def test_links_lead_to_files(page: Path) -> None:
    targets = LINK.findall(page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def commands() -> dict[str, set[str]]:
    """Names of all commands, each with its subcommands."""
    group = typer.main.get_command(app)
    return {
        name: set(getattr(command, "commands", ()))
        for name, command in group.commands.items()  # type: ignore[attr-defined]
    }


@pytest.mark.parametrize("page", pages())
def test_commands_exist(page: Path) -> None:
    known = commands()
    for name, rest in CALL.findall(page.read_text("utf-8")):
        assert name in known, f"wirewatch {name}"
        if known[name] and rest:
            assert rest.split()[0] in known[name], f"wirewatch {name}{rest}"


@pytest.mark.parametrize("page", pages())
def test_variables_are_settings(page: Path) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {FILE_VARIABLE}
    used = set(re.findall(rf"\b{PREFIX}[A-Z_]+[A-Z]\b", page.read_text("utf-8")))
    assert used - known - {"WIREWATCH_TOPIC_PREFX"} == set()  # misspelt on purpose


def test_the_readme_is_code_that_works() -> None:
    blocks = BLOCK.findall((ROOT / "README.md").read_text("utf-8"))
    kinds = [kind for kind, _ in blocks]
    assert kinds.count("python") >= 3
    for kind, text in blocks:
        if kind == "python":
            compile(text, "README.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        if kind == "yaml":
            assert read_rules(text, "README.md").rules
