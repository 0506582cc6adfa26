"""``wirewatch read`` and ``wirewatch.read``: what an article says, for people and programs."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner

import wirewatch
from wirewatch.cli.input import split_headline
from wirewatch.cli.main import app
from wirewatch.errors import ArticleError

BOMB = """Bomb at fish market in Quetta

A bomb exploded at a fish market in Quetta on Tuesday, killing 17 people and wounding at least 40
others, police said. The market opened 12 years ago. In 2009, a fire there killed six people.
"""


@pytest.fixture(scope="module")
def reading() -> wirewatch.Reading:
    title, text = split_headline(BOMB)
    return wirewatch.read(text, title=title, published="2026-03-04")


def killed(events: wirewatch.Reading, when: str = "current") -> set[int | None]:
    return {
        claim.value
        for event in events
        if event.when == when
        for claim in event.claims
        if claim.kind == "killed"
    }


def test_a_reading_is_a_sequence_of_events(reading: wirewatch.Reading) -> None:
    assert killed(reading) == {17}
    assert reading[0] in reading
    assert len(reading[:1]) == 1
    assert reading.notes == ()


def test_columns_have_one_row_a_claim(reading: wirewatch.Reading) -> None:
    columns = reading.to_dict()
    assert len({len(column) for column in columns.values()}) == 1
    rows = list(zip(columns["kind"], columns["value"], columns["modifier"], strict=True))
    assert ("killed", 17, "exact") in rows
    assert ("injured", 40, "at_least") in rows


def test_an_event_without_claims_has_a_row() -> None:
    talks = wirewatch.read("The foreign ministers of Chile and Peru held talks in Lima on Monday.")
    assert talks.to_dict()["kind"] == [None] * len(talks)
    assert len(talks) > 0


def test_a_notebook_shows_the_quotation_marked(reading: wirewatch.Reading) -> None:
    shown = reading._repr_html_()
    assert shown.startswith('<div class="wirewatch">')
    assert "<mark" in shown
    assert "17 killed" in shown


def test_numbers_that_are_no_claims_have_a_reason(reading: wirewatch.Reading) -> None:
    reasons = {item.text: item.reason for item in reading.explain()}
    assert "17" not in reasons
    assert "12" in reasons
    assert reasons["six"].startswith("history")
    text = reading.article.full_text
    assert all(text[item.start : item.end] == item.text for item in reading.explain())


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2026-03-04", datetime(2026, 3, 4, 12, tzinfo=UTC)),
        (date(2026, 3, 4), datetime(2026, 3, 4, 12, tzinfo=UTC)),
        ("2026-03-04T08:30:00+00:00", datetime(2026, 3, 4, 8, 30, tzinfo=UTC)),
        (datetime(2026, 3, 4, 8), datetime(2026, 3, 4, 8, tzinfo=UTC)),  # noqa: DTZ001  the case
        (None, None),
    ],
)
def test_publication_dates(
    published: str | date | datetime | None, moment: datetime | None
) -> None:
    assert wirewatch.read("Nothing happened.", published=published).article.published == moment


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        wirewatch.read("x", published="Tuesday")


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Bomb kills 12\n\nA bomb went off.", "Bomb kills 12"),
        ("A bomb went off.\n\nIt killed 12.", ""),
        ("One line only", ""),
        ("", ""),
        (f"{'word ' * 40}\n\nA bomb went off.", ""),
    ],
)
def test_a_headline_is_a_short_first_line(text: str, headline: str) -> None:
    assert split_headline(text)[0] == headline


def run(*arguments: str, text: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["read", *arguments], input=text)
    return result.exit_code, result.stdout


def test_the_command_reads_files_and_standard_input_alike(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(BOMB)
    arguments = ("--published", "2026-03-04", "--json")
    code, output = run(str(path), *arguments)
    assert code == 0
    document = json.loads(output)
    assert document["article"]["title"] == "Bomb at fish market in Quetta"
    assert document["events"][0]["claims"][0]["value"] == 17
    assert run("-", *arguments, text=BOMB)[1] == output


def test_a_pipe_gets_one_line_an_event(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(BOMB)
    lines = run(str(path), "--published", "2026-03-04", "--explain")[1].splitlines()
    assert any(line.startswith("attack | ") or "17 killed" in line for line in lines)
    assert any(line.startswith("no claim | 12") for line in lines)


def test_the_page_holds_the_evidence(tmp_path: Path) -> None:
    path, page = tmp_path / "article.txt", tmp_path / "page.html"
    path.write_text(BOMB)
    assert run(str(path), "--html", str(page), "--explain")[0] == 0
    assert "<mark" in page.read_text("utf-8")
    assert "<th>because</th>" in page.read_text("utf-8")


def test_text_without_news_gives_a_note_and_no_event() -> None:
    code, output = run("-", text="   ")
    assert code == 0
    assert "note: empty" in output


@pytest.mark.parametrize(
    ("arguments", "body", "message"),
    [
        (["absent.txt"], None, "absent.txt: No such file or directory"),
        (["."], None, ".: Is a directory"),
        (["a.bin"], b"\x00\xff\x01", "a.bin: not a text file"),
        (["a.bin", "--published", "soon"], b"x", "--published soon: no ISO date such as"),
        (["a.bin"], b"x" * 10_000_001, "a.bin: larger than 10,000,000 bytes"),
    ],
)
def test_bad_input_is_one_clear_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    body: bytes | None,
    message: str,
) -> None:
    if body is not None:
        (tmp_path / "a.bin").write_bytes(body)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["read", *arguments])
    assert isinstance(result.exception, ArticleError)
    assert str(result.exception).startswith(message)
    assert "\n" not in str(result.exception)


def test_an_error_ends_the_program_with_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from wirewatch.cli.main import run; run()", "read", "absent"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "wirewatch: absent: No such file or directory\n"


PAGE = f"""<!doctype html><html><head><title>Bomb at fish market in Quetta</title>
<meta property="article:published_time" content="2026-03-04T09:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article>
<h1>Bomb at fish market in Quetta</h1><p>{BOMB.partition("Quetta")[2]}</p>
<p>Rescuers searched the ruins for hours. Shopkeepers closed their stalls, and the mayor asked
people to stay at home until the police had searched the neighbouring streets.</p></article>
<footer>All rights reserved</footer></body></html>"""


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path == "/world/bomb"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode() if found else b"")

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_page_gives_its_article_title_and_date(site: str, tmp_path: Path) -> None:
    document = json.loads(run(f"{site}/world/bomb", "--json")[1])
    assert document["article"]["title"] == "Bomb at fish market in Quetta"
    assert document["article"]["published"] == "2026-03-04T09:00:00Z"
    assert document["article"]["url"] == f"{site}/world/bomb"
    assert "rights reserved" not in document["article"]["text"]
    assert document["events"][0]["claims"][0]["value"] == 17
    saved = tmp_path / "page.html"
    saved.write_text(PAGE)
    assert json.loads(run(str(saved), "--json")[1])["article"]["text"].startswith(
        document["article"]["text"][:100]
    )


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("{site}/nowhere", "{site}/nowhere: the server answers HTTP 404"),
        ("http://127.0.0.1:1/a", "http://127.0.0.1:1/a: "),
        ("http://", "http://: only http and https are fetched"),
    ],
)
def test_an_address_without_an_article_is_one_clear_line(
    site: str, address: str, message: str
) -> None:
    result = CliRunner().invoke(app, ["read", address.format(site=site)])
    assert isinstance(result.exception, ArticleError)
    assert str(result.exception).startswith(message.format(site=site))
