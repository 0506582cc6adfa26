"""What ``wirewatch incidents`` lists and shows."""

from __future__ import annotations

import csv
import io

import pytest
from msgspec.structs import replace

from tests.unit.incidents.build import HERAT, at, claim, event
from wirewatch.cli.incidents import chosen, pick
from wirewatch.errors import WirewatchError
from wirewatch.incidents import Linker, MemoryStore
from wirewatch.model import Event, Incident
from wirewatch.show.incidents import geojson, incident_csv, incident_lines, ledger


def told(*events: Event) -> list[Incident]:
    linker, found = Linker(MemoryStore()), {}
    for one in events:
        found.update({incident.id: incident for incident in linker.link(one, at(0))})
    return list(found.values())


def edited() -> Incident:
    """Twelve, at least forty elsewhere, and the first article edited to forty-three."""
    said = claim("killed", 12, source="police")
    (incident,) = told(
        event("a", 0, said),
        event("b", 1, claim("killed", 40, modifier="at_least")),
        event("a", 0, claim("killed", 43, source="police"), revision=2),
    )
    return incident


def test_the_ledger_is_a_timeline_with_every_figure_and_its_source() -> None:
    lines = ledger(edited()).plain.splitlines()
    figures = [line for line in lines if line.startswith("  2031-03-04") and "killed" in line]
    assert [("retracted" in line, "says police" in line) for line in figures] == [
        (True, True), (False, True), (False, False),
    ]  # fmt: skip
    assert [line.split()[1] for line in figures] == ["08:00", "08:00", "09:00"]
    assert any("https://b.example/b" in line for line in lines)
    assert sum("Bomb at a market" in line for line in lines) == 3  # the headline and two reports


def test_a_merged_incident_names_the_survivor() -> None:
    assert "merged into i2" in ledger(replace(edited(), merged_into="i2")).plain


def test_csv_has_best_figures_and_runs_in_no_spreadsheet() -> None:
    text = incident_csv([replace(edited(), headline="=cmd()\nnext")])
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["country"], row["killed"], row["injured"]) == ("AF", "43", "")
    assert row["headline"] == "'=cmd() next"


def test_geojson_places_what_has_coordinates() -> None:
    known, unknown = edited(), replace(edited(), place=None)
    first, second = geojson([known, unknown])["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [69.17, 34.53]}
    assert second["geometry"] is None
    assert first["properties"]["killed"] == 43
    assert first["id"] == known.id


def test_lines_hold_one_incident_each_whatever_its_words() -> None:
    (line,) = incident_lines([replace(edited(), headline="a\nb\x1b[31m")])
    assert "\n" not in line
    assert "\x1b" not in line


def test_the_list_is_chosen_by_country_type_and_time() -> None:
    kabul, herat = told(event("a", 0), event("b", 30, place=HERAT, title="Herat bakery fired on"))
    talks = replace(kabul, id="t", type="talks")
    gone = replace(kabul, id="m", merged_into=kabul.id)
    everything = [kabul, herat, talks, gone]
    assert list(chosen(everything, None, None, None)) == [kabul, herat, talks]
    assert list(chosen(everything, "af", "talks", None)) == [talks]
    assert list(chosen(everything, "KE", None, None)) == []
    assert list(chosen(everything, None, None, at(29))) == [herat]


def test_one_is_picked_by_the_first_letters_of_its_id() -> None:
    one, other = replace(edited(), id="ab1"), replace(edited(), id="ac2")
    assert pick([one, other], "ab") is one
    for letters, words in (("a", "2 incidents"), ("x", "no incident")):
        with pytest.raises(WirewatchError, match=words):
            pick([one, other], letters)
