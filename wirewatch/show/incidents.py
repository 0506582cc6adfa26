"""Incidents for people and programs: a table, CSV, GeoJSON, and one ledger as a timeline."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from wirewatch.model import Incident, Toll, TollClaim
from wirewatch.safety import one_line
from wirewatch.show.words import (
    claim_words,
    confirmation_words,
    date_words,
    outlets_words,
    parties_words,
    place_words,
    source_words,
    toll_words,
    tolls_words,
    type_words,
)  # fmt: skip

COLUMNS = (
    "id", "type", "status", "country", "place", "lat", "lon", "date", "killed", "injured",
    "missing", "abducted", "arrested", "displaced", "troops", "publishers", "last_seen", "headline",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run: such cells get an apostrophe in front."""


def incident_table(incidents: Iterable[Incident]) -> Table:
    """One row an incident."""
    table = Table("id", "what", "where", "when", "toll", "heard of", box=box.SIMPLE_HEAD)
    for one in incidents:
        what = type_words(one.type)
        if one.status not in {"happened", "ongoing"}:
            what += f", {one.status}"
        table.add_row(
            one_line(one.id, 24), what, place_words(one.place), date_words(one.date),
            tolls_words(one), outlets_words(one),
        )  # fmt: skip
    return table


def incident_lines(incidents: Iterable[Incident]) -> Iterable[str]:
    """One plain line an incident, for pipes."""
    for one in incidents:
        parts = (
            one_line(one.id, 24), type_words(one.type), one.status, place_words(one.place),
            date_words(one.date), tolls_words(one), outlets_words(one), one_line(one.headline),
        )  # fmt: skip
        yield " | ".join(part for part in parts if part)


def incident_csv(incidents: Iterable[Incident]) -> str:
    """One row an incident; for each kind of toll the best figure."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in incidents:
        writer.writerow({name: _cell(value) for name, value in _row(one).items()})
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        text = one_line(value)
        return f"'{text}" if text.startswith(_FORMULA) else text
    return value


def _row(one: Incident) -> dict[str, Any]:
    place = one.place
    row = {
        "id": one.id,
        "type": one.type,
        "status": one.status,
        "country": place.country if place else None,
        "place": (place.name or place.text) if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "date": one.date.start if one.date else None,
        "publishers": one.publishers,
        "last_seen": one.last_seen.isoformat(),
        "headline": one.headline,
    }
    best = {kind: toll.best for kind, toll in one.tolls.items()}
    return {name: row.get(name, best.get(name)) for name in COLUMNS}


def geojson(incidents: Iterable[Incident]) -> dict[str, Any]:
    """A FeatureCollection (RFC 7946); an incident without coordinates has a null geometry."""
    return {"type": "FeatureCollection", "features": [_feature(one) for one in incidents]}


def _feature(one: Incident) -> dict[str, Any]:
    row = _row(one)
    lat, lon = row.pop("lat"), row.pop("lon")
    known = lat is not None and lon is not None
    point = {"type": "Point", "coordinates": [lon, lat]} if known else None
    return {"type": "Feature", "id": row.pop("id"), "geometry": point, "properties": row}


def ledger(one: Incident) -> Text:
    """An incident with its tolls and the figures behind them, in the order they were published."""
    text = Text()
    text.append(f"{one_line(one.headline)}\n", "bold")
    facts = (
        type_words(one.type), one.status, place_words(one.place), date_words(one.date),
        confirmation_words(one.confirmed), parties_words(one.actors, most=3), outlets_words(one),
    )  # fmt: skip
    text.append("  " + " · ".join(fact for fact in facts if fact) + "\n")
    if one.merged_into:
        text.append(f"  merged into {one.merged_into}\n", "yellow")
    for kind, toll in one.tolls.items():
        text.append(f"\n{toll_words(kind, toll)}", "bold red")
        text.append(f"  (rule: {toll.rule})\n", "dim")
        for kept in toll.claims:
            text.append_text(_entry(kept, toll))
    text.append("\nreports\n", "bold")
    for report in one.reports:
        sign = " " if report.independent else "="
        when = f"{report.published:%Y-%m-%d %H:%M}" if report.published else "undated"
        text.append(
            f"  {sign} {when}  {one_line(report.publisher, 40)}: {one_line(report.title)}\n"
        )
    return text


def _entry(kept: TollClaim, toll: Toll) -> Text:
    when = f"{kept.published:%Y-%m-%d %H:%M}" if kept.published else "undated         "
    source = source_words(kept.attribution)
    line = f"  {when}  {claim_words(kept.claim)}, {one_line(kept.publisher, 40)}"
    line += f", says {source}" if source else ""
    best = not kept.retracted and kept.claim.value is not None and kept.claim.value == toll.best
    text = Text(line, "strike dim" if kept.retracted else ("bold" if best else ""))
    text.append(" (retracted)" if kept.retracted else "", "yellow")
    text.append(f"\n      “{one_line(kept.claim.evidence.quote, 160)}”", "italic dim")
    text.append(f" {one_line(kept.url, 300)}\n" if kept.url else "\n", "dim")
    return text


def why_table(links: Sequence[tuple[str, str, float, dict[str, float]]]) -> Table:
    """Why each event belongs: its best match, the probability, what spoke for and against."""
    table = Table("event", "goes with", "probability", "because", box=box.SIMPLE_HEAD)
    for event, match, chance, parts in links:
        because = ", ".join(f"{name} {value:+.1f}" for name, value in parts.items())
        table.add_row(event[:8], match[:8], f"{chance:.2f}", because)
    return table
