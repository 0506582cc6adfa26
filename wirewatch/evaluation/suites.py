"""Other labelled sets: short reports with one figure of each kind, compared exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from wirewatch.errors import ArticleError
from wirewatch.evaluation.labels import SourceArticle, decode, read_lines, to_article
from wirewatch.model import Article, Claim, Event

_AID_STAFF = re.compile(
    r"\b(?:aid|relief|humanitarian|health|charity|un|ngo|ingo|lngo|icrc|msf|red cross|staff|"
    r"employees?|workers?|volunteers?|drivers?|contractors?|colleagues?|guards?|members?)\b",
    re.IGNORECASE,
)
_EVERYONE = re.compile("")


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the figures its labels give, by kind."""

    article: Article
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Suite:
    """A set's form: how a line becomes a case, and which people its figures count."""

    name: str
    kinds: tuple[str, ...]
    case: Callable[[Mapping[str, Any], str], Case]
    counts: re.Pattern[str] = _EVERYONE
    all_zeros: bool = False
    """Whether a kind that a line does not state is a true zero."""
    any_claim: bool = False
    """Whether one claim with the figure is enough, since the label is one of several figures."""


@dataclass(slots=True)
class Tally:
    """How often a kind's figure came out exactly."""

    right: int = 0
    cases: int = 0
    right_where_any: int = 0
    cases_where_any: int = 0

    def add(self, wanted: int, found: int, *, right: bool) -> None:
        """Count one case; "where any" leaves out those that are zero on both sides."""
        self.right += right
        self.cases += 1
        if wanted or found:
            self.right_where_any += right
            self.cases_where_any += 1


def _aid_worker_case(row: Mapping[str, Any], where: str) -> Case:
    figures = {kind: int(row[kind]) for kind in ("killed", "injured", "abducted")}
    month, day = str(row.get("month") or ""), str(row.get("day") or "")
    published = f"{row['year']}-{int(month):02}-{int(day):02}" if month and day else None
    return _case(f"aid-{row['id']}", str(row["text"]), published, figures, where)


def _plover_case(row: Mapping[str, Any], where: str) -> Case:
    figures = {"killed": int(row.get("dead") or 0), "injured": int(row.get("injured") or 0)}
    return _case(str(row["id"]), str(row["text"]), str(row["date"]), figures, where)


def _idetect_case(row: Mapping[str, Any], where: str) -> Case:
    figures = {"displaced": int(float(row["Quantity"]))}
    return _case(f"idetect-{row['excerpt_id']}", str(row["excerpt"]), None, figures, where)


def _case(
    name: str, text: str, published: str | None, figures: Mapping[str, int], where: str
) -> Case:
    source = SourceArticle(text=text, published=published)
    return Case(to_article(name, source, where), figures)


SUITES: Mapping[str, Suite] = {
    suite.name: suite
    for suite in (
        Suite(
            "aid-workers",
            ("killed", "injured", "abducted"),
            _aid_worker_case,
            counts=_AID_STAFF,
            all_zeros=True,
        ),
        Suite("plover", ("killed", "injured"), _plover_case),
        Suite("idetect", ("displaced",), _idetect_case, any_claim=True),
    )
}


def load_cases(suite: Suite, path: Path) -> Iterator[Case]:
    """Cases of a file in the suite's form. Raises ArticleError that names file and line."""
    for line_number, line in read_lines(path):
        where = f"{path} line {line_number}"
        row = decode(path, line_number, line, dict)
        try:
            yield suite.case(row, where)
        except (KeyError, TypeError, ValueError, msgspec.MsgspecError) as error:
            raise ArticleError(f"{where}: not a line of {suite.name}: {error}") from error


def tally(suite: Suite, cases: Iterable[tuple[Case, tuple[Event, ...]]]) -> dict[str, Tally]:
    """Exact figures by kind over all cases."""
    table = {kind: Tally() for kind in suite.kinds}
    for case, events in cases:
        for kind in suite.kinds:
            wanted = case.figures.get(kind, 0)
            if not wanted and not suite.all_zeros:
                continue
            found = figure(events, kind, suite.counts)
            right = found == wanted or (suite.any_claim and wanted in _numbers(events, kind))
            table[kind].add(wanted, found, right=right)
    return table


def figure(events: Iterable[Event], kind: str, counts: re.Pattern[str]) -> int:
    """How many people of ``kind`` a short report tells of: its whole claims added up.

    Where some claims name people that ``counts`` matches, only those are added.
    """
    whole = [claim for claim in _claims(events, kind) if not claim.subset]
    named = [claim for claim in whole if claim.who and counts.search(claim.who)]
    return sum(_number(claim) for claim in named or whole)


def _claims(events: Iterable[Event], kind: str) -> Iterator[Claim]:
    for event in events:
        yield from (
            claim for claim in event.claims if claim.kind == kind and claim.status == "asserted"
        )


def _numbers(events: Iterable[Event], kind: str) -> set[int]:
    return {_number(claim) for claim in _claims(events, kind)}


def _number(claim: Claim) -> int:
    return claim.value if claim.value is not None else claim.low or 0
